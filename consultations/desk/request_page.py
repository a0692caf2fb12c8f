"""All that stands on one request's page at the desk, in a number of queries that does not grow with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from math import ceil
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.duty.queries import with_absence
from accounts.models import User
from accounts.permissions import STAFF_ROLES, Permission
from consultations.choices import Channel, Direction
from consultations.desk.dossier import Dossier
from consultations.desk.forms.request import DetailsForm
from consultations.desk.history import EVENT_WORDS, Event
from consultations.desk.timesheet import as_hours
from consultations.models import (
    Contact,
    ContactFile,
    Participant,
    Rating,
    ShortCode,
    SupportRequest,
)
from consultations.models.request import SupportRequestQuerySet
from consultations.requests.actions.details import ON_PERSON
from consultations.requests.actions.undo import reasons_against_undoing
from consultations.requests.queries import masked_reach
from core.audit import entries_of
from core.outbox import mail
from core.outbox.mail import State as MailState
from core.templatetags.ui import clock, day, weekday
from core.views.paging import whole_number

# What the page names of the rows that a request points at; of the others it takes all.
NAMED = {
    "municipality": ("name", "slug", "code", "district", "kind", "population", "region"),
    "guessed_municipality": ("name", "slug", "code", "district"),
    "topic": ("name", "name_cs", "name_en", "slug"),
    "ethos": ("name", "name_cs", "name_en"),
    "duplicate_of": ("year",),
    "follows": ("year",),
    "assignee": ("name", "role", "is_active", "language"),
}
WHOLE = ("requester", "municipality__region", "plan", "rating", "short_code")
# What the timeline names of a contact and of whom it points at.
SAID = (
    "request", "direction", "channel", "text", "text_html", "is_answer", "is_question_back", "took_place_at",
    "logged_at", "minutes", "place", "certainty", "quoted", "copied_to",
    "person__name", "person__organisation", "spoken_by__name", "logged_by__name", "sent_as__state",
)  # fmt: skip
# How many contacts a page shows; older ones stand on pages of their own.
CONTACTS = 100
COPIED = 10
# A contact that was written down later than this says so.
PROMPT = timedelta(minutes=30)


def with_details(requests: SupportRequestQuerySet) -> SupportRequestQuerySet:
    """Fetch with each request the rows that its page names."""
    return requests.select_related(*NAMED, *WHOLE).only(*_named())


@cache
def _named() -> tuple[str, ...]:
    """Return the columns that the page names: all of a dozen tables would cost more than all it does."""
    meta: Any = SupportRequest._meta
    own = [field.name for field in meta.concrete_fields]
    named = [f"{relation}__{name}" for relation, names in NAMED.items() for name in names]
    return (*own, *named, *(name for relation in WHOLE for name in _columns(relation)))


def _columns(relation: str) -> list[str]:
    model: Any = SupportRequest
    for name in relation.split("__"):
        model = model._meta.get_field(name).related_model
    return [f"{relation}__{field.name}" for field in model._meta.concrete_fields]


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: a contact, or what somebody did."""

    at: datetime
    direction: str
    who: str
    text: str = ""
    html: str = ""
    channel_icon: str = ""
    channel_label: str = ""
    facts: str = ""
    ident: str = ""
    mark: str = ""
    # Of mail: its history and signature, which one need not read twice.
    quoted: str = ""
    files: tuple[dict[str, Any], ...] = ()


