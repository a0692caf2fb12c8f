"""What can be done with a request now: the forms and buttons of its page, each with why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
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
from consultations.desk.forms.request import AssignForm, SeenForm
from consultations.desk.forms.short_code import ShortCodeForm
from consultations.desk.request_page import RequestPage
from consultations.intake.actions.short_code import make_code, reasons_against_making_code
from consultations.intake.urgency import speaks_of_losing_home
from consultations.models import SupportRequest
from consultations.requests.actions import desk, details, home, snooze, unread, watch
from consultations.requests.clock import rule
from consultations.requests.form_fields import name_of
from consultations.requests.queries import reached_by, risk_mark
from consultations.summaries.actions import reasons_against_source


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
STEPS = [
    "take", "go-on", "close", "wait-for-expert", "snooze", "unsnooze", "assign", "refer", "reopen",
    "duplicate", "spam",
]  # fmt: skip
# What is done about a request that was none stands apart, at the end.
APART = ("duplicate", "spam")
# What is most likely done next in a state; what is not possible is passed over.
LIKELY = {
    State.NEW: ["take", "assign", "snooze"],
    State.OPEN: ["answer", "wait-for-expert", "snooze"],
    State.WAITING_EXPERT: ["answer", "go-on", "snooze"],
    State.WAITING_REQUESTER: ["go-on", "snooze", "close"],
    State.ANSWERED: ["close", "summary", "reopen"],
}
# So many likely steps stand in sight.
IN_SIGHT = 3
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
    """One verb on the page of a request; its form is drawn where it is open alone."""

    name: str
    label: str | Promise
    url: str
    reasons: list[str]
    form: forms.Form | None = None
    is_open: bool = False
    draft: DraftBox | None = None
    has_fields: bool = True
    # Whether it leads to where it is done, and is no verb of the request.
    is_link: bool = False


@dataclass
class Steps:
    """What can be done next: the likeliest first, then the others, those apart, and what is not possible."""

    first: list[Choice]
    others: list[Choice]
    apart: list[Choice]
    impossible: list[Choice]


class Panel:
    """All that the page of a request offers.

    `bound` are forms of words that came back with errors, by the names of their verbs. `unsent` is what came
    from the answer box without being sent, `after` names the verb that was done, `write` the one to write.
    """

    def __init__(
        self,
        page: RequestPage,
        *,
        bound: Mapping[str, forms.Form] | None = None,
        unsent: Unsent | None = None,
        after: str = "",
        write: str = "",
    ) -> None:
        self.page, self.case, self.reader = page, page.case, page.reader
        self.bound, self.unsent, self.write = bound or {}, unsent, write
        self.after, self.drafts = after, Drafts(page)
        self.url = page.case.get_desk_url()

    @cached_property
    def words(self) -> list[Choice]:
        """What can be written, first the answer or an addition to it; one of them is open."""
        is_answered = self.case.state == State.ANSWERED or "add-to-answer" in (*self.bound, self.write)
        other = "answer" if is_answered and self.write != "answer" else "add-to-answer"
        choices = [self._offer(name) for name in WORDS if name != other]
        opened = next((choice for choice in choices if self._is_asked_for(choice.name)), choices[0])
        self.open(opened)
        return choices

    def _is_asked_for(self, name: str) -> bool:
        kind = getattr(VERBS[name].form, "kind", "")
        return name in self.bound or name == self.write or bool(self.unsent and self.unsent.kind == kind)

    def open(self, choice: Choice) -> None:
        """Give a choice its form, empty, filled, or as it came back."""
        bound, kind = self.bound.get(choice.name), getattr(VERBS[choice.name].form, "kind", "")
        unsent = self.unsent if self.unsent and self.unsent.kind == kind else None
        initial = {"seen": self.page.newest, **(self.drafts.initial(kind) if kind else {})}
        initial |= unsent.values if unsent else {}
        choice.form = bound or form_of(VERBS[choice.name], self.case, self.reader, initial=initial)
        offer_people(choice.form, self.page)
        choice.is_open = True
        if not kind:
            return
        choice.draft = DraftBox(self.drafts, kind, unsent)
        if bound and bound.data.get("certainty") == Certainty.INTERPRETATION:
            choice.draft.reading_url = reverse("desk-reading-ask", args=[self.case.reference])

    def choice(self, name: str) -> Choice:
        """Return one verb with its form."""
        choice = self._offer(name)
        self.open(choice)
        return choice

    def _offer(self, name: str) -> Choice:
        """Return a verb and the first reason against it: a role that only reads would repeat itself."""
        verb = VERBS[name]
        reasons = [] if name in self.bound else verb.reasons(self.case, by=self.reader)[:1]
        has_fields = verb.form is not SeenForm
        # Below the page, as urls.py has it: to look up each of thirty takes long.
        return Choice(name, verb.label, f"{self.url}{name}/", reasons, has_fields=has_fields)

    @cached_property
    def steps(self) -> Steps:
        """What moves the request on, and what is not possible now."""
        passed_over = "snooze" if self.case.snoozed_until else "unsnooze"
        choices = [self._offer(name) for name in STEPS if name != passed_over]
        possible = {choice.name: choice for choice in choices if not choice.reasons}
        likely = LIKELY.get(State(self.case.state), ["reopen"])
        if self.case.assignee_id is None:
            likely = ["take", *likely]
        offered = possible | self._links
        first = [offered[name] for name in dict.fromkeys(likely) if name in offered][:IN_SIGHT]
        others = [choice for choice in possible.values() if choice not in first]
        return Steps(
            first,
            [choice for choice in others if choice.name not in APART],
            [choice for choice in others if choice.name in APART],
            [choice for choice in choices if choice.reasons],
        )

    @property
    def _links(self) -> dict[str, Choice]:
        """Return the ways to what is done elsewhere, by name, where they lead to something."""
        case, links = self.case, {}
        if not VERBS["answer"].reasons(case, by=self.reader):
            links["answer"] = Choice("answer", _("Write the answer"), "#write-answer", [], is_link=True)
        may_begin = self.reader.has(Permission.WRITE_SUMMARY) and not reasons_against_source(case)
        if may_begin and not self.page.dossier.counts["summaries"]:
            address = f"{reverse('desk-summary-new')}?request={case.reference}"
            links["summary"] = Choice("summary", _("Start a summary"), address, [], is_link=True)
        return links

    @cached_property
    def watch(self) -> Choice:
        return self._offer("unwatch" if self.reader.pk in self.page.dossier.watchers else "watch")

    @cached_property
    def others(self) -> dict[str, Choice]:
        """What stands beside single facts, by name."""
        names = ("mark-read", "mark-unread", "people", "link", "code", "sensitive-note", "home-outcome")
        return {name.replace("-", "_"): self._offer(name) for name in names}

    @property
    def risk(self) -> str:
        return risk_mark(self.case)

    @property
    def reached_by(self) -> str:
        return reached_by(self.case)

    @property
    def rule(self) -> str:
        return rule()

    @cached_property
    def details_reasons(self) -> list[str]:
        return details.reasons_against_editing(self.case, by=self.reader)

    @property
    def done(self) -> str | Promise:
        """What to say of the verb that was done, where it can be undone."""
        return VERBS[self.after].done if UNDOABLE.get(self.after) == self.case.state else ""

    @property
    def undo(self) -> Choice | None:
        reopen = self._offer("reopen")
        return reopen if self.done and not reopen.reasons else None

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


def offer_people(form: forms.Form, page: RequestPage) -> None:
    """Let a form name people whom the page has fetched already."""
    if isinstance(form, word_forms.ContactForm):
        others = [(row.person_id, name_of(row.person)) for row in page.people]
        form.fields["person"].choices = [("", _("the requester")), *others]
        staff = [person for person in page.staff.values() if person.is_active]
        form.fields["spoken_by"].choices = [(person.pk, person.name) for person in staff]
    if isinstance(form, word_forms.NoteForm):
        others = [person for person in page.staff.values() if person.has(Permission.VIEW_REQUESTS)]
        form.mentionable = tuple(person.name for person in others if person.pk != page.reader.pk)
    if isinstance(form, AssignForm):
        form.fields["to"].choices = [(one.pk, called(one, page.staff)) for one in page.colleagues]
