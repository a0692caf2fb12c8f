"""What the desk fills in: answers, questions, notes, calls, and what is kept about a request."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import (
    Certainty,
    Channel,
    Direction,
    DraftKind,
    HomeOutcome,
    Priority,
    RequesterKind,
)
from consultations.models import EthosGroup, Person, SupportRequest, TargetGroup, Topic
from consultations.requests.actions.details import ON_PERSON, ON_REQUEST
from consultations.requests.actions.drafts import LONGEST_TEXT
from consultations.requests.form_fields import HomeForm, MinutesField, MomentField, desk_helper, name_of
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

# What a form carries to say what its writer saw.
SEEN = ("version", "seen", "draft_version")


class SeenForm(forms.Form):
    """A form about a request as its reader saw it, told by `version` and by `seen`, the last contact."""

    # With which column of the request a field begins.
    columns = {"version": "version"}

    version = SeenField()
    seen = SeenField(required=False)

    def __init__(self, *args: Any, case: SupportRequest, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case, self.reader = case, reader
        for field, column in self.columns.items():
            self.fields[field].initial = getattr(case, column)

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, without what tells which request and draft its writer saw."""
        return {name: value for name, value in self.cleaned_data.items() if name not in SEEN}


class WordsForm(SeenForm):
    """A text on a request. `action` names the address it is sent to, `kind` the draft that is kept of it."""

    action = ""
    kind = ""
    label: str | Promise = ""
    hint: str | Promise = ""
    send: str | Promise = ""
    # What stands between the text and the files.
    parts: tuple[str | Div | HTML, ...] = ()
    field_order = [
        "text", "direction", "channel", "took_place_at", "minutes", "certainty", "place", "person",
        "spoken_by", "files",
    ]  # fmt: skip

    text = PlainTextField(max_length=LONGEST_TEXT, rows=7, error_messages={"required": _("Write a text.")})
    files = FilesField()
    # Which draft of the text its writer saw last; 0 is none.
    draft_version = SeenField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label, self.fields["text"].help_text = self.label, self.hint

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, and how its writer saw the request: what came since they have not read."""
        return {**super().said, "version": self.cleaned_data["version"]}

    @property
    def files_bound_to(self) -> str:
        """To all that its writer may send on this request: an answer may become an addition, or a note."""
        return f"words {self.case.pk} {self.reader.pk}"

    @property
    def draft(self) -> dict[str, Any]:
        """The draft that the text is or was: its kind, the text, and the version that its writer saw."""
        said = self.cleaned_data
        return {"kind": self.kind, "text": said["text"], "version": said["draft_version"] or 0}

    @property
    def helper(self) -> FormHelper:
        """The layout. Under the text stands what can be done with its draft."""
        draft = [HTML('{% include "consultations/desk/draft.html" %}')] if self.kind else []
        parts = ["version", "seen", "draft_version", "text", *draft, *self.parts]
        parts.append(Field("files", template="components/file_input.html"))
        helper = desk_helper(verb_url(self.action, self.case), *parts, label=self.send)
        helper.form_id = f"words-{self.action}"
        if self.kind:
            helper.attrs["data-draft"] = reverse("desk-request-draft", args=[self.case.reference, self.kind])
        return helper


def verb_url(name: str, case: SupportRequest) -> str:
    """Return where a verb is done to a request."""
    return reverse(f"desk-request-{name}", args=[case.reference])


class OutgoingForm(WordsForm):
    """A text to the requester."""

    parts = (Div("channel", "minutes", css_class="grid-2"),)

    channel = forms.ChoiceField(label=_("How"))
    minutes = MinutesField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        requester = self.case.requester
        by_mail = _("by e-mail to %(address)s") % {"address": mask_email(requester.email)}
        carrier = requester.carrier
        carried = (carrier, by_mail if carrier == Channel.EMAIL else _("on their private page"))
        others = [(channel.value, channel.label) for channel in Channel if channel.is_ours]
        self.fields["channel"].choices = [carried, *others]


class AnswerForm(OutgoingForm):
    """The answer."""

    action = "answer"
    kind = DraftKind.ANSWER
    label = _("Text of the answer")
    send = _("Send the answer")
    parts = (Div("channel", "minutes", "certainty", css_class="grid-2"),)

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
    hint = _("The requester does not see it. Write @ and a name to let a colleague know of it.")
    send = _("Save the note")
    parts = (HTML('{% include "consultations/desk/mentions.html" %}'), "minutes")
    # The names of whom it can mention.
    mentionable: tuple[str, ...] = ()

    minutes = MinutesField()


class ContactForm(WordsForm):
    """A call, visit or letter on a request that is there already."""

    action = "contact"
    label = _("What was said or written")
    send = _("Save the contact")
    parts = (
        Div(
            "direction", "channel", "took_place_at", "minutes", "place", "person", "spoken_by",
            css_class="grid-2",
        ),
    )  # fmt: skip

    direction = forms.ChoiceField(
        label=_("Who turned to whom"),
        choices=[(Direction.INBOUND, _("they to us")), (Direction.OUTBOUND, _("we to them"))],
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE_IN)
    took_place_at = MomentField(initial=timezone.localtime)
    minutes = MinutesField()
    place = LineField(label=_("Place"), max_length=160, required=False)
    person = forms.ModelChoiceField(
        label=_("Who spoke for them"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("the requester"),
    )
    spoken_by = forms.ModelChoiceField(label=_("Who spoke for us"), queryset=User.objects.staff())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["spoken_by"].initial = self.reader.pk
        self.fields["person"].queryset = Person.objects.filter(pk__in=self.case.participants.values("person"))
        self.fields["person"].label_from_instance = name_of


class DraftForm(forms.Form):
    """A text as it stands in the box, and which draft its writer saw last.

    `before` is the text that a page sent on its way, when it is left before it hears what became of it.
    """

    text = PlainTextField(max_length=LONGEST_TEXT, required=False)
    draft_version = SeenField(required=False)
    before = PlainTextField(max_length=LONGEST_TEXT, required=False)


class OutcomeForm(SeenForm):
    """What became of a home."""

    columns = {**SeenForm.columns, "outcome": "home_outcome"}

    outcome = forms.ChoiceField(
        label=_("What became of the home?"),
        choices=[("", _("choose")), *HomeOutcome.choices],
        error_messages={"required": _("Choose what became of the home.")},
    )


class AssignForm(SeenForm):
    """Who is to have the request."""

    columns = {**SeenForm.columns, "to": "assignee_id"}

    to = forms.ModelChoiceField(label=_("Assign to"), queryset=User.objects.staff())


class SnoozeForm(SeenForm):
    """Until when a request is put aside, and why."""

    until = DayField(label=_("Come back to it on"), error_messages={"required": _("Choose the day.")})
    reason = LineField(
        label=_("Why"),
        max_length=SupportRequest._meta.get_field("snooze_reason").max_length,
        help_text=_("For colleagues. For example: waits for the committee of the municipality."),
        error_messages={"required": _("Write why, so that colleagues understand it, too.")},
    )


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

    def clean_of(self) -> SupportRequest:
        """Return the request with this reference; raises ValidationError when there is none."""
        visible = SupportRequest.objects.visible_to(self.reader)
        found = visible.with_reference(self.cleaned_data["of"]).first()
        if found is None:
            raise ValidationError(_("There is no request with this reference."))
        return found


class SensitiveNoteForm(SeenForm):
    """What only few may read."""

    columns = {**SeenForm.columns, "note": "sensitive_note"}

    note = PlainTextField(label=_("Sensitive note"), max_length=5_000, rows=4, required=False)


class ReachForm(SeenForm):
    """How somebody is reached."""

    name = LineField(label=_("Name"), max_length=120, required=False)
    email = MailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    organisation = LineField(label=_("Organisation"), max_length=160, required=False)


class ParticipantForm(ReachForm):
    """Somebody else who belongs to a request."""

    relation = LineField(
        label=_("Relation"),
        max_length=80,
        required=False,
        help_text=_("For example daughter, social worker."),
    )


def _ticked(label: Promise, rows: QuerySet[Topic] | QuerySet[TargetGroup]) -> RowsField:
    widget = forms.CheckboxSelectMultiple
    return RowsField(label=label, queryset=rows, to_field_name="slug", required=False, widget=widget)


class DetailsForm(HomeForm, ReachForm):
    """All that may be put right about a request."""

    columns = {name: name for name in ["version", *ON_REQUEST]}
    field_order = ["subject", "municipality"]

    subject = LineField(label=_("Subject"), max_length=160)
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("not known")
    )
    other_topics = _ticked(_("Other topics"), Topic.objects.all())
    municipality = MunicipalityField(required=False)
    target_groups = _ticked(_("Target groups"), TargetGroup.objects.all())
    ethos = forms.ModelChoiceField(
        label=_("ETHOS group"), queryset=EthosGroup.objects.all(), required=False, empty_label=_("not known")
    )
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    requester_kind = forms.ChoiceField(label=_("Kind of requester"), choices=RequesterKind.choices)
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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ON_PERSON:
            self.fields[name].initial = getattr(self.case.requester, name)
        self.fields["other_topics"].initial = self.case.other_topics.all()
        self.fields["target_groups"].initial = self.case.target_groups.all()

    @property
    def helper(self) -> FormHelper:
        return desk_helper(
            "",
            "version",
            "seen",
            Fieldset(
                _("What it is about"),
                "subject",
                Field("municipality", template="components/combobox.html"),
                Div("home_loss", "home_at_risk_by", css_class="grid-2"),
                Div("topic", "ethos", "priority", css_class="grid-2"),
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