class RequestPage:
    """One request as `reader` sees it. `before` is a contact: the timeline shows what was before it."""

    def __init__(self, case: SupportRequest, *, reader: User, before: int | None = None) -> None:
        self.case, self.reader, self.before = case, reader, before

    @cached_property
    def dossier(self) -> Dossier:
        """All that belongs to the request beside its contacts."""
        return Dossier(self.case, reader=self.reader)

    @cached_property
    def staff(self) -> dict[int, Any]:
        """Everybody who works or worked at the desk, by number, and who is away; for forms that name them."""
        people = User.objects.filter(role__in=STAFF_ROLES).order_by("name", "pk")
        return {person.pk: person for person in with_absence(people.only("name", "role", "is_active"))}

    @property
    def colleagues(self) -> list[User]:
        return [person for person in self.staff.values() if person.has(Permission.ANSWER_REQUEST)]

    @cached_property
    def _contacts(self) -> list[Contact]:
        rows = self.case.contacts.for_timeline().prefetch_related(None)
        rows = rows.only(*SAID).order_by("-took_place_at", "-pk")
        if last := self.before and self.case.contacts.filter(pk=self.before).first():
            same_time = Q(took_place_at=last.took_place_at, pk__lt=last.pk)
            rows = rows.filter(Q(took_place_at__lt=last.took_place_at) | same_time)
        return list(rows[: CONTACTS + 1])

    @property
    def shown(self) -> list[Contact]:
        """The contacts of this page, oldest first."""
        return self._contacts[:CONTACTS][::-1]

    @property
    def older(self) -> int | None:
        """The contact before which the timeline goes on, or None."""
        return self._contacts[CONTACTS - 1].pk if len(self._contacts) > CONTACTS else None

    @property
    def newest(self) -> int:
        """The last contact that was written down, as far as the page shows it."""
        return max((contact.pk for contact in self._contacts), default=0)

    @property
    def rating(self) -> Rating | None:
        return getattr(self.case, "rating", None)

    @property
    def code(self) -> ShortCode | None:
        return getattr(self.case, "short_code", None)

    @property
    def minutes(self) -> int:
        """How long all contacts took; 0 where nobody said it, or where the page does not hold them all."""
        if self.older or self.before:
            return 0
        return sum(contact.minutes or 0 for contact in self._contacts)

    @cached_property
    def timeline(self) -> list[Entry]:
        """Contacts and events together, oldest first."""
        told = [contact_entry(contact, self.dossier.files[contact.pk]) for contact in self.shown]
        events = [] if self.before else self.dossier.events
        start = told[0].at if told and self.older else None
        told += [self.event_entry(event) for event in events if start is None or event.at >= start]
        return sorted(told, key=lambda entry: entry.at)

    def event_entry(self, event: Event) -> Entry:
        words = EVENT_WORDS[event.verb] % {"to": self._name(event.to)}
        return Entry(at=event.at, direction="system", who=self._name(event.actor_id), facts=words)

    def _name(self, pk: int | None) -> str:
        return self.dossier.names.get(pk or 0) or _("The requester")

    @property
    def snoozed_by(self) -> str:
        return self._name(self.case.snoozed_by_id)

    @property
    def people(self) -> list[Participant]:
        return self.dossier.people

    @property
    def copied(self) -> list[str]:
        """Addresses that got copies of the mail shown and do not belong to the request."""
        there = {self.case.requester.email.lower(), *(row.person.email.lower() for row in self.people)}
        copies = dict.fromkeys(email for contact in self.shown for email in contact.copied_to)
        return [email for email in copies if email not in there][:COPIED]

    @property
    def can_read_sensitive(self) -> bool:
        return self.reader.has(Permission.VIEW_SENSITIVE)

    @property
    def masked(self) -> str:
        return masked_reach(self.case.requester)

    @property
    def reach(self) -> list[dict[str, Any]]:
        fields = DetailsForm.base_fields
        return _known({fields[name].label: getattr(self.case.requester, name) for name in ON_PERSON})

    @property
    def link(self) -> str:
        """The requester's private page, or the official's."""
        return mail.absolute(self.case.get_my_url() if self.case.is_official else self.case.get_link())

    @property
    def standing(self) -> str:
        """State, who has it and by when it is due, as one sentence."""
        case = self.case
        parts = [str(capfirst(case.get_state_display()))]
        if case.referred_to:
            parts.append(_("referred to %(who)s") % {"who": case.referred_to})
        elif case.is_active:
            nobody = _("nobody has taken it yet")
            parts.append(_("%(name)s has it") % {"name": case.assignee.name} if case.assignee else nobody)
        if case.due_on and case.is_on_us:
            words = _("the answer is due on %(day)s")
            if case.due_on < timezone.localdate():
                words = _("the answer was due on %(day)s")
            parts.append(words % {"day": weekday(case.due_on)})
        if case.is_snoozed:
            parts.append(_("put aside until %(day)s") % {"day": day(case.snoozed_until)})
        return ", ".join(parts) + "."

    @property
    def dates(self) -> list[dict[str, Any]]:
        case = self.case
        return _known(
            {
                capfirst(_("received")): day(case.received_at),
                _("Waits for us since"): day(case.waiting_since) if self._waits_anew else "",
                _("Loses their home"): case.get_home_loss_display(),
                _("Home at risk by"): day(case.home_at_risk_by),
                _("What became of the home"): case.get_home_outcome_display(),
                _("Answered"): day(case.answered_at),
                capfirst(_("closed")): day(case.closed_at),
                _("Time so far"): self.minutes and as_hours(self.minutes),
                _("Priority"): case.priority and case.get_priority_display(),
            }
        )

    @property
    def _waits_anew(self) -> bool:
        since = self.case.waiting_since
        return bool(since) and timezone.localdate(since) > timezone.localdate(self.case.received_at)

    @property
    def subjects(self) -> list[dict[str, Any]]:
        case = self.case
        more = {
            _("Channel"): case.get_channel_display(),
            _("Other topics"): ", ".join(self.dossier.tags["topics"]),
            _("ETHOS group"): case.ethos and case.ethos.name,
            _("Target groups"): ", ".join(self.dossier.tags["groups"]),
        }
        return [{"term": _("Topic"), "value": case.topic.name if case.topic else ""}, *_known(more)]


