"""What colleagues are told holds nothing of a case, is told once, and is read with the request.

Who is told of what for every verb stands in tests/house/test_notices.py.
"""

import smtplib
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from consultations.choices import HomeLoss, HomeOutcome
from consultations.models import SupportRequest, TopicWatch, Watch
from consultations.requests import notices
from consultations.requests.actions import desk, readings, undo
from consultations.requests.notices import FAR, danger_of, read_all, told_of_new
from core.notices.kinds import How, kinds_for
from core.notices.models import Notice, NoticeChoice
from core.outbox.mail import OutgoingMail
from core.outbox.mail import State as MailState
from core.outbox.models import Stopped
from tests.factories.accounts import AbsenceFactory, DutyFactory, UserFactory
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory, SecondReadingFactory
from tests.factories.municipalities import MembershipFactory
from tests.outbox import Server, deliver
from tests.verbs import refusal

pytestmark = pytest.mark.django_db

ROLES = ["consultant", "editor", "coordinator", "administrator", "official"]


def told(kind: str = "") -> list[str]:
    """Return who was told, of one kind where it is named."""
    rows = Notice.objects.select_related("receiver").order_by("pk")
    return [row.receiver.name for row in (rows.filter(kind=kind) if kind else rows)]


@pytest.fixture
def case() -> SupportRequest:
    requester = PersonFactory(name="Zuzana Tajná", email="zuzana@example.org")
    return SupportRequestFactory(open=True, assignee__name="Jana", requester=requester, subject="Dluh")


@pytest.mark.parametrize("kind", notices.KINDS, ids=lambda kind: kind.key)
@pytest.mark.parametrize("language", ["cs", "en"])
def test_no_sentence_holds_anything_of_the_case(case, kind, language):
    for role in ROLES:
        notices.tell(
            case, {kind.key: [UserFactory(role=role, language=language)]}, link=case.get_desk_url,
            by=UserFactory(name="Petr Kolega"), reference=case.reference, name="Petr", state="approved",
        )  # fmt: skip
    for notice in Notice.objects.all():
        assert case.reference in notice.sentence
        assert not any(words in notice.sentence for words in ("Tajn", "zuzana", "Dluh"))
    for mail in OutgoingMail.objects.all():
        assert not any(words in mail.subject + mail.text for words in ("Tajn", "zuzana", "Dluh"))


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_offered_only_kinds_that_it_can_be_told_of(role):
    user = UserFactory(role=role)
    offered = {kind.key for kind in kinds_for(user)} & {kind.key for kind in notices.KINDS}
    is_official = role == "official"
    assert ("requests/from_centre" in offered) == is_official
    assert ("requests/mentioned" in offered) != is_official
    assert ("requests/assigned" in offered) == (role in ("consultant", "coordinator"))


def test_what_an_official_asked_only_for_themselves_is_told_to_them_alone():
    mine = MembershipFactory(user__name="Jan")
    other = MembershipFactory(municipality=mine.municipality, user__name="Petra")
    case = SupportRequestFactory(
        official=True, open=True, is_personal=True, created_by=mine.user, municipality=mine.municipality,
        requester=PersonFactory(user=mine.user),
    )  # fmt: skip
    users = [mine.user, other.user, UserFactory(official=True)]
    notices.tell(case, {notices.FROM_CENTRE.key: users}, link=case.get_my_url, reference=case.reference)
    assert told() == ["Jan"]


def test_a_consultant_who_became_an_official_is_told_nothing_of_requests(case):
    DutyFactory(user__name="Olga")
    case.assignee.role = "official"
    case.assignee.save()
    Watch.objects.create(request=case, user=case.assignee)
    notices.told_of_reply(SupportRequest.objects.get(), before=FAR, by=None)
    assert told() == ["Olga"]


def test_whoever_is_on_duty_and_watches_the_topic_is_told_once(case):
    user = DutyFactory(user__name="Olga").user
    TopicWatch.objects.create(topic=case.topic, user=user)
    told_of_new(case, by=None)
    assert [(row.kind, row.receiver) for row in Notice.objects.all()] == [("requests/new", user)]


def test_whoever_logs_a_request_is_not_told_of_it(case):
    user = DutyFactory().user
    told_of_new(case, by=user)
    assert told() == []


def test_where_nobody_is_on_duty_everybody_who_answers_is_told(case):
    UserFactory(name="Eva", editor=True)
    told_of_new(case, by=None)
    assert told() == ["Jana"]


def test_a_new_request_costs_few_queries(case, django_assert_max_num_queries):
    for _number in range(3):
        DutyFactory()
    with django_assert_max_num_queries(30):
        told_of_new(case, by=None)


@pytest.mark.parametrize(
    ("before", "now", "is_told"),
    [
        ({}, {"home_loss": HomeLoss.LATER}, True),
        ({"home_loss": HomeLoss.LATER}, {"home_loss": HomeLoss.LOST}, True),
        ({"home_loss": HomeLoss.LOST}, {"home_loss": HomeLoss.LATER}, False),
        ({}, {"home_at_risk_by": date(2026, 12, 4)}, True),
        ({"home_at_risk_by": date(2026, 12, 4)}, {"home_at_risk_by": date(2026, 12, 3)}, True),
        ({"home_at_risk_by": date(2026, 12, 4)}, {"home_at_risk_by": date(2026, 12, 9)}, False),
        ({"home_loss": HomeLoss.DAYS}, {"home_loss": HomeLoss.DAYS}, False),
        ({"home_loss": HomeLoss.DAYS}, {"home_loss": ""}, False),
    ],
)
def test_a_danger_is_told_when_it_becomes_known_or_comes_nearer(case, before, now, is_told):
    was = danger_of(SupportRequest(**before))
    for name, value in now.items():
        setattr(case, name, value)
    notices.told_of_danger(case, before=was, by=None)
    assert told() == (["Jana"] if is_told else [])


