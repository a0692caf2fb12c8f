"""What can be done with a request now: the forms and buttons of its page, each with why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import called
from accounts.models import User
from accounts.permissions import Permission
from consultations.choices import Certainty, Direction, DraftKind, State
from consultations.desk.drafts import DraftBox, Drafts, Unsent
from consultations.desk.forms import request as request_forms
from consultations.desk.forms import words as word_forms
from consultations.desk.forms.request import AssignForm, SeenForm, verb_url
from consultations.desk.forms.short_code import ShortCodeForm
from consultations.desk.request_page import RequestPage
from consultations.intake.actions.short_code import make_code, reasons_against_making_code
from consultations.intake.urgency import speaks_of_losing_home
from consultations.models import SupportRequest
from consultations.requests.actions import desk, details, home, snooze, unread, watch
from consultations.requests.clock import rule
from consultations.requests.form_fields import name_of
from consultations.requests.queries import reached_by, risk_mark


@dataclass(frozen=True)
class Verb:
    """One thing that can be done: its name in addresses, label, verb, reasons against, words after, form."""

    name: str
    label: str | Promise
    do: Callable[..., object]
    reasons: Callable[..., list[str]]
    done: str | Promise
    form: type[SeenForm] = SeenForm
    # Refused when somebody else has moved the request since the page was opened.
    is_guarded: bool = True
    permission: Permission = Permission.ANSWER_REQUEST


# fmt: off
VERBS = {verb.name: verb for verb in [
    Verb("answer", capfirst(_("answer")), desk.answer, desk.reasons_against_answering,
         _("The answer is sent."), word_forms.AnswerForm),
    Verb("add-to-answer", _("Add to the answer"), desk.add_to_answer, desk.reasons_against_adding_to_answer,
         _("The addition is sent."), word_forms.AddToAnswerForm),
    Verb("ask-back", _("Ask the requester"), desk.ask_back, desk.reasons_against_asking_back,
         _("The question is sent. We wait for the requester."), word_forms.AskBackForm),
    Verb("note", _("Note"), desk.add_note, desk.reasons_against_noting,
         _("The note is saved."), word_forms.NoteForm, is_guarded=False),
    Verb("contact", _("Log a contact"), desk.log_contact, desk.reasons_against_logging,
         _("The contact is saved."), word_forms.ContactForm, is_guarded=False),
    Verb("take", _("Take it"), desk.take, desk.reasons_against_taking, _("The request is yours.")),
    Verb("assign", _("Assign"), desk.assign, desk.reasons_against_assigning_anybody,
         _("The request is assigned."), request_forms.AssignForm, permission=Permission.ASSIGN_REQUEST),
    Verb("go-on", _("Go on with it"), desk.go_on, desk.reasons_against_going_on, _("Work goes on.")),
    Verb("wait-for-expert", _("Wait for an expert"), desk.wait_for_expert,
         desk.reasons_against_waiting_for_expert, _("The request waits for an expert.")),
    Verb("close", _("Close"), desk.close, desk.reasons_against_closing, _("The request is closed.")),
    Verb("reopen", _("Reopen"), desk.reopen, desk.reasons_against_reopening, _("The request is open again.")),
    Verb("refer", _("Refer elsewhere"), desk.refer, desk.reasons_against_referring,
         _("The request is referred. Our part of it is over."), request_forms.ReferForm),
    Verb("duplicate", _("Mark as a duplicate"), desk.mark_duplicate, desk.reasons_against_marking_duplicate,
         _("The request is marked as a duplicate."), request_forms.DuplicateForm),
    Verb("spam", _("Mark as spam"), desk.mark_spam, desk.reasons_against_marking_spam,
         _("The request is marked as spam.")),
    Verb("snooze", _("Put it aside"), snooze.snooze, snooze.reasons_against_snoozing,
         _("The request is put aside. It comes back on its day."), request_forms.SnoozeForm),
    Verb("unsnooze", _("Take it up again"), snooze.unsnooze, snooze.reasons_against_unsnoozing,
         _("The request is back in your day.")),
    Verb("mark-read", _("Mark as read"), unread.mark_read, unread.reasons_against_marking,
         _("The message is marked as read."), is_guarded=False),
    Verb("mark-unread", _("Mark as unread"), unread.mark_unread, unread.reasons_against_marking,
         _("The request is marked as one with a new message."), is_guarded=False),
    Verb("watch", _("Watch it"), watch.watch, watch.reasons_against_watching,
         _("You watch the request: you will be told what happens on it."), is_guarded=False,
         permission=Permission.VIEW_REQUESTS),
    Verb("unwatch", _("Stop watching"), watch.unwatch, watch.reasons_against_watching,
         _("You do not watch the request any more."), is_guarded=False,
         permission=Permission.VIEW_REQUESTS),
    Verb("people", _("Add the person"), details.add_participant, details.reasons_against_adding_participant,
         _("The person is added."), request_forms.ParticipantForm, is_guarded=False),
    Verb("sensitive-note", _("Save the sensitive note"), details.set_sensitive_note,
         details.reasons_against_sensitive_note, _("The sensitive note is saved."),
         request_forms.SensitiveNoteForm, permission=Permission.VIEW_SENSITIVE),
    Verb("home-outcome", _("Save what became of it"), home.write_outcome, home.reasons_against_outcome,
         _("It is written down what became of the home."), request_forms.OutcomeForm),
    Verb("link", _("Make a new private link"), details.renew_link, details.reasons_against_renewing_link,
         _("The private link is new. The one before does not work any more, and no short code either.")),
    Verb("code", _("Make a short code"), make_code, reasons_against_making_code,
         _("The short code is made. Read it out."), ShortCodeForm, is_guarded=False),
]}
# fmt: on
# Those with a text, and those that move the request on, in the order of the page.
WORDS = ["answer", "add-to-answer", "ask-back", "note", "contact"]
STEPS = ["take", "assign", "go-on", "wait-for-expert", "close", "reopen", "refer", "duplicate", "spam"]
# After these the page offers to undo: the state in which they leave a request.
UNDOABLE = {"close": State.CLOSED, "refer": State.REFERRED, "duplicate": State.DUPLICATE, "spam": State.SPAM}
# The forms of the texts of which a draft is kept, by its kind.
DRAFTED = {
    kind: [VERBS[name].form for name in WORDS if VERBS[name].form.kind == kind] for kind in DraftKind.values
}


def form_of(verb: Verb, case: SupportRequest, reader: User, *data: Any, **options: Any) -> SeenForm:
    """Return the form of a verb on a request, empty or filled with `data`."""
    # The page holds several of these forms: each has names of its own for its fields' labels.
    return verb.form(*data, case=case, reader=reader, auto_id=f"{verb.name}_%s", **options)


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


class Panel:
    """All that the page of a request offers; `bound` are forms with errors, by the names of their verbs.

    `unsent` is what came from the answer box without being sent, `after` names the verb that was done.
    """

    def __init__(
        self, page: RequestPage, bound: Mapping[str, forms.Form], unsent: Unsent | None, after: str
    ) -> None:
        self.page, self.case, self.reader = page, page.case, page.reader
        self.bound, self.unsent, self.drafts = bound, unsent, Drafts(page)
        self.words = self._words()
        aside = "unsnooze" if self.case.snoozed_until else "snooze"
        steps = [self._choice(name) for name in [*STEPS, aside]]
        self.possible = [step for step in steps if not step.reasons]
        self.impossible = [step for step in steps if step.reasons]
        self.watch = self._choice("unwatch" if self.reader.pk in page.watchers else "watch")
        self.read, self.unread = self._choice("mark-read"), self._choice("mark-unread")
        self.people, self.link = self._choice("people"), self._choice("link")
        self.code = self._choice("code")
        self.sensitive, self.outcome = self._choice("sensitive-note"), self._choice("home-outcome")
        self.risk, self.rule = risk_mark(self.case), rule()
        self.reached_by = reached_by(self.case)
        self.details_reasons = details.reasons_against_editing(self.case, by=self.reader)
        is_done = after in UNDOABLE and UNDOABLE[after] == self.case.state
        self.done = VERBS[after].done if is_done else ""
        self.undo = next((step for step in self.possible if step.name == "reopen"), None) if is_done else None

    @property
    def speaks_of_home(self) -> bool:
        """Whether the words of a request in hand say that a home is lost, and nobody has written when."""
        case = self.case
        if not case.is_active or case.home_loss or case.home_at_risk_by:
            return False
        said = (contact.text for contact in self.page.shown if contact.direction == Direction.INBOUND)
        return speaks_of_losing_home(case.subject, *said)

    @property
    def opened(self) -> Choice | None:
        """The text that is open and can take a quotation."""
        open_ones = (
            choice for choice in self.words if choice.is_open and choice.draft and not choice.reasons
        )
        return next(open_ones, None)

    def _choice(self, name: str) -> Choice:
        """Return a verb with its form and the reasons against it."""
        verb, bound = VERBS[name], self.bound.get(name)
        kind = getattr(verb.form, "kind", "")
        unsent = self.unsent if self.unsent and self.unsent.kind == kind else None
        initial = {"seen": self.page.newest, **(self.drafts.initial(kind) if kind else {})}
        initial |= unsent.values if unsent else {}
        form = bound or form_of(verb, self.case, self.reader, initial=initial)
        self._offer_people(form)
        # The first reason is enough beside a button: a role that only reads would repeat itself.
        reasons = [] if bound else verb.reasons(self.case, by=self.reader)[:1]
        draft = DraftBox(self.drafts, kind, unsent) if kind else None
        if draft and bound and bound.data.get("certainty") == Certainty.INTERPRETATION:
            draft.reading_url = reverse("desk-reading-ask", args=[self.case.reference])
        url = verb_url(name, self.case)
        return Choice(name, verb.label, url, reasons, form, bool(bound or unsent), draft)

    def _offer_people(self, form: forms.Form) -> None:
        # All these people are fetched already, for the timeline and the rail.
        if isinstance(form, word_forms.ContactForm):
            others = [(row.person_id, name_of(row.person)) for row in self.page.people]
            form.fields["person"].choices = [("", _("the requester")), *others]
            staff = [person for person in self.page.staff.values() if person.is_active]
            form.fields["spoken_by"].choices = [(person.pk, person.name) for person in staff]
        if isinstance(form, word_forms.NoteForm):
            others = [person for person in self.page.staff.values() if person.has(Permission.VIEW_REQUESTS)]
            form.mentionable = tuple(person.name for person in others if person.pk != self.reader.pk)
        if isinstance(form, AssignForm):
            staff = self.page.staff
            form.fields["to"].choices = [(one.pk, called(one, staff)) for one in self.page.colleagues]

    def _words(self) -> list[Choice]:
        """Return the forms with a text: first to answer, or to add to the answer."""
        is_answered = self.case.state == State.ANSWERED or "add-to-answer" in self.bound
        other = "answer" if is_answered else "add-to-answer"
        choices = [self._choice(name) for name in WORDS if name != other]
        if not any(choice.is_open for choice in choices):
            choices[0].is_open = True
        return choices
