"""Whom returns, the exchange, programmes, people and offices tell."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from municipalities.exchange.actions import moderation, posts
from municipalities.models import ExchangeQuestion, Membership, ReturnPeriod
from municipalities.people.actions import hand_over
from municipalities.places.offices.actions import reports as offices
from municipalities.programmes.actions import programmes
from municipalities.returns.actions import returns
from municipalities.returns.tasks import look_after_returns, remind_once_a_day
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory
from tests.factories.figures import IndicatorFactory, ReturnFactory, ReturnPeriodFactory
from tests.factories.programmes import a_draft
from tests.house.notices import Told, forget, tells
from tests.worlds.notices import World

# Municipalities -----------------------------------------------------------------------------

KEEPERS = ("me", "duty", "holder", "deputy", "colleague", "watcher", "topical", "reader")
RETURNS = "municipalities.returns"
EXCHANGE = "municipalities.exchange.actions"
PROGRAMMES = "municipalities.programmes.actions.programmes"
OFFICES = "municipalities.places.offices.actions.reports"


def of_place(kind: str) -> Told:
    return dict.fromkeys(("asker", "official"), f"municipalities/{kind}")


def a_return(world: World, **fields: Any) -> Any:
    return ReturnFactory(municipality=world.place, **fields)


@tells(f"{RETURNS}.actions.returns.open_period", **of_place("return_opened"))
def _(world):
    today = timezone.localdate()
    asked = returns.Asked(
        year=2025, values_on=date(2025, 12, 31), due_on=today + timedelta(days=30),
        indicators=[IndicatorFactory()], municipalities=[world.place],
    )  # fmt: skip
    returns.open_period(asked, by=world.me)


@tells(f"{RETURNS}.actions.returns.add_municipality", **of_place("return_opened"))
def _(world):
    returns.add_municipality(ReturnPeriodFactory(), municipality=world.place, by=world.me)


@tells(f"{RETURNS}.actions.returns.remind", **of_place("return_reminder"))
def _(world):
    returns.remind(a_return(world), by=world.me)


@tells(f"{RETURNS}.actions.returns.remind_all", **of_place("return_reminder"))
def _(world):
    returns.remind_all(a_return(world).period, by=world.me)


@tells(f"{RETURNS}.actions.returns.send", me="municipalities/return_sent")
def _(world):
    returns.send(a_return(world, period__opened_by=world.me), version=1, by=world.asker)


@tells(f"{RETURNS}.actions.returns.accept", **of_place("return_accepted"))
def _(world):
    returns.accept(a_return(world, sent=True), version=1, by=world.me)


@tells(f"{RETURNS}.actions.returns.send_back", **of_place("return_sent_back"))
def _(world):
    returns.send_back(a_return(world, sent=True), remark="Nesedí.", version=1, by=world.me)


@tells(f"{RETURNS}.tasks.look_after_returns", **of_place("return_reminder"))
def _(world):
    ReturnPeriod.objects.filter(pk=a_return(world).period_id).update(next_step_on=timezone.localdate())
    look_after_returns.call()


@tells(f"{RETURNS}.tasks.remind_once_a_day", **of_place("return_reminder"))
def _(world):
    remind_once_a_day(a_return(world))


def a_question(world: World) -> Any:
    return ExchangeQuestionFactory(municipality=world.place, author=world.asker)


@tells(
    f"{EXCHANGE}.posts.answer",
    asker="municipalities/exchange_answered",
    official="municipalities/exchange_went_on",
)
def _(world):
    question = a_question(world)
    ExchangeAnswerFactory(question=question, municipality=world.place, author=world.official)
    posts.answer(question, text="U nás takto.", municipality=world.other_place, by=world.elsewhere)


@tells(f"{EXCHANGE}.posts.settle", asker="municipalities/exchange_settled")
def _(world):
    posts.settle(a_question(world), is_settled=True, by=world.official)


@tells(
    f"{EXCHANGE}.posts.settle",
    "it is open again",
    **dict.fromkeys(("asker", "elsewhere"), "municipalities/exchange_reopened"),
)
def _(world):
    question = a_question(world)
    ExchangeAnswerFactory(question=question, municipality=world.other_place, author=world.elsewhere)
    ExchangeQuestion.objects.filter(pk=question.pk).update(settled_at=timezone.now())
    posts.settle(question, is_settled=False, by=world.official)


REPORTED = dict.fromkeys(("me", "watcher", "topical", "reader"), "municipalities/exchange_reported")


@tells(f"{EXCHANGE}.moderation.report", **REPORTED)
def _(world):
    moderation.report(a_question(world), reason="wrong", by=world.elsewhere)


@tells(f"{EXCHANGE}.moderation.hide", asker="municipalities/exchange_hidden")
def _(world):
    moderation.hide(a_question(world), reason="Jména.", by=world.me)


@tells(f"{EXCHANGE}.moderation.restore", asker="municipalities/exchange_restored")
def _(world):
    question = a_question(world)
    moderation.hide(question, reason="Jména.", by=world.me)
    forget()
    moderation.restore(question, by=world.me)


@tells(f"{PROGRAMMES}.ask_publishing", **dict.fromkeys(KEEPERS, "municipalities/programme_asked"))
def _(world):
    draft = a_draft(world.place, world.asker)
    programmes.ask_publishing(draft, version=draft.version, by=world.asker)


@tells(f"{PROGRAMMES}.publish", asker="municipalities/programme_published")
def _(world):
    draft = a_draft(world.place, world.asker)
    programmes.ask_publishing(draft, version=draft.version, by=world.asker)
    forget()
    programmes.publish(draft, version=draft.version, by=world.me)


@tells("municipalities.people.actions.hand_over.hand_over", official="municipalities/handed_over")
def _(world):
    membership = Membership.objects.get(user=world.asker)
    hand_over.hand_over(membership, to=world.official, role="contact", on=timezone.localdate(), by=world.me)


@tells("municipalities.people.actions.hand_over.begin_by_invitation", elsewhere="municipalities/handed_over")
def _(world):
    promised = hand_over.invite_successor(
        Membership.objects.get(user=world.asker), email="novy@example.org", name="Nový",
        language="cs", role="contact",
        on=timezone.localdate(), by=world.me,
    )  # fmt: skip
    hand_over.begin_by_invitation(promised.invitation, world.elsewhere)


@tells(f"{OFFICES}.report", **dict.fromkeys(KEEPERS, "municipalities/office_reported"))
def _(world):
    offices.report(world.place, office=None)


@tells(
    f"{OFFICES}.say_more",
    "another visitor wrote before",
    **dict.fromkeys(KEEPERS, "municipalities/office_reported"),
)
def _(world):
    row = offices.report(world.place, office=None)
    offices.say_more(row, note="Telefon je jiný.")
    forget()
    offices.say_more(row, note="Mail také.")


# Of these nobody is told.
SILENT = """
municipalities.exchange.actions.moderation: dismiss
municipalities.exchange.actions.posts: ask link_summary mend take_back thank unthank
municipalities.exchange.tasks: send_digests switch_off switch_on
municipalities.figures.actions.indicators: add_indicator change_indicator set_in_use
municipalities.figures.actions.values: correct_value enter_value take_back_value
municipalities.people.actions.hand_over: invite_successor
municipalities.people.actions.memberships: add_member end_membership
municipalities.places.actions: set_help_limit
municipalities.places.offices.actions.imports: bring_in
municipalities.places.offices.actions.offices: add check close correct reopen
municipalities.places.offices.actions.reports: settle
municipalities.places.register.actions: apply
municipalities.practices.actions: assess mark_adoption start_practice undo_step
municipalities.programmes.actions.office: change_office
municipalities.programmes.actions.phases: add_phase change_phase remove_phase
municipalities.programmes.actions.programmes: create discard edit take_back_asking unpublish
municipalities.returns.actions.returns: close_period reopen_period save take_back
"""
# Parts of verbs, and reads, that stand beside them.
PARTS = """
municipalities.exchange.actions.posts: speaks_for follow
municipalities.exchange.tasks: next_morning
municipalities.figures.actions.indicators: has_values
municipalities.figures.actions.values: supersede end
municipalities.people.actions.hand_over: when_handed_over open_matters first_day
municipalities.people.actions.memberships: begin
municipalities.places.offices.actions.imports: prepare
municipalities.places.offices.actions.reports: settle_seen
municipalities.places.register.actions: prepare
municipalities.practices.actions: last_day adoption_of states_after
municipalities.programmes.actions.programmes: told_in write find_anew
municipalities.returns.actions.returns: faults_of
municipalities.returns.tasks: next_step_on
"""
