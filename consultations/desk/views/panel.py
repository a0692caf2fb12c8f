"""What can be done with a request now: the forms and buttons of its page, each with why not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Certainty, DraftKind, State
from consultations.desk.drafts import DraftBox, Drafts, Unsent
from consultations.desk.forms.request import (
    AddToAnswerForm,
    AnswerForm,
    AskBackForm,
    AssignForm,
    ContactForm,
    DuplicateForm,
    NoteForm,
    ParticipantForm,
    ReferForm,
    SeenForm,
    SensitiveNoteForm,
    WordsForm,
    name_of,
)
from consultations.desk.request_page import Dossier
from consultations.models import SupportRequest
from consultations.requests.actions import desk, details

Reasons = Callable[..., list[str]]


@dataclass(frozen=True)
class Verb:
    """One thing that can be done: its name in addresses, label, reasons against, form, words after."""

    name: str
    label: str | Promise
    reasons: Reasons
    form: type[SeenForm]
    do: Callable[..., object]
    done: str | Promise
    # Refused when somebody else has moved the request since the page was opened.
    is_guarded: bool = True


WORDS = {
    verb.name: verb
    for verb in [
        Verb(
            "answer",
            capfirst(_("answer")),
            desk.reasons_against_answering,
            AnswerForm,
            desk.answer,
            _("The answer is sent."),
        ),
        Verb(
            "add-to-answer",
            _("Add to the answer"),
            desk.reasons_against_adding_to_answer,
            AddToAnswerForm,
            desk.add_to_answer,
            _("The addition is sent."),
        ),
        Verb(
            "ask-back",
            _("Ask the requester"),
            desk.reasons_against_asking_back,
            AskBackForm,
            desk.ask_back,
            _("The question is sent. We wait for the requester."),
        ),
        Verb(
            "note",
            _("Note"),
            desk.reasons_against_noting,
            NoteForm,
            desk.add_note,
            _("The note is saved."),
            is_guarded=False,
        ),
        Verb(
            "contact",
            _("Log a contact"),
            desk.reasons_against_logging,
            ContactForm,
            desk.log_contact,
            _("The contact is saved."),
            is_guarded=False,
        ),
    ]
}

# Of which texts a draft is kept, by its kind.
DRAFTED = {kind: [verb for verb in WORDS.values() if verb.form.kind == kind] for kind in DraftKind.values}

STEPS = {
    verb.name: verb
    for verb in [
        Verb(
            "take", _("Take it"), desk.reasons_against_taking, SeenForm, desk.take, _("The request is yours.")
        ),
        Verb(
            "go-on",
            _("Go on with it"),
            desk.reasons_against_going_on,
            SeenForm,
            desk.go_on,
            _("Work goes on."),
        ),
        Verb(
            "wait-for-expert",
            _("Wait for an expert"),
            desk.reasons_against_waiting_for_expert,
            SeenForm,
            desk.wait_for_expert,
            _("The request waits for an expert."),
        ),
        Verb(
            "close",
            _("Close"),
            desk.reasons_against_closing,
            SeenForm,
            desk.close,
            _("The request is closed."),
        ),
        Verb(
            "reopen",
            _("Reopen"),
            desk.reasons_against_reopening,
            SeenForm,
            desk.reopen,
            _("The request is open again."),
        ),
        Verb(
            "refer",
            _("Refer elsewhere"),
            desk.reasons_against_referring,
            ReferForm,
            desk.refer,
            _("The request is referred. Our part of it is over."),
        ),
        Verb(
            "duplicate",
            _("Mark as a duplicate"),
            desk.reasons_against_marking_duplicate,
            DuplicateForm,
            desk.mark_duplicate,
            _("The request is marked as a duplicate."),
        ),
        Verb(
            "spam",
            _("Mark as spam"),
            desk.reasons_against_marking_spam,
            SeenForm,
            desk.mark_spam,
            _("The request is marked as spam."),
        ),
    ]
}

SENSITIVE_NOTE = Verb(
    "sensitive-note",
    _("Save the sensitive note"),
    details.reasons_against_sensitive_note,
    SensitiveNoteForm,
    details.set_sensitive_note,
    _("The sensitive note is saved."),
)
PEOPLE = Verb(
    "people",
    _("Add the person"),
    details.reasons_against_adding_participant,
    ParticipantForm,
    details.add_participant,
    _("The person is added."),
    is_guarded=False,
)
LINK = Verb(
    "link",
    _("Make a new private link"),
    details.reasons_against_renewing_link,
    SeenForm,
    details.renew_link,
    _("The private link is new. The one before does not work any more."),
)
ASSIGN = Verb(
    "assign",
    _("Assign"),
    desk.reasons_against_assigning_anybody,
    AssignForm,
    desk.assign,
    _("The request is assigned."),
)
VERBS = {**WORDS, **STEPS, "sensitive-note": SENSITIVE_NOTE, "people": PEOPLE, "link": LINK, "assign": ASSIGN}

# After these the page offers to undo: the state in which they leave a request.
UNDOABLE = {
    "close": State.CLOSED,
    "refer": State.REFERRED,
    "duplicate": State.DUPLICATE,
    "spam": State.SPAM,
}


def form_of(
    verb: Verb, case: SupportRequest, reader: User, *data: Any, seen: int = 0, **options: Any
) -> SeenForm:
    """Return the form of a verb on a request, empty or filled with `data`."""
    if issubclass(verb.form, WordsForm):
        options["case"] = case
    if verb.form in (ContactForm, DuplicateForm):
        options["reader"] = reader
    options.setdefault("auto_id", f"{verb.name}_%s")
    now = {"version": case.version, "seen": seen, "note": case.sensitive_note, "to": case.assignee_id}
    if verb.form is not AssignForm:
        del now["to"]
    options["initial"] = {**now, **options.get("initial", {})}
    return verb.form(*data, **options)


@dataclass
class Choice:
    """One verb on the page of a request."""

    name: str
    label: str | Promise
    url: str
    reasons: list[str]
    form: forms.Form
    is_open: bool = False
    draft: DraftBox | None = None


@dataclass
class Panel:
    """All that the page of a request offers."""

    words: list[Choice]
    possible: list[Choice]
    impossible: list[Choice]
    people: Choice
    sensitive: Choice
    link: Choice
    details_reasons: list[str]
    done: str | Promise = ""
    undo: Choice | None = None


class PanelMaker:
    """Puts together what can be done with a request; `bound` are forms with errors, by name.

    `unsent` is what came from the answer box without being sent.
    """

    def __init__(self, dossier: Dossier, bound: dict[str, forms.Form], unsent: Unsent | None = None) -> None:
        self.dossier = dossier
        self.case = dossier.case
        self.reader = dossier.reader
        self.bound = bound
        self.unsent = unsent
        self.drafts = Drafts(dossier)

    def choice(self, verb: Verb) -> Choice:
        """Return a verb with its form and the reasons against it."""
        bound = self.bound.get(verb.name)
        kind = getattr(verb.form, "kind", "")
        unsent = self.unsent if self.unsent and self.unsent.kind == kind else None
        initial = {**(self.drafts.initial(kind) if kind else {}), **(unsent.values if unsent else {})}
        form = bound or form_of(verb, self.case, self.reader, seen=self.dossier.newest, initial=initial)
        if isinstance(form, ContactForm):
            self._offer_people(form)
        if isinstance(form, AssignForm):
            form.fields["to"].choices = [(person.pk, person.name) for person in self.dossier.colleagues]
        # The first reason is enough beside a button: a role that only reads would repeat itself.
        reasons = [] if bound else verb.reasons(self.case, by=self.reader)[:1]
        draft = self.drafts.box(kind, unsent) if kind else None
        if draft and bound and bound.data.get("certainty") == Certainty.INTERPRETATION:
            draft.reading_url = reverse("desk-reading-ask", args=[self.case.reference])
        is_open = bool(bound or unsent)
        return Choice(verb.name, verb.label, self.url(verb.name), reasons, form, is_open, draft)

    def _offer_people(self, form: forms.Form) -> None:
        # All these people are fetched already, for the timeline and the rail.
        others = [participant.person for participant in self.dossier.people]
        form.fields["person"].choices = [
            ("", _("the requester")),
            *((row.pk, name_of(row)) for row in others),
        ]
        staff = [person for person in self.dossier.staff.values() if person.is_active]
        form.fields["spoken_by"].choices = [(person.pk, person.name) for person in staff]

    def url(self, name: str) -> str:
        """Return the address of a verb."""
        return reverse(f"desk-request-{name}", args=[self.case.reference])

    def words(self) -> list[Choice]:
        """Return the forms with a text: first to answer, or to add to the answer."""
        first = (
            "add-to-answer"
            if self.case.state == State.ANSWERED or "add-to-answer" in self.bound
            else "answer"
        )
        choices = [self.choice(WORDS[name]) for name in (first, "ask-back", "note", "contact")]
        if not any(choice.is_open for choice in choices):
            choices[0].is_open = True
        return choices

    def panel(self, done: str) -> Panel:
        """Return all of it."""
        steps = [self.choice(verb) for verb in (STEPS["take"], ASSIGN, *list(STEPS.values())[1:])]
        undo = next((step for step in steps if step.name == "reopen" and not step.reasons), None)
        is_done = UNDOABLE.get(done) == self.case.state
        return Panel(
            words=self.words(),
            possible=[step for step in steps if not step.reasons],
            impossible=[step for step in steps if step.reasons],
            people=self.choice(PEOPLE),
            sensitive=self.choice(SENSITIVE_NOTE),
            link=self.choice(LINK),
            details_reasons=details.reasons_against_editing(self.case, by=self.reader),
            done=STEPS[done].done if is_done else "",
            undo=undo if is_done else None,
        )