def test_a_home_of_which_we_know_what_became_of_it_is_in_no_danger():
    assert danger_of(SupportRequest(home_loss=HomeLoss.LOST, home_outcome=HomeOutcome.KEPT)) == FAR


def test_a_danger_goes_out_at_once_also_in_quiet_hours(case):
    case.home_loss = HomeLoss.DAYS
    notices.told_of_danger(case, before=FAR, by=None)
    assert OutgoingMail.objects.get().next_try_at <= timezone.now()


def test_a_taken_back_answer_takes_back_what_was_told_of_it(case):
    me = UserFactory()
    contact = desk.answer(case, text="Ano.", by=me)
    assert told("requests/answered") == ["Jana"]
    undo.undo_answer(contact, by=me)
    assert told() == []


def test_mail_of_a_taken_back_answer_that_quiet_hours_hold_never_goes(case):
    jana, me = case.assignee, UserFactory()
    NoticeChoice.objects.create(user=jana, kind="requests/answered", how=How.AT_ONCE)
    contact = desk.answer(case, text="Ano.", by=me)
    letter = OutgoingMail.objects.get(to=jana.email)
    undo.undo_answer(contact, by=me)
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (MailState.STOPPED, Stopped.TAKEN_BACK)


def test_what_was_told_of_an_earlier_answer_stays(case):
    me = UserFactory()
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        desk.answer(case, text="Ano.", by=me)
    contact = desk.add_to_answer(case, text="A ještě.", by=me)
    undo.undo_answer(contact, by=me)
    assert told("requests/answered") == ["Jana"]


class TestReading:
    def test_whoever_has_the_request_before_them_has_read_of_it_and_of_its_parts(self, case):
        jana = case.assignee
        notices.told_of_reply(case, before=FAR, by=None)
        reading = SecondReadingFactory(request=case, asked_by=jana)
        readings.approve(reading, version=1, by=UserFactory())
        notices.told_of_reply(SupportRequestFactory(open=True, assignee=jana), before=FAR, by=None)
        notices.tell(
            ExpertQuestionFactory(request=case), {"consultations/expert_settled": [jana]},
            link=case.get_desk_url, reference=case.reference, state="answered",
        )  # fmt: skip
        with time_machine.travel(timezone.now() + timedelta(minutes=1)):
            read_all(case, by=jana)
        left = Notice.objects.unread().get()
        assert (left.kind, left.about_id == case.pk) == ("requests/reply", False)

    def test_others_have_not(self, case):
        notices.told_of_reply(case, before=FAR, by=None)
        read_all(case, by=UserFactory())
        assert Notice.objects.unread().count() == 1

    def test_an_answer_that_waits_for_its_reader_stays_to_be_done(self, case):
        reader = UserFactory()
        reading = readings.ask_reading(case, text="Výklad.", by=case.assignee, reader=reader)
        read_all(case, by=reader)
        assert Notice.objects.unread().get().kind == "consultations/reading_asked"
        readings.approve(reading, version=1, by=reader)
        assert not Notice.objects.of(reader).unread().exists()


class TestFailedMail:
    @pytest.fixture(autouse=True)
    def refusing(self, settings):
        settings.EMAIL_BACKEND = "tests.outbox.Server"
        Server.errors = [smtplib.SMTPRecipientsRefused({"zuzana@example.org": (550, b"5.1.1 unknown")})]
        yield
        Server.errors = []

    def test_whoever_has_the_request_and_who_stands_in_is_told(self, case):
        AbsenceFactory(user=case.assignee, deputy=UserFactory(name="Eva"))
        desk.answer(case, text="Ano.", by=case.assignee)
        with time_machine.travel(timezone.now() + timedelta(minutes=1)):
            deliver()
        assert OutgoingMail.objects.filter(to="zuzana@example.org").get().state == MailState.FAILED
        assert sorted(told("requests/mail_failed")) == ["Eva", "Jana"]

    def test_of_mail_to_colleagues_nobody_is_told(self, case):
        desk.assign(case, to=UserFactory(), by=UserFactory(coordinator=True))
        deliver()
        assert not Notice.objects.filter(kind="requests/mail_failed").exists()


def test_a_mail_to_who_may_see_the_request_no_more_does_not_go_out(case):
    reader = UserFactory()
    desk.assign(case, to=reader, by=UserFactory(coordinator=True))
    reader.role = "official"
    reader.save()
    deliver()
    assert OutgoingMail.objects.get(to=reader.email).state == MailState.STOPPED


def test_refused_verbs_tell_nobody(case):
    assert refusal(desk.take, case, by=case.assignee)
    assert told() == []


def test_a_message_of_somebody_else_on_the_request_is_no_mention(case):
    ContactFactory(request=case, text="@Jana")
    assert told() == []
