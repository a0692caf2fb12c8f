"""Tasks that come back by themselves."""

import re
import threading
from datetime import date, datetime, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.actions import send_reset_link
from consultations.desk.tasks import keep_weeks
from consultations.experts.tasks import look_after_experts
from consultations.peers.tasks import look_after_peers
from consultations.requests.tasks import count_answered, tell_of_days
from consultations.support.tasks import tell_of_steps
from core import schedule
from core.documents.tasks import publish_due, remind_of_reviews
from core.files.stray import sweep_files
from core.notices import tasks as notices
from core.notices.tasks import forget_old
from core.outbox.mail import OutgoingMail, queue
from core.outbox.tasks import deliver_due
from core.schedule import SOON, Recurring, comes_back, morning_of, next_day
from municipalities.exchange import tasks as exchange
from municipalities.exchange.tasks import send_digests
from municipalities.returns.tasks import look_after_returns
from studies.plan import tasks as plans
from studies.reviews import tasks as studies_reviews
from studies.texts import tasks as texts
from tests.factories.experts import ExpertQuestionFactory
from tests.factories.figures import ReturnFactory, ReturnPeriodFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.peers import PeerQuestionFactory
from visits.attendance import tasks as attendance
from visits.deliveries import tasks as deliveries
from visits.lessons import tasks as lessons
from visits.reports import tasks as reports

pytestmark = pytest.mark.django_db(transaction=True)

