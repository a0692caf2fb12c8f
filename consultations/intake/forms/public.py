"""What visitors, requesters and officials fill in: a request, a reply, how it helped, and a filter."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Help, HomeLoss, RequesterKind, State
from consultations.intake.actions.requester import Intake
from consultations.intake.forms.home import HOME, HomeQuestion
from consultations.intake.similar import Offers
from consultations.models import Contact, Person, Topic
from consultations.models.request import SupportRequestQuerySet
from consultations.requests import form_keys
from consultations.requests.form_fields import LiveBox, OnceForm
from core.detector.birth_numbers import has_birth_number
from core.forms.fields import FilesField, LineField, MailField, PhoneField, PlainTextField, Words
from core.forms.own_words import TermField
from municipalities.models import Municipality
from municipalities.places.picker import MunicipalityField

KIND_LABELS = {kind: capfirst(kind.label) for kind in RequesterKind} | {
    RequesterKind.PERSON: _("Myself, or somebody close to me"),
    RequesterKind.RESEARCHER: _("Research or studies"),
}
KIND_HINTS = {
    RequesterKind.PERSON: _("I am looking for a home, or I am afraid of losing it."),
    RequesterKind.MUNICIPALITY: _("I work for a town, a village or a city district."),
    RequesterKind.PROVIDER: _("I help people who have trouble with housing."),
}
FILES = Field("files", template="components/file_input.html")
BIRTH_NUMBER = _("This looks like a birth number. Delete it, or tick “Send it as it is” below the text.")


class MatterForm(HomeQuestion, OnceForm):
    """What a request is about; who asks is added by the forms below."""

    topic = TermField(
        label=_("Topic"),
        queryset=Topic.objects.in_use(),
        to_field_name="slug",
        required=False,
        empty_label=_("I do not know, or something else"),
    )
    subject = LineField(
        label=_("Your question in one sentence"),
        max_length=160,
        error_messages={"required": _("Write in one sentence what you want to know.")},
    )
    text = PlainTextField(
        label=_("More about it"),
        max_length=10_000,
        help_text=_(
            "Describe the situation and what you have tried already. "
            "Do not write birth numbers, exact addresses or names of other people. "
            "Write about health only what is needed to advise you."
        ),
        error_messages={"required": _("Describe the situation in a few sentences.")},
    )
    keep_birth_number = forms.BooleanField(
        label=_("Send it as it is, it is not a birth number or it has to be there"), required=False
    )
    files = FilesField()
    consent_publish = forms.BooleanField(
        label=_("You may publish the answer in general words, without my name"),
        help_text=_(
            "It helps others with the same question. Nobody will learn from it who asked. "
            "We answer you in any case."
        ),
        required=False,
    )
    offers_seen = forms.BooleanField(widget=forms.HiddenInput, required=False)

    # What may help already, where the form comes back with it before it is sent.
    offers: Offers | None = None
    birth_number_in: Sequence[str] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Sent, not put into an address: what is typed here belongs in no log.
        self.fields["subject"].widget.attrs |= {
            "data-hx-post": reverse("ask-similar"),
            "data-hx-trigger": "input changed delay:500ms",
            "data-hx-params": "subject,csrfmiddlewaretoken",
            "data-hx-sync": "this:replace",
            "data-hx-target": "#similar",
        }

    def clean(self) -> dict[str, Any]:
        """Ask before a birth number is stored, and once when a home is lost that the text speaks of."""
        self.ask_when_home_is_lost()
        self.birth_number_in = [
            name for name in ("subject", "text") if has_birth_number(self.cleaned_data.get(name, ""))
        ]
        if not self.cleaned_data.get("keep_birth_number"):
            for name in self.birth_number_in:
                self.add_error(name, ValidationError(BIRTH_NUMBER, code="birth_number"))
        return super().clean()

    def offer(self, offers: Offers) -> bool:
        """Come back with what may help already, above the button; tell whether there is anything."""
        if not offers:
            return False
        self.offers = offers
        return True

    @property
    def matter(self) -> list[Any]:
        """The fields of what is asked, in order; the box about a birth number only where one was found."""
        asked = ["keep_birth_number"] if self.birth_number_in else []
        return ["subject", LiveBox("similar"), "text", *asked]

    def _helper(self, *parts: Any) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        # What was found, with the note that it was seen; once seen, the note alone.
        offered: list[Any] = ["offers_seen"] if self["offers_seen"].value() else []
        label = _("Send the question")
        if self.offers:
            offered = [Field("offers_seen", template="consultations/intake/offers.html")]
            label = _("Send my question all the same")
        helper.layout = Layout("idempotency_key", "home_asked", *parts, *offered)
        helper.add_input(Submit("send", label))
        return helper


class AskForm(MatterForm):
    """The public form."""

    has_time_gate = True
    # As the page asks: what is wrong is told in this order.
    field_order = ("requester_kind",)

    requester_kind = forms.ChoiceField(
        label=_("For whom are you asking?"),
        choices=list(KIND_LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom you are asking.")},
    )
    municipality = MunicipalityField(
        label=_("Municipality that it concerns"),
        required=False,
        only_existing=True,
        help_text=_(
            "Write the first three letters. The municipality itself does not learn of your question."
        ),
    )
    name = LineField(
        label=_("How may we address you?"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = MailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send the private link and the answer there."),
    )
    phone = PhoneField(
        label=_("Phone"),
        required=False,
        help_text=_("We may call you if something is quicker said than written."),
    )
    organisation = LineField(
        label=_("Organisation or office"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["requester_kind"].hints = KIND_HINTS

    def clean_website(self) -> str:
        """A trap for programs, which fill in what people do not see.

        A browser may have filled it in, too, so the page says that nothing was
        sent; a page that looks like success would cost such a person the answer.
        """
        if self.cleaned_data["website"]:
            self.data = self.data.copy()
            self.data["website"] = ""
            raise ValidationError(_("We could not take the form. Please check it and send it again."))
        return ""

    @property
    def helper(self) -> FormHelper:
        helper = self._helper(
            Fieldset(
                _("1. Who is asking"), Field("requester_kind", template="components/choice_cards.html"), HOME
            ),
            Fieldset(
                _("2. What you ask about"),
                "topic",
                Field("municipality", template="components/combobox.html"),
                *self.matter,
            ),
            Fieldset(
                _("3. How to reach you"),
                Words(
                    _(
                        "Nothing here is compulsory. If you give neither an e-mail nor a phone number, "
                        "you find the answer only behind the private link that you get on the next page."
                    )
                ),
                *("name", "email", "phone", "organisation"),
            ),
            Fieldset(_("4. Files"), FILES),
            Fieldset(_("5. May others learn from it?"), "consent_publish"),
            Field("website", template="components/trap.html"),
        )
        helper.attrs["data-keep"] = "ask"
        return helper

    def fingerprint(self) -> str:
        """Return a keyed digest of what was typed or chosen; without the files."""
        leave_out = ("files", "idempotency_key", "website", "keep_birth_number", "offers_seen", "home_asked")
        kept = {name: value for name, value in self.cleaned_data.items() if name not in leave_out}
        typed = sorted((name, str(getattr(value, "pk", value))) for name, value in kept.items())
        return salted_hmac("consultations.ask", repr(typed), algorithm="sha256").hexdigest()

    def to_intake(self) -> Intake:
        """Return what the form says, as the one value that `receive` takes."""
        return Intake.of(self.cleaned_data, language=get_language())


class OfficialAskForm(MatterForm):
    """The form of an official, for a municipality that they speak for."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        to_field_name="code",
        empty_label=None,
        error_messages={"invalid_choice": _("Choose a municipality that you speak for.")},
    )
    is_personal = forms.BooleanField(
        label=_("Only for me"),
        help_text=_("Your colleagues from the municipality will not see this request."),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        theirs = Municipality.objects.spoken_for_by(user).existing().for_list()
        self.fields["municipality"].queryset = theirs
        self.fields["municipality"].label_from_instance = lambda municipality: municipality.full_name
        home = self.fields["home_loss"]
        home.label = _("When does the person lose their home whom you ask about?")
        home.choices = [("", _("nobody loses their home")), *HomeLoss.choices]

    @property
    def helper(self) -> FormHelper:
        return self._helper(
            Fieldset(_("1. What you ask about"), "municipality", "topic", HOME, *self.matter),
            Fieldset(_("2. Files"), FILES),
            Fieldset(_("3. Who may see it"), "is_personal", "consent_publish"),
        )

    def to_intake(self) -> Intake:
        """Return what the form says, as the one value that `receive` takes."""
        user, municipality = self.user, self.cleaned_data["municipality"]
        # The official as the portal knows them already from an earlier request.
        known = Person.objects.filter(user=user, municipality=municipality, email=user.email)
        return Intake.of(
            self.cleaned_data,
            requester_kind=RequesterKind.MUNICIPALITY,
            person=known.order_by("pk").first(),
            name=user.name,
            email=user.email,
            language=get_language(),
            is_official=True,
        )


class ReplyForm(OnceForm):
    """What a requester adds to the conversation."""

    text = PlainTextField(
        label=_("Your message"),
        max_length=10_000,
        rows=6,
        help_text=_(
            "Do not write birth numbers, exact addresses or names of other people. "
            "Write about health only what is needed to advise you."
        ),
        error_messages={"required": _("Write your message.")},
    )
    files = FilesField()

    def says_no_more_than(self, first: Contact) -> bool:
        """Tell whether the form, sent once more, says what was written already, or nothing that can be."""
        return not self.is_valid() or self.cleaned_data["text"] == first.text

    def to_reply(self, first: Contact | None) -> dict[str, Any]:
        """Return what `reply` takes; what was changed after `first` came with the form has its own key."""
        clean = self.cleaned_data
        if first is None:
            return clean
        return {**clean, "idempotency_key": form_keys.key_of_changed(clean["idempotency_key"], clean["text"])}

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": "", "data-ctrl-enter": "", "data-keep": "reply"}
        helper.layout = Layout("idempotency_key", "text", FILES)
        helper.add_input(Submit("send", _("Send the message")))
        return helper


class RatingForm(forms.Form):
    """Whether it helped, by the button that was pressed; the sentence comes in a form of its own."""

    value = forms.ChoiceField(choices=Help.choices)
    sentence = LineField(
        label=_("In a sentence, if you like"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def clean_sentence(self) -> str | None:
        """Return the sentence, None where there was no field for it."""
        return self.cleaned_data["sentence"] if "sentence" in self.data else None


class RequestFilterForm(forms.Form):
    """One filter: the state. What is no state is as if nothing were asked."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *State.choices], required=False)

    def chosen(self, rows: SupportRequestQuerySet) -> SupportRequestQuerySet:
        """Return those of `rows` that the filter asks for."""
        wanted = self.cleaned_data["state"] if self.is_valid() else ""
        # For a few seconds a request may bear a state that nobody has been told of.
        return rows.filter(state=wanted).exclude(contacts__in=Contact.objects.held()) if wanted else rows
