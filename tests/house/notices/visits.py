"""Whom study visits tell: invitations, places, lessons, and what is asked about a report."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.deliveries import DeliveryFactory
from tests.factories.lessons import ProposalFactory, WordingFactory
from tests.factories.reports import ReportEditionFactory
from tests.house.notices import Told, forget, tells
from tests.worlds.notices import World
from visits.attendance import tasks
from visits.attendance.actions import answers, changes, invitations, people, places
from visits.choices import VisitState, WhyNot
from visits.deliveries.actions import questions
from visits.lessons.actions import proposals
from visits.lessons.tasks import ask_what_came
from visits.models import Attendee, Proposal, VisitInvitation
from visits.plans.actions import states

ATTENDANCE = "visits.attendance"
PLACES = f"{ATTENDANCE}.actions.places"
# Who looks after visits at the desk, but "me", who does it.
DESK = ("me", "watcher", "topical", "reader", "duty", "holder", "deputy", "colleague")
THEIRS = "visits/places"
PERSON = people.Person(name="Jana", email="jana@obec.example")


def of_place(kind: str) -> Told:
    return dict.fromkeys(("asker", "official"), f"visits/{kind}")


def of_desk(kind: str) -> Told:
    return dict.fromkeys(DESK, f"visits/{kind}")


def invited(world: World, **fields: Any) -> VisitInvitation:
    return VisitInvitationFactory(municipality=world.place, invited_by=world.me, **fields)


def named(world: World, **fields: Any) -> Attendee:
    return AttendeeFactory(invitation=invited(world), named_by=world.asker, **fields)


# Invitations -------------------------------------------------------------------------


@tells(f"{ATTENDANCE}.actions.invitations.invite", **of_place("invited"))
def _(world):
    invitations.invite(OpenVisitFactory(), municipalities=[world.place], by=world.me)


@tells(f"{ATTENDANCE}.actions.invitations.remind", **of_place("invitation_reminder"))
def _(world):
    invitations.remind(invited(world), by=world.me)


@tells(f"{ATTENDANCE}.tasks.remind_once_a_day", **of_place("invitation_reminder"))
def _(world):
    tasks.remind_once_a_day(invited(world))


@tells(f"{ATTENDANCE}.tasks.look_after_invitations", **of_place("invitation_reminder"))
def _(world):
    OpenVisitFactory._meta.model.objects.filter(pk=invited(world).visit_id).update(
        next_step_on=timezone.localdate()
    )
    tasks.look_after_invitations.func()


@tells(f"{ATTENDANCE}.actions.answers.decline", **of_desk("answered"))
def _(world):
    answers.decline(invited(world), why_not=WhyNot.TIME, text="", version=1, by=world.asker)


@tells(
    f"{ATTENDANCE}.actions.answers.decline", "they had named people", **of_desk("answered"), official=THEIRS
)
def _(world):
    row = named(world, confirmed=True).invitation
    answers.decline(row, why_not=WhyNot.TIME, text="", version=1, by=world.asker)


@tells(f"{ATTENDANCE}.actions.answers.reconsider", **of_desk("answered"))
def _(world):
    answers.reconsider(invited(world, declined=True), version=1, by=world.asker)


@tells(
    f"{ATTENDANCE}.actions.people.name_person",
    "the first one",
    **of_desk("answered"),
    official=THEIRS,
)
def _(world):
    people.name_person(invited(world), person=PERSON, by=world.asker)


@tells(f"{ATTENDANCE}.actions.people.change_person", "to another address", official=THEIRS)
def _(world):
    people.change_person(named(world), person=PERSON, version=1, by=world.asker)


@tells(f"{ATTENDANCE}.actions.people.move_up")
def _(world):
    row = named(world)
    people.move_up(AttendeeFactory(invitation=row.invitation), by=world.asker)


@tells(f"{ATTENDANCE}.actions.people.add_of_ministry")
def _(world):
    people.add_of_ministry(OpenVisitFactory(), person=PERSON, by=world.me)


# Places ------------------------------------------------------------------------------


@tells(f"{PLACES}.confirm", **of_place("places"))
def _(world):
    places.confirm(named(world), version=1, by=world.me)


@tells(f"{PLACES}.confirm_all", **of_place("places"))
def _(world):
    places.confirm_all(named(world).visit, by=world.me)


@tells(f"{PLACES}.put_on_list", **of_place("places"))
def _(world):
    places.put_on_list(named(world), reason="Je plno.", version=1, by=world.me)


@tells(f"{PLACES}.refuse", **of_place("places"))
def _(world):
    places.refuse(named(world), reason="Je plno.", version=1, by=world.me)


@tells(f"{PLACES}.give_up", **of_desk("given_up"), official=THEIRS)
def _(world):
    places.give_up(named(world, confirmed=True), by=world.asker)


@tells(
    f"{PLACES}.give_up",
    "by their own link",
    **of_desk("given_up"),
    **of_place("places"),
)
def _(world):
    places.give_up(named(world, confirmed=True), by=None)


# The visit itself ---------------------------------------------------------------------


@tells("visits.plans.actions.states.cancel", **of_place("called_off"))
def _(world):
    states.cancel(invited(world).visit, reason_cs="Hostitel nemůže.", version=1, by=world.me)


@tells("visits.plans.actions.states.go", "it was called off", **of_place("planned_again"))
def _(world):
    visit = invited(world).visit
    states.cancel(visit, reason_cs="Hostitel nemůže.", version=1, by=world.me)
    forget()
    states.go(visit, to=VisitState.PLANNED, version=visit.version, by=world.me)


@tells(f"{ATTENDANCE}.actions.changes.follow_move", **of_place("called_off"))
def _(world):
    visit = invited(world).visit
    visit.state = VisitState.CANCELLED
    changes.follow_move(visit, world.me)


# Lessons, and questions about a report ------------------------------------------------


@tells("visits.lessons.actions.proposals.propose", **of_place("lessons"))
def _(world):
    edition, day = ReportEditionFactory(published=True), timezone.localdate() + timedelta(days=30)
    lessons = [WordingFactory(edition=edition).lesson for _n in range(2)]
    proposals.propose(edition, lessons=lessons, municipalities=[world.place], answer_by=day, by=world.me)


@tells("visits.lessons.tasks.ask_what_came", **of_place("outcomes"))
def _(world):
    row = ProposalFactory(municipality=world.place)
    Proposal.objects.filter(pk=row.pk).update(next_step_on=timezone.localdate())
    ask_what_came.func()


@tells("visits.deliveries.actions.questions.ask", duty="requests/new")
def _(world):
    said = {"text": "Kolik to stálo?", "name": "Jana", "email": "j@example.org", "language": "cs"}
    questions.ask(DeliveryFactory(municipality=world.place), **said, by=None)


# Of these nobody is told by a notice; whoever was named is written to by mail.
SILENT = """
visits.attendance.actions.answers: give_places silence wait_again
visits.attendance.actions.changes: follow_change follow_sign_up
visits.attendance.actions.invitations: take_all_back take_back
visits.attendance.actions.presence: tick
visits.attendance.actions.questions: ask change note withdraw
visits.attendance.tasks: close_sign_ups
visits.deliveries.actions.arrivals: note_dead note_failed note_sent
visits.deliveries.actions.desk: each mend_address send_again to_phone told_by_phone
visits.deliveries.actions.dispatches: queue_batch queue_late
visits.deliveries.actions.publishing: deliver
visits.deliveries.actions.questions: answered
visits.deliveries.actions.reading: acknowledge open_report
visits.deliveries.actions.subscriptions: confirm end follow subscribe
visits.deliveries.tasks: look_after_deliveries queue_late_reports queue_reports
visits.lessons.actions.outcomes: tell_what_came
visits.lessons.actions.proposals: answer link_practice take_back
visits.plans.actions.plans: change copy plan put_back
visits.plans.actions.programme: add change remove shift
visits.plans.actions.states: end_sign_up
visits.reports.actions: begin drop_lesson new_lesson take_questions tell_published
visits.reports.tasks: make make_again make_missing make_soon
"""
# Parts of verbs, and reads, that stand beside them.
PARTS = """
visits.attendance.actions.changes: labels_of
visits.attendance.actions.invitations: plan_reminders
visits.attendance.actions.people: faults_of lock_invitation may_go_before over_quota
visits.attendance.actions.places: drop_all fill known_as leave_joined lock swap why_not_confirm
visits.attendance.actions.questions: both
visits.attendance.tasks: close_when_over next_step_on
visits.deliveries.actions.dispatches: next_step_on
visits.deliveries.actions.questions: asked_from when_asked
visits.deliveries.actions.subscriptions: followed_by standing
visits.deliveries.tasks: next_at next_look reminded
visits.lessons.actions.proposals: mark_ledger source_of
visits.lessons.tasks: ask
visits.plans.actions.plans: faults_of find_anew follow_change lacks_of touch when_changed
visits.plans.actions.programme: faults_of
visits.plans.actions.states: steps_of when_moved
visits.reports.actions: when_published
visits.reports.tasks: next_missing
"""