NOON = timezone.make_aware(datetime(2026, 11, 25, 12))
# Where these tasks stood in the version before.
OLD_PATHS = [
    "consultations.actions.expert_reminders.look_after_experts",
    "consultations.actions.peer_reminders.look_after_peers",
    "core.mail_sending.deliver_due",
    "municipalities.actions.exchange_digest.send_digests",
    "municipalities.actions.return_reminders.look_after_returns",
]


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def runs(task: Recurring) -> list[datetime]:
    """Return when the waiting runs of the task come."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path, status="READY").order_by("run_after")
    return list(rows.values_list("run_after", flat=True))


def work() -> None:
    """Do what a worker does with all that is due, and stop."""
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )
    worker.run()


MAKES_ONE = re.compile(r"^@(comes_back|steps)\(", re.MULTILINE)

# Planning -------------------------------------------------------------------------


@pytest.fixture
def at() -> list[datetime | None]:
    """When the task below is next due; a test changes it."""
    return _next


_next: list[datetime | None] = [None]


@comes_back(lambda: _next[0])
def often() -> None:
    """Fail: what is planned must not depend on how a run ends."""
    raise ConnectionError


def test_one_run_takes_what_is_due_by_then(at):
    for hours in (2, 3, 2):
        at[0] = NOON + timedelta(hours=hours)
        often.plan()
    assert runs(often) == [NOON + timedelta(hours=2)]
    at[0] = NOON + timedelta(hours=1)
    often.plan()
    assert runs(often) == [NOON + timedelta(hours=1), NOON + timedelta(hours=2)]


def test_nothing_waits_while_nothing_is_to_be_done(at):
    at[0] = None
    often.plan()
    assert runs(often) == []


def test_a_run_that_failed_is_not_the_last_one(at):
    at[0] = NOON + timedelta(days=1)
    with pytest.raises(ConnectionError):
        often.call()
    assert runs(often) == [NOON + timedelta(days=1)]


def test_a_day_is_its_morning():
    assert morning_of(date(2026, 11, 27)) == timezone.make_aware(datetime(2026, 11, 27, 8))
    assert morning_of(None) is None


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 11, 20)])
def test_a_morning_that_has_passed_is_soon(day: date):
    assert morning_of(day) == NOON + SOON


@pytest.mark.parametrize(
    ("after", "end", "expected"),
    [
        (1, None, 5),
        (5, None, 9),
        (9, None, None),
        (1, 20, 5),
        (5, 9, 9),
        (9, 20, 20),
        (1, 3, 3),
    ],
)
def test_the_next_of_some_days(after, end, expected):
    def day(number: int | None) -> date | None:
        return number and date(2026, 11, number)

    assert next_day([day(9), day(5)], after=day(after), end=day(end)) == day(expected)


# The table ------------------------------------------------------------------------


def test_the_table_holds_every_task_that_comes_back():
    assert set(schedule.table()) == {
        count_answered,
        deliver_due,
        forget_old,
        look_after_experts,
        look_after_peers,
        look_after_returns,
        notices.send_digests,
        publish_due,
        remind_of_reviews,
        send_digests,
        sweep_files,
        keep_weeks,
        tell_of_days,
        tell_of_steps,
        attendance.close_sign_ups,
        attendance.look_after_invitations,
        deliveries.look_after_deliveries,
        deliveries.queue_late_reports,
        deliveries.queue_reports,
        lessons.ask_what_came,
        reports.make_missing,
        plans.look_after_contracts,
        studies_reviews.look_after_reviewers,
        studies_reviews.remind_authors,
        texts.make_missing,
    }
    made = set()
    for path in Path(settings.BASE_DIR).glob("[!t]*/*/*.py"):
        if not MAKES_ONE.search(path.read_text()):
            continue
        module = import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
        made |= {thing for thing in vars(module).values() if isinstance(thing, Recurring)}
    assert made == set(schedule.table())


def what_waits() -> None:
    """Make one thing of each kind that somebody is to be told of on some day."""
    member = MembershipFactory()
    ExpertQuestionFactory(sent=True, due_on=date(2026, 12, 17), next_step_on=date(2026, 12, 14))
    PeerQuestionFactory(
        municipality=member.municipality, due_on=date(2026, 12, 10), next_step_on=date(2026, 12, 7)
    )
    period = ReturnPeriodFactory(due_on=date(2026, 12, 4), next_step_on=date(2026, 11, 27))
    ReturnFactory(period=period, municipality=member.municipality)
    exchange.switch_on(by=member.user)
    queue("accounts/password_changed", to="a@example.org", context={"link": "x"}, language="cs")


WAITING = {
    deliver_due: [NOON + timedelta(seconds=5)],
    look_after_experts: [timezone.make_aware(datetime(2026, 12, 14, 8))],
    look_after_peers: [timezone.make_aware(datetime(2026, 12, 7, 8))],
    look_after_returns: [timezone.make_aware(datetime(2026, 11, 27, 8))],
    send_digests: [timezone.make_aware(datetime(2026, 11, 26, 7))],
    sweep_files: [timezone.make_aware(datetime(2026, 11, 26, 8))],
}


def test_before_a_worker_starts_all_that_comes_back_is_planned_once():
    what_waits()
    DBTaskResult.objects.all().delete()
    for _start in range(2):
        said = StringIO()
        call_command("plan_tasks", stdout=said)
    assert {task: runs(task) for task in WAITING} == WAITING
    assert "consultations.peers.tasks.look_after_peers: 2026-12-07 08:00\n" in said.getvalue()


def test_nothing_is_planned_in_an_empty_portal():
    said = StringIO()
    call_command("plan_tasks", stdout=said)
    # Every day somebody may have to be told, answers and weeks are counted, old notices go, and files
    # without a row are looked for.
    daily = [count_answered, keep_weeks, tell_of_days, tell_of_steps, forget_old, sweep_files]
    daily.append(remind_of_reviews)
    paths = DBTaskResult.objects.values_list("task_path", flat=True)
    assert sorted(paths) == sorted(task.module_path for task in daily)
    assert "core.outbox.tasks.deliver_due: nothing to do\n" in said.getvalue()


def test_a_database_of_the_version_before_goes_on():
    what_waits()
    DBTaskResult.objects.all().delete()
    for path in OLD_PATHS:
        DBTaskResult.objects.create(
            task_path=path,
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            run_after=NOON + timedelta(minutes=1),
        )

    call_command("plan_tasks", stdout=StringIO())

    old = DBTaskResult.objects.filter(task_path__in=OLD_PATHS)
    assert set(old.values_list("status", flat=True)) == {"FAILED"}
    assert {task: runs(task) for task in WAITING} == WAITING
    with time_machine.travel(datetime(2026, 12, 17, 12)):
        work()
    failed = DBTaskResult.objects.exclude(task_path__in=OLD_PATHS).exclude(status="SUCCESSFUL")
    assert set(failed.values_list("status", flat=True)) == {"READY"}
    assert sorted(OutgoingMail.objects.values_list("kind", "state")) == [
        ("accounts/password_changed", "sent"),
        ("consultations/expert_reminder", "sent"),
        ("consultations/peer_reminder", "sent"),
        ("municipalities/return_reminder", "sent"),
    ]


def test_a_task_of_another_app_that_waits_is_left_alone():
    send_reset_link.enqueue(0)
    call_command("plan_tasks", stdout=StringIO())
    assert DBTaskResult.objects.get(task_path=send_reset_link.module_path).status == "READY"


# Steps ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("task", "kind"),
    [
        (look_after_experts, "consultations/expert_reminder"),
        (look_after_peers, "consultations/peer_reminder"),
        (look_after_returns, "municipalities/return_reminder"),
    ],
)
def test_two_workers_at_once_take_a_step_once(task, kind):
    what_waits()
    OutgoingMail.objects.all().delete()
    start, errors = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            task.call()
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    with time_machine.travel(timezone.make_aware(datetime(2026, 12, 14, 9))):
        workers = [threading.Thread(target=run) for _worker in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert errors == []
    assert [mail.kind for mail in OutgoingMail.objects.all()] == [kind]