def _known(facts: Mapping[Any, Any]) -> list[dict[str, Any]]:
    return [{"term": term, "value": value} for term, value in facts.items() if value]


def contact_entry(contact: Contact, files: Iterable[ContactFile] | None = None) -> Entry:
    """Return a contact as the timeline shows it. Its people are fetched already, and its files or `files`."""
    # Of its table, where Django would go through all its choices for each contact.
    channel = None if contact.direction == Direction.NOTE else Channel(contact.channel)
    return Entry(
        at=contact.took_place_at,
        direction=contact.direction,
        who=_speaker(contact),
        text=contact.text,
        html=contact.html,
        channel_icon=channel.icon if channel else "",
        channel_label=str(channel.label) if channel else "",
        facts=" · ".join(_facts(contact)),
        ident=f"contact-{contact.pk}",
        mark=_("answer") if contact.is_answer else _("question") if contact.is_question_back else "",
        quoted=contact.quoted,
        files=tuple(_file(file) for file in (contact.files.all() if files is None else files)),
    )


def _speaker(contact: Contact) -> str:
    if contact.direction == Direction.INBOUND:
        return (contact.person and (contact.person.name or contact.person.organisation)) or _("The requester")
    person = contact.spoken_by or contact.logged_by
    return person.name if person else _("Contact Centre")


def _facts(contact: Contact) -> Iterator[str]:
    if contact.certainty:
        yield contact.get_certainty_display()
    if contact.minutes:
        yield _("%(minutes)s min") % {"minutes": contact.minutes}
    if contact.place:
        yield contact.place
    if contact.direction == Direction.INBOUND and contact.spoken_by:
        yield _("spoke with %(name)s") % {"name": contact.spoken_by.name}
    if contact.sent_as and contact.sent_as.state != MailState.SENT:
        yield _("mail: %(state)s") % {"state": contact.sent_as.get_state_display()}
    if contact.logged_at - contact.took_place_at > PROMPT:
        yield _("written down %(day)s %(time)s") % {
            "day": day(contact.logged_at),
            "time": clock(contact.logged_at),
        }


def _file(file: ContactFile) -> dict[str, Any]:
    attachment, url = file.attachment, reverse("desk-file", args=[file.pk])
    return {"name": attachment.name, "size": attachment.size, "url": url, **attachment.pictured(url)}


@dataclass(frozen=True)
class News:
    """What happened on a request since its reader opened the page."""

    sentence: str
    entries: list[Entry]


def news_since(page: RequestPage, *, seen: int) -> News:
    """Return what is new after the contact `seen`, newest last, and who was quicker, in one sentence."""
    contacts = list(page.case.contacts.for_timeline().filter(pk__gt=seen).order_by("pk")[:CONTACTS])
    if contacts:
        answers = [contact for contact in contacts if contact.is_answer]
        words = _("%(who)s wrote %(ago)s. Here it is.")
        if answers:
            words = _("%(who)s answered %(ago)s. Here is the answer.")
        newest = (answers or contacts)[-1]
        said = words % {"who": _speaker(newest), "ago": ago(newest.logged_at)}
        return News(said, [contact_entry(contact) for contact in contacts])
    last = entries_of(page.case).order_by("-id").first()
    if last and last.verb in EVENT_WORDS:
        event = page.event_entry(Event(last.at, last.actor_id, last.verb, last.details.get("to")))
        words = _("%(who)s changed the request %(ago)s.")
        return News(words % {"who": event.who, "ago": ago(last.at)}, [event])
    return News(_("Somebody else has changed the request meanwhile."), [])


def ago(moment: datetime) -> str:
    """Return how long ago something was: "just now", "2 minutes ago", or the day and time."""
    minutes = int((timezone.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    return f"{day(moment)} {clock(moment)}"


def undo_offer(case: SupportRequest, *, reader: User, contact_pk: str) -> dict[str, Any] | None:
    """Return where `reader` may take back what they have just sent, and for how many seconds, or None.

    `contact_pk` is what stands in the address after sending. Sent on another request it has a `reference`.
    """
    pk = whole_number(contact_pk)
    sent = Contact.objects.select_related("sent_as", "request")
    contact = sent.filter(logged_by=reader, pk=pk).first() if pk else None
    if contact is None or reasons_against_undoing(contact, by=reader) or contact.held_until is None:
        return None
    there, left = contact.request.reference, contact.held_until - timezone.now()
    url = reverse("desk-request-undo-answer", args=[there, contact.pk])
    return {"url": url, "seconds": ceil(left.total_seconds()), "reference": there * (there != case.reference)}
