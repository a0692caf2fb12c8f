"""What the desk writes on a request: answers, questions, notes, calls."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Certainty, Channel, Direction, DraftKind
from consultations.desk.forms.request import SeenForm
from consultations.models import Person
from consultations.requests.actions.drafts import LONGEST_TEXT
from consultations.requests.form_fields import MinutesField, MomentField, name_of
from consultations.requests.queries import carrier_of
from core.documents.markdown import check_links
from core.forms.fields import FilesField, LineField, PlainTextField, SeenField
from core.templatetags.ui import mask_email


class WordsForm(SeenForm):
    """A text on a request. `action` names the address it is sent to, `kind` the draft that is kept of it."""

    action = ""
    kind = ""
    label: str | Promise = ""
    hint: str | Promise = ""
    send: str | Promise = ""
    # Whether the next request of the list can follow at once.
    goes_on = False
    # The fields between the text and the files, by name.
    beside: tuple[str, ...] = ()
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

    def clean_text(self) -> str:
        """Return the text; raises ValidationError for a link that could lead astray."""
        text: str = self.cleaned_data["text"]
        if self.kind:
            check_links(text)
        return text

    @property
    def draft(self) -> dict[str, Any]:
        """The draft that the text is or was: its kind, the text, and the version that its writer saw."""
        said = self.cleaned_data
        return {"kind": self.kind, "text": said["text"], "version": said["draft_version"] or 0}

    @property
    def may_close(self) -> bool:
        """Whether sending it can end the request, too."""
        return False

    @property
    def details(self) -> list[forms.BoundField]:
        """How the text goes or went, how long it took: what stands beside it."""
        return [self[name] for name in self.beside]


class OutgoingForm(WordsForm):
    """A text to the requester."""

    goes_on = True
    beside = ("channel", "minutes")

    channel = forms.ChoiceField(label=_("How"))
    minutes = MinutesField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        by_mail = _("by e-mail to %(address)s") % {"address": mask_email(self.case.requester.email)}
        carried = {Channel.EMAIL: by_mail, Channel.WEB: _("on their private page")}
        ways = [(way.value, carried[way]) for way in (carrier_of(self.case),) if way.is_carried]
        ways += [(channel.value, channel.label) for channel in Channel if channel.is_ours]
        self.fields["channel"].choices = ways


class AnswerForm(OutgoingForm):
    """The answer."""

    action = "answer"
    kind = DraftKind.ANSWER
    label = _("Text of the answer")
    send = _("Send the answer")
    beside = ("channel", "minutes", "certainty")

    certainty = forms.ChoiceField(
        label=_("How certain it is"),
        choices=[("", _("not said")), *Certainty.choices],
        required=False,
        help_text=_("Our reading of the law is sent when a colleague has read it, too."),
    )

    @property
    def may_close(self) -> bool:
        return not self.case.has_open_plan

    @property
    def said(self) -> dict[str, Any]:
        return {**super().said, "closes": self.data.get("then") == "close"}


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
    beside = ("minutes",)
    # The names of whom it can mention.
    mentionable: tuple[str, ...] = ()

    minutes = MinutesField()


class ContactForm(WordsForm):
    """A call, visit or letter on a request that is there already."""

    action = "contact"
    label = _("What was said or written")
    send = _("Save the contact")
    beside = ("direction", "channel", "took_place_at", "minutes", "place", "person", "spoken_by")

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
