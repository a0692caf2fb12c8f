"""What the desk fills in when somebody calls, comes or writes: who it is, and what was said."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Channel, RequesterKind
from consultations.intake.actions.requester import Intake
from consultations.models import Person, Topic
from consultations.requests.actions.drafts import LONGEST_TEXT
from consultations.requests.form_fields import (
    HomeForm,
    MinutesField,
    MomentField,
    OnceForm,
    desk_helper,
    name_of,
)
from core.forms.fields import FilesField, LineField, MailField, PhoneField, PlainTextField
from core.forms.own_words import TermField
from municipalities.places.picker import MunicipalityField

NEW_PERSON = "new"


class ReachForm(forms.Form):
    """An address and a number by which somebody may be known; what is wrong counts as empty."""

    email = MailField(required=False)
    phone = PhoneField(required=False)

    def known(self) -> list[Person]:
        """Return up to five people whom the address or number belongs to."""
        self.is_valid()
        return list(Person.objects.known_by(**self.cleaned_data)[:5])


class LogForm(HomeForm, OnceForm):
    """A call, visit or letter with which a request begins. The order is that in which a call goes."""

    requester_kind = forms.ChoiceField(label=_("Who asks"), choices=RequesterKind.choices)
    name = LineField(label=_("Name"), max_length=120, required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    email = MailField(label=_("E-mail"), required=False)
    organisation = LineField(label=_("Organisation"), max_length=160, required=False)
    person = forms.CharField(
        label=_("We know somebody with this contact. Is it them?"), max_length=20, required=False
    )
    municipality = MunicipalityField(required=False, only_existing=True)
    topic = TermField(
        label=_("Topic"),
        queryset=Topic.objects.in_use(),
        to_field_name="slug",
        required=False,
        empty_label=_("not known"),
    )
    subject = LineField(
        label=_("What was asked, in one line"),
        max_length=160,
        error_messages={"required": _("Write in one line what was asked.")},
    )
    text = PlainTextField(label=_("More about it"), max_length=LONGEST_TEXT, rows=5, required=False)
    said = PlainTextField(label=_("What you said"), max_length=LONGEST_TEXT, rows=5, required=False)
    minutes = MinutesField()
    answered = forms.BooleanField(label=_("Answered at once"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE_IN)
    took_place_at = MomentField()
    place = LineField(label=_("Place"), max_length=160, required=False)
    spoken_by = forms.ModelChoiceField(label=_("Who spoke for us"), queryset=User.objects.none())
    consent_publish = forms.BooleanField(
        label=_("The answer may be published in general words"), required=False
    )
    files = FilesField()

    def __init__(self, *args: Any, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.fields["requester_kind"].widget.attrs["autofocus"] = ""
        self.fields["municipality"].help_text = ""
        self.fields["took_place_at"].initial = timezone.localtime
        self.fields["spoken_by"].queryset = User.objects.staff()
        self.fields["spoken_by"].initial = reader.pk
        self.known: list[Person] = []
        self.chosen: Person | None = None
        for name in ("email", "phone"):
            self.fields[name].widget.attrs |= {
                "data-hx-post": reverse("desk-log-people"),
                "data-hx-trigger": "change",
                "data-hx-target": "#known-people",
                "data-hx-include": "#log [name=csrfmiddlewaretoken], #id_email, #id_phone",
            }

    @property
    def helper(self) -> FormHelper:
        """The call on the left, as it goes; on the right what is asked or known of few calls."""
        call = [
            Div("requester_kind", "name", "phone", "email", "organisation", css_class="grid-3"),
            Div(*(["person"] if self.known else []), css_id="known-people"),
            Div(Field("municipality", template="components/combobox.html"), "topic", css_class="grid-2"),
            "subject",
            Div("text", "said", css_class="grid-2"),
            Div("minutes", "answered", css_class="grid-2"),
        ]
        circumstances = ["home_loss", "home_at_risk_by", "channel", "took_place_at", "place", "spoken_by"]
        files = Field("files", template="components/file_input.html")
        parts = Div(
            Div(*call, css_class="split-main"),
            Div(*circumstances, "consent_publish", files, css_class="split-rail card-box"),
            css_class="split split-wide",
        )
        helper = desk_helper("", "idempotency_key", parts, label=_("Save"))
        helper.form_id = "log"
        return helper

    def offer(self, people: Iterable[Person]) -> None:
        """Let one choose among people whom the address or number belongs to."""
        self.known = list(people)
        choices = [(str(person.pk), name_of(person)) for person in self.known]
        self.fields["person"].widget = forms.RadioSelect(
            choices=[*choices, (NEW_PERSON, _("no, it is somebody else"))]
        )

    def clean(self) -> dict[str, Any]:
        """Find out who it is; see that an answer has words."""
        clean = super().clean()
        self._find_person()
        if clean.get("answered") and not clean.get("said"):
            self.add_error("said", _("Write what you said, or leave “Answered at once” empty."))
        return clean

    def _find_person(self) -> None:
        clean = self.cleaned_data
        people = list(Person.objects.known_by(email=clean.get("email", ""), phone=clean.get("phone", ""))[:5])
        choice, name = clean.get("person"), clean.get("name", "").casefold()
        self.chosen = next((person for person in people if str(person.pk) == choice), None)
        if self.chosen or choice == NEW_PERSON or not people:
            return
        if len(people) == 1 and name in ("", people[0].name.casefold()):
            self.chosen = people[0]
            return
        self.offer(people)
        self.add_error("person", _("Choose the person, or that it is somebody else."))

    def to_intake(self) -> Intake:
        """Return what the form says, as the one value that `receive` takes."""
        clean = self.cleaned_data
        return Intake.of({**clean, "text": clean["text"] or clean["subject"], "person": self.chosen})
