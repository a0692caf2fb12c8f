"""What the desk fills in: answers, questions, notes, calls, and what is kept about a request."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Certainty, Channel, Direction, DraftKind, Priority, RequesterKind
from consultations.models import EthosGroup, Person, SupportRequest, TargetGroup, Topic
from consultations.requests.actions.details import Details
from consultations.requests.actions.drafts import LONGEST_TEXT
from consultations.requests.form_fields import MinutesField, MomentField, desk_helper, name_of
from core.forms.fields import (
    DayField,
    FilesField,
    LineField,
    MailField,
    PhoneField,
    PlainTextField,
    RowsField,
    SeenField,
)
from core.templatetags.ui import mask_email
from municipalities.places.picker import MunicipalityField

# On the page of a request -----------------------------------------------------


class SeenForm(forms.Form):
    """A form about a request as its reader saw it, told by `version` and by `seen`, the last contact."""

    version = SeenField()
    seen = SeenField(required=False)


class WordsForm(SeenForm):
    """A text on a request. `action` names the address it is sent to, `kind` the draft that is kept of it."""

    action = ""
    kind = ""
    label: str | Promise = ""
    send: str | Promise = ""
    field_order = [
        "text", "direction", "channel", "took_place_at", "minutes", "certainty", "place", "person",
        "spoken_by", "files",
    ]  # fmt: skip

    text = PlainTextField(max_length=LONGEST_TEXT, rows=7, error_messages={"required": _("Write a text.")})
    files = FilesField()
    # Which draft of the text its writer saw last; 0 is none.
    draft_version = SeenField(required=False)

    def __init__(self, *args: Any, case: SupportRequest, **options: Any) -> None:
        # The page holds several of these forms: each has names of its own for its fields' labels.
        options.setdefault("auto_id", f"{self.action}_%s")
        super().__init__(*args, **options)
        self.case = case
        self.fields["version"].initial = case.version
        self.fields["text"].label = self.label

    @property
    def url(self) -> str:
        """Where the form is sent."""
        return reverse(f"desk-request-{self.action}", args=[self.case.reference])

    @property
    def helper(self) -> FormHelper:
        """The layout. Under the text stands what can be done with its draft."""
        draft = [HTML('{% include "consultations/desk/draft.html" %}')] if self.kind else []
        hidden = ["version", "seen", "draft_version"]
        helper = desk_helper(self.url, *hidden, "text", *draft, *self.more, label=self.send)
        helper.form_id = f"words-{self.action}"
        if self.kind:
            helper.attrs["data-draft"] = reverse("desk-request-draft", args=[self.case.reference, self.kind])
        return helper

    @property
    def more(self) -> list[Any]:
        """The fields under the text."""
        return [Field("files", template="components/file_input.html")]


class OutgoingForm(WordsForm):
    """A text to the requester."""

    channel = forms.ChoiceField(label=_("How"))
    minutes = MinutesField()

    def __init__(self, *args: Any, case: SupportRequest, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        by_mail = _("by e-mail to %(address)s") % {"address": mask_email(case.requester.email)}
        carrier = case.requester.carrier
        carried = (carrier, by_mail if carrier == Channel.EMAIL else _("on their private page"))
        others = [(channel.value, channel.label) for channel in Channel if channel.is_ours]
        self.fields["channel"].choices = [carried, *others]

    @property
    def more(self) -> list[Any]:
        """The fields under the text."""
        beside = [name for name in ("channel", "minutes", "certainty") if name in self.fields]
        return [Div(*beside, css_class="grid-2"), Field("files", template="components/file_input.html")]


class AnswerForm(OutgoingForm):
    """The answer."""

    action = "answer"
    kind = DraftKind.ANSWER
    label = _("Text of the answer")
    send = _("Send the answer")

    certainty = forms.ChoiceField(
        label=_("How certain it is"),
        choices=[("", _("not said")), *Certainty.choices],
        required=False,
        help_text=_("Our reading of the law is sent when a colleague has read it, too."),
    )


class AddToAnswerForm(AnswerForm):
    """More to an answer that was given."""

    action = "add-to-answer"
    label = _("What you add to the answer")
    send = _("Send the addition")


class AskBackForm(OutgoingForm):
    """Something that only the requester knows."""

    action = "ask-back"
    kind = DraftKind.ASK_BACK
    label = capfirst(_("question for the requester"))
    send = _("Send the question")


class NoteForm(WordsForm):
    """Something for colleagues only."""

    action = "note"
    kind = DraftKind.NOTE
    label = _("Note for colleagues")
    send = _("Save the note")

    minutes = MinutesField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].help_text = _("The requester does not see it.")

    @property
    def more(self) -> list[Any]:
        """The fields under the text."""
        return ["minutes", *super().more]


class ContactForm(WordsForm):
    """A call, visit or letter on a request that is there already."""

    action = "contact"
    label = _("What was said or written")
    send = _("Save the contact")

    direction = forms.ChoiceField(
        label=_("Who turned to whom"),
        choices=[(Direction.INBOUND, _("they to us")), (Direction.OUTBOUND, _("we to them"))],
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE_IN)
    took_place_at = MomentField()
    minutes = MinutesField()
    place = LineField(label=_("Place"), max_length=160, required=False)
    person = forms.ModelChoiceField(
        label=_("Who spoke for them"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("the requester"),
    )
    spoken_by = forms.ModelChoiceField(label=_("Who spoke for us"), queryset=User.objects.none())

    def __init__(self, *args: Any, case: SupportRequest, reader: User, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        self.fields["took_place_at"].initial = timezone.localtime
        self.fields["spoken_by"].queryset = User.objects.staff()
        self.fields["spoken_by"].initial = reader.pk
        others = Person.objects.filter(pk__in=case.participants.values("person"))
        self.fields["person"].queryset = others
        self.fields["person"].label_from_instance = name_of

    @property
    def more(self) -> list[Any]:
        """The fields under the text."""
        return [
            Div(
                "direction",
                "channel",
                "took_place_at",
                "minutes",
                "place",
                "person",
                "spoken_by",
                css_class="grid-2",
            ),
            Field("files", template="components/file_input.html"),
        ]


class AssignForm(SeenForm):
    """Who is to have the request."""

    to = forms.ModelChoiceField(label=_("Assign to"), queryset=User.objects.none())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = User.objects.staff()


class ReferForm(SeenForm):
    """To whom the request is passed on."""

    to = LineField(
        label=_("To whom"),
        max_length=200,
        help_text=_("The requester reads it on their page."),
        error_messages={"required": _("Write to whom the request is referred.")},
    )


class DuplicateForm(SeenForm):
    """Which request was first."""

    of = LineField(
        label=_("Reference of the first one"),
        max_length=30,
        help_text=_("For example SH-2026-000001."),
        error_messages={"required": _("Write the reference of the request that came first.")},
    )

    def __init__(self, *args: Any, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reader = reader

    def clean_of(self) -> SupportRequest:
        """Return the request with this reference; raises ValidationError when there is none."""
        visible = SupportRequest.objects.visible_to(self.reader)
        found = visible.with_reference(self.cleaned_data["of"]).first()
        if found is None:
            raise ValidationError(_("There is no request with this reference."))
        return found


class SensitiveNoteForm(SeenForm):
    """What only few may read."""

    note = PlainTextField(label=_("Sensitive note"), max_length=5_000, rows=4, required=False)


class ParticipantForm(SeenForm):
    """Somebody else who belongs to a request."""

    name = LineField(label=_("Name"), max_length=120, required=False)
    email = MailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    organisation = LineField(label=_("Organisation"), max_length=160, required=False)
    relation = LineField(
        label=_("Relation"),
        max_length=80,
        required=False,
        help_text=_("For example daughter, social worker."),
    )


class DetailsForm(SeenForm):
    """All that may be put right about a request."""

    subject = LineField(label=_("Subject"), max_length=160)
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("not known")
    )
    other_topics = RowsField(
        label=_("Other topics"),
        queryset=Topic.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    municipality = MunicipalityField(required=False)
    target_groups = RowsField(
        label=_("Target groups"),
        queryset=TargetGroup.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ethos = forms.ModelChoiceField(
        label=_("ETHOS group"), queryset=EthosGroup.objects.all(), required=False, empty_label=_("not known")
    )
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    home_at_risk_by = DayField(label=_("Home at risk by"), required=False)
    requester_kind = forms.ChoiceField(label=_("Kind of requester"), choices=RequesterKind.choices)
    name = LineField(label=_("Name"), max_length=120, required=False)
    email = MailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    organisation = LineField(label=_("Organisation"), max_length=160, required=False)
    salutation = LineField(
        label=_("How they are addressed"),
        max_length=120,
        required=False,
        help_text=_("In Czech, for example Vážená paní Nováková. Without it we begin with Dobrý den."),
    )
    link_only = forms.BooleanField(
        label=_("Send a link only"),
        required=False,
        help_text=_("Mail will not hold the answer, only the way to it. For a mailbox that others read."),
    )

    @classmethod
    def initial_of(cls, case: SupportRequest) -> dict[str, Any]:
        """Return what the request holds now."""
        of_case = [
            "version",
            "subject",
            "topic",
            "municipality",
            "ethos",
            "priority",
            "home_at_risk_by",
            "requester_kind",
            "link_only",
        ]
        of_person = ["name", "email", "phone", "organisation", "salutation"]
        return {
            **{name: getattr(case, name) for name in of_case},
            **{name: getattr(case.requester, name) for name in of_person},
            "other_topics": case.other_topics.all(),
            "target_groups": case.target_groups.all(),
        }

    @property
    def helper(self) -> FormHelper:
        """The layout."""
        return desk_helper(
            "",
            "version",
            "seen",
            Fieldset(
                _("What it is about"),
                "subject",
                Field("municipality", template="components/combobox.html"),
                Div("topic", "ethos", "priority", "home_at_risk_by", css_class="grid-2"),
            ),
            Fieldset(
                _("Who asks"),
                Div("requester_kind", "name", "email", "phone", "organisation", css_class="grid-2"),
                "salutation",
                "link_only",
            ),
            Fieldset(_("For statistics"), Div("other_topics", "target_groups", css_class="grid-2")),
            label=_("Save the details"),
        )

    def to_details(self) -> Details:
        """Return the details as the one value that `edit_details` takes."""
        clean = dict(self.cleaned_data)
        del clean["version"], clean["seen"]
        return Details(**clean)
