"""Who is told of what becomes of a request: colleagues, and the official who asked for a municipality.

A verb calls what fits it, inside its transaction. The sentences hold a reference and a colleague's name,
nothing of a case. Whoever stands in for somebody away is told beside them; where nobody has a request,
whoever is on duty.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import on_duty, stand_ins
from accounts.models import User
from accounts.permissions import Permission
from consultations.choices import ACTIVE, Direction, HomeLoss
from consultations.models import Contact, ExpertQuestion, PeerQuestion, SecondReading, SupportRequest
from consultations.requests.mentions import mentioned_in
from consultations.requests.queries import topic_watchers, watchers_of
from core.notices.actions import mark_done, take_back, tell
from core.notices.kinds import How, Kind
from core.notices.models import Notice

_of_requests = partial(Kind, permission=Permission.VIEW_REQUESTS)
_of_work = partial(Kind, permission=Permission.ANSWER_REQUEST)

# fmt: off
HOME_AT_RISK = _of_requests(
    key="requests/home_at_risk", label=_("An urgent request: somebody is losing their home"),
    sentence=_("%(reference)s is urgent."), usual=How.AT_ONCE, is_urgent=True)
NEW = _of_work(
    key="requests/new", label=_("A new request while I am on duty"),
    sentence=_("A new request has come: %(reference)s."), usual=How.AT_ONCE)
ON_TOPIC = _of_requests(
    key="requests/on_topic", label=_("A request on a topic that I watch"),
    sentence=_("A request is on a topic that you watch: %(reference)s."), usual=How.DIGEST)
ASSIGNED = _of_work(
    key="requests/assigned", label=_("A request is assigned to me"),
    sentence=_("%(reference)s is assigned to you (%(who)s)."), usual=How.AT_ONCE)
TAKEN_OVER = _of_requests(
    key="requests/taken_over", label=_("A request of mine goes over to a colleague"),
    sentence=_("%(reference)s is no longer assigned to you (%(who)s)."))
STAND_IN = _of_work(
    key="requests/stand_in", label=_("Something waits for a colleague for whom I stand in"),
    sentence=_("%(reference)s waits for a colleague for whom you stand in (%(who)s)."), usual=How.AT_ONCE)
MENTIONED = _of_requests(
    key="requests/mentioned", label=_("A colleague mentions me in a note"),
    sentence=_("You are mentioned in a note on %(reference)s (%(who)s)."), usual=How.AT_ONCE)
REPLY = _of_requests(
    key="requests/reply", label=_("A new message on a request of mine, or on one that I watch"),
    sentence=_("A message has come on %(reference)s."), usual=How.DIGEST)
REOPENED = _of_requests(
    key="requests/reopened", label=_("A message begins a request anew that was over"),
    sentence=_("A message has begun %(reference)s anew."), usual=How.DIGEST)
ANSWERED = _of_requests(
    key="requests/answered", label=_("A colleague answers a request of mine, or one that I watch"),
    sentence=_("%(reference)s is answered (%(who)s)."))
ENDED = _of_requests(
    key="requests/ended", label=_("A colleague ends a request of mine, or one that I watch"),
    sentence=_("%(reference)s has ended (%(who)s)."))
REARRANGED = _of_requests(
    key="requests/rearranged", label=_("A colleague merges or splits a request of mine, or one that I watch"),
    sentence=_("%(reference)s is merged with another request or split (%(who)s)."))
WITHDRAWN = _of_requests(
    key="requests/withdrawn", label=_("A requester withdraws a request of mine, or one that I watch"),
    sentence=_("%(reference)s is withdrawn."))
DELETION_ASKED = _of_requests(
    key="requests/deletion_asked", label=_("A requester asks for their data to be deleted"),
    sentence=_("The requester asks for deletion: %(reference)s."), usual=How.DIGEST)
RATED = _of_requests(
    key="requests/rated", label=_("A requester rates our help on a request of mine"),
    sentence=_("Our help is rated: %(reference)s."))
DUE = _of_requests(
    key="requests/due", label=_("An answer is due on the next working day"),
    sentence=_("An answer is due on the next working day: %(reference)s."), usual=How.DIGEST)
OVERDUE = _of_requests(
    key="requests/overdue", label=_("An answer is overdue"),
    sentence=_("The answer is overdue: %(reference)s."), usual=How.DIGEST)
SNOOZE_OVER = _of_requests(
    key="requests/snooze_over", label=_("A request that was put aside is back"),
    sentence=_("%(reference)s was put aside until today."), usual=How.DIGEST)
MAIL_FAILED = _of_requests(
    key="requests/mail_failed", label=_("A message of ours was not delivered"),
    sentence=_("A message on %(reference)s was not delivered."), usual=How.DIGEST)
READING_ASKED = _of_requests(
    key="consultations/reading_asked", label=_("An answer waits for my reading"),
    sentence=_("An answer waits for its second reading: %(reference)s (%(who)s)."), usual=How.AT_ONCE,
    template="consultations/reading_asked")
READING_DECIDED = _of_requests(
    key="consultations/reading_decided", label=_("A second reader decides about my answer"),
    sentence=_("The second reading is decided: %(reference)s (%(who)s)."), usual=How.AT_ONCE,
    template="consultations/reading_decided")
FROM_CENTRE = Kind(
    key="requests/from_centre", label=_("The Contact Centre writes to me"),
    sentence=_("The Contact Centre has written on %(reference)s."),
    permission=Permission.SPEAK_FOR_MUNICIPALITY)
# fmt: on
KINDS = (
    HOME_AT_RISK,
    NEW,
    ON_TOPIC,
    ASSIGNED,
    TAKEN_OVER,
    STAND_IN,
    MENTIONED,
    REPLY,
    REOPENED,
    ANSWERED,
    ENDED,
    REARRANGED,
    WITHDRAWN,
    DELETION_ASKED,
    RATED,
    DUE,
    OVERDUE,
    SNOOZE_OVER,
    MAIL_FAILED,
    READING_ASKED,
    READING_DECIDED,
    FROM_CENTRE,
)  # fmt: skip
# What is told of words that can still be taken back.
OF_ANSWER = (ANSWERED.key, FROM_CENTRE.key)
# What other apps want to know: of a request, whether it is answered now.
_answered: list[Callable[[SupportRequest, bool], object]] = []
Danger = tuple[int, date]
# What danger_of says where nobody loses a home.
FAR: Danger = (len(HomeLoss.values), date.max)


def when_answered(tell: Callable[[SupportRequest, bool], object]) -> None:
    """Let an app know that a request was answered (True), or that its answer was taken back (False).

    It is told inside the verb; called from the app's ready().
    """
    _answered.append(tell)


def _tell(
    request: SupportRequest, *told: tuple[Kind, Iterable[User]], by: User | None, **options: Any
) -> None:
    """Tell of a request; the first kind that fits somebody counts. `options` are as `tell` takes them."""
    options = {"link": request.get_desk_url, "reference": request.reference, **options}
    tell(request, {kind.key: users for kind, users in told}, by=by, **options)


def _tell_of_work(request: SupportRequest, *told: tuple[Kind, Iterable[User]], by: User) -> None:
    """Tell of what a colleague did, who has read by it what they were told of the request."""
    read_all(request, by=by)
    _tell(request, *told, by=by)


def in_charge(request: SupportRequest) -> list[User]:
    """Return who has a request and who stands in; where nobody has it who answers, who is on duty."""
    holder = request.assignee
    return stand_ins([holder]) if holder and holder.has(Permission.ANSWER_REQUEST) else on_duty()


def _waiting_for(request: SupportRequest) -> list[User]:
    """Return who has to do something about a request, and who watches it."""
    return [*in_charge(request), *watchers_of(request)]


def _following(request: SupportRequest) -> list[User]:
    """Return who wants to know what colleagues do with a request."""
    return [*(stand_ins([request.assignee]) if request.assignee else []), *watchers_of(request)]


def danger_of(request: SupportRequest) -> Danger:
    """Return how near it is that somebody loses their home, in words and by the day; less is nearer."""
    words = HomeLoss.values.index(request.home_loss) if request.home_loss else FAR[0]
    return FAR if request.home_outcome else (words, request.home_at_risk_by or FAR[1])


def _alarmed(request: SupportRequest, *, before: Danger, is_urgent: bool = False) -> list[User]:
    """Return who is told at once where a home has come into danger, or into a nearer one."""
    (words, day), (words_before, day_before) = danger_of(request), before
    is_nearer = words < words_before or day < day_before
    is_news = is_nearer or (is_urgent and before == FAR)
    return [*on_duty(), *in_charge(request)] if is_news else []


def told_of_new(request: SupportRequest, *, is_urgent: bool = False, by: User | None) -> None:
    """Tell whoever is on duty and who watches the topic of a request that has come.

    It may say by its details that a home is lost, or `is_urgent` by its words.
    """
    kind = HOME_AT_RISK if is_urgent or request.is_home_in_danger else NEW
    _tell(request, (kind, on_duty()), (ON_TOPIC, topic_watchers(request.topic)), by=by)


def told_of_topic(request: SupportRequest, *, by: User) -> None:
    """Tell who watches the topic that a request has got, while it is worked on."""
    if request.state in ACTIVE:
        _tell(request, (ON_TOPIC, topic_watchers(request.topic)), by=by)


def told_of_danger(request: SupportRequest, *, before: Danger, by: User | None) -> None:
    """Tell whoever is on duty and whoever has a request that somebody is to lose their home, or sooner."""
    _tell(request, (HOME_AT_RISK, _alarmed(request, before=before)), by=by)


def told_of_assignment(request: SupportRequest, *, before: User | None, by: User) -> None:
    """Tell who has a request from now on, and who had it before."""
    if before is None:
        mark_done(request, NEW.key)
    to = [request.assignee] if request.assignee else []
    gone = [before] if before else []
    _tell_of_work(request, (ASSIGNED, to), (STAND_IN, stand_ins(to)), (TAKEN_OVER, gone), by=by)


def told_of_contact(contact: Contact) -> None:
    """Tell what a colleague has said or written: to those whom a note mentions, to those who wait for it."""
    request, by = contact.request, contact.logged_by
    if contact.direction == Direction.NOTE:
        mentioned = mentioned_in(contact.text)
        _tell(request, (MENTIONED, mentioned), (STAND_IN, stand_ins(mentioned)), by=by)
    elif contact.direction == Direction.INBOUND:
        _tell(request, (REPLY, _following(request)), by=by)
    else:
        told = [(ANSWERED, _following(request))] if contact.is_answer else []
        asked_by = request.requester.user if request.is_official else None
        _tell(request, *told, by=by)
        _tell(request, (FROM_CENTRE, [asked_by] if asked_by else []), by=by, link=request.get_my_url)
        _tell_apps(contact)


def _tell_apps(contact: Contact) -> None:
    if contact.is_answer:
        for tell in _answered:
            tell(contact.request, contact.request.answered_at is not None)


def told_of_reply(
    request: SupportRequest,
    *,
    before: Danger,
    is_urgent: bool = False,
    is_begun_anew: bool = False,
    by: User | None,
) -> None:
    """Tell whoever has a request, and who watches it, of new words of the requester.

    Where they bring a home into danger, by its details or by their text, whoever is on duty hears it at once.
    """
    alarmed = _alarmed(request, before=before, is_urgent=is_urgent)
    kind = REOPENED if is_begun_anew else REPLY
    _tell(request, (HOME_AT_RISK, alarmed), (kind, _waiting_for(request)), by=by)


def told_of_withdrawal(request: SupportRequest, *, by: User | None) -> None:
    """Tell that the requester wants no answer any more."""
    _tell(request, (WITHDRAWN, _waiting_for(request)), by=by)


def told_of_deletion_asked(request: SupportRequest, *, by: User | None) -> None:
    """Tell that the requester wants their data deleted."""
    _tell(request, (DELETION_ASKED, _waiting_for(request)), by=by)


def told_of_failed_mail(request: SupportRequest) -> None:
    """Tell that something we wrote did not reach whom it was for."""
    _tell(request, (MAIL_FAILED, in_charge(request)), by=None)


def told_of_rating(request: SupportRequest, *, by: User | None) -> None:
    """Tell that the requester says how our help was."""
    _tell(request, (RATED, _following(request)), by=by)


def told_of_end(request: SupportRequest, *, by: User) -> None:
    """Tell that a colleague has ended a request."""
    _tell_of_work(request, (ENDED, _following(request)), by=by)


def told_of_rearrangement(request: SupportRequest, other: SupportRequest, *, by: User) -> None:
    """Tell on the request that goes on that a colleague has merged the two, or split or parted them."""
    _tell_of_work(request, (REARRANGED, [*_following(request), *_following(other)]), by=by)


def told_of_reading_asked(reading: SecondReading) -> None:
    """Tell a colleague that an answer waits for their reading; where nobody is named, whoever is on duty."""
    readers = [reading.reader] if reading.reader else on_duty()
    _tell_of_reading(reading, (READING_ASKED, readers), (STAND_IN, stand_ins(readers)), by=reading.asked_by)


def told_of_reading_decided(reading: SecondReading) -> None:
    """Tell the author how the second reader decided."""
    told = (READING_DECIDED, stand_ins([reading.asked_by]))
    _tell_of_reading(reading, told, by=reading.decided_by, state=reading.state)


def _tell_of_reading(
    reading: SecondReading, *told: tuple[Kind, Iterable[User]], by: User | None, **words: Any
) -> None:
    words |= {"reference": reading.request.reference, "name": reading.asked_by.name}
    tell(reading, {kind.key: users for kind, users in told}, link=reading.get_desk_url, by=by, **words)


def told_of_day(kind: Kind, request: SupportRequest, *, day: date) -> None:
    """Tell whoever has a request of a day that it reaches; the day is kept, so that it is told once."""
    _tell(request, (kind, in_charge(request)), by=None, day=day.isoformat())


def taken_back(contact: Contact) -> None:
    """Take back what was told of words that were taken back before they left."""
    about = {"about_kind": SupportRequest._meta.model_name, "about_id": contact.request_id}
    told = Notice.objects.filter(**about, kind__in=OF_ANSWER, actor=contact.logged_by)
    told = told.filter(created_at__gte=contact.logged_at)
    take_back(told)
    _tell_apps(contact)


def read_all(request: SupportRequest, *, by: User) -> None:
    """Take what somebody was told of a request as read: they have it before them, or act on it.

    That they are asked to read an answer stays until they have.
    """
    about = Q(about_kind=SupportRequest._meta.model_name, about_id=request.pk)
    about |= _about_parts(SecondReading, request) | _about_parts(ExpertQuestion, request)
    told = Notice.objects.filter(about | _about_parts(PeerQuestion, request), receiver=by)
    told.unread().exclude(kind=READING_ASKED.key).update(read_at=timezone.now())


def _about_parts(model: type[Model], request: SupportRequest) -> Q:
    parts = model._default_manager.filter(request=request).values("pk")
    return Q(about_kind=model._meta.model_name, about_id__in=parts)
