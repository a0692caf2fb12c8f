"""Order in the exchange: reports, hiding, showing again."""

import pytest
from django.urls import reverse

from core.audit import AuditEntry
from core.outbox.models import OutgoingMail
from core.states import Conflict, Refused
from municipalities.choices import ReportReason
from municipalities.exchange.actions import moderation as actions
from municipalities.models import ExchangeQuestion, ExchangeReport
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory, ExchangeReportFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db

SECRET = "Paní Nováková z domu vedle"
WHY = "Prozrazuje, o koho jde."


@pytest.fixture
def moderator():
    return UserFactory(editor=True)


@pytest.fixture
def answer():
    return ExchangeAnswerFactory(text=SECRET, question__title="Co s dluhem?")


def test_one_open_report_a_person_and_post(answer):
    reader = MembershipFactory().user
    for _time in range(2):
        actions.report(answer, reason=ReportReason.PERSONAL, by=reader)
    actions.report(answer.question, reason=ReportReason.WRONG, by=reader)
    assert ExchangeReport.objects.count() == 2
    assert ExchangeReport.objects.about(answer).count() == 1


def test_who_has_reported_is_told_so_until_it_is_decided(answer, moderator, log_in):
    client, reader = log_in("official")
    MembershipFactory(user=reader)
    report = actions.report(answer, reason=ReportReason.PERSONAL, by=reader)
    address = f"/cs/exchange/{answer.question_id}/report/?answer={answer.pk}"
    page = client.get(address).content.decode()
    assert "Už jste to nahlásili." in page
    assert 'name="reason"' not in page
    actions.dismiss(report, by=moderator)
    assert 'name="reason"' in client.get(address).content.decode()


def test_strangers_do_not_report(answer):
    with pytest.raises(Refused):
        actions.report(answer, reason=ReportReason.WRONG, by=UserFactory(official=True))


def test_hiding_settles_the_reports_and_tells_the_author_no_word_of_it(answer, moderator):
    report = ExchangeReportFactory(question=answer.question, answer=answer)
    actions.hide(answer, reason=WHY, by=moderator)
    report.refresh_from_db()
    assert report.settled_by == moderator
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == (answer.author.email, "municipalities/exchange_moderated")
    assert answer.question.get_absolute_url() in mail.text
    for words in (SECRET, WHY, answer.question.title):
        assert words not in mail.text + mail.subject
    assert AuditEntry.objects.get(verb="exchange.hide").details == {}


def test_of_two_moderators_one_hides(answer, moderator):
    actions.hide(answer, reason=WHY, by=moderator)
    with pytest.raises(Conflict):
        actions.hide(answer, reason="Něco jiného", by=UserFactory(coordinator=True))


def test_only_moderators_and_only_with_a_reason(answer, moderator):
    for by, reason in ((UserFactory(), WHY), (answer.author, WHY), (moderator, " ")):
        with pytest.raises(Refused):
            actions.hide(answer, reason=reason, by=by)
    with pytest.raises(Refused):
        actions.restore(answer, by=UserFactory())


def test_an_author_who_left_gets_no_mail(moderator):
    answer = ExchangeAnswerFactory(author=UserFactory(official=True))
    actions.hide(answer, reason=WHY, by=moderator)
    assert not OutgoingMail.objects.exists()


def test_a_hidden_answer_moves_the_question_back_and_showing_it_again_forth(answer, moderator):
    actions.hide(answer, reason=WHY, by=moderator)
    question = ExchangeQuestion.objects.for_list().get()
    assert (question.active_at, question.answer_count) == (question.written_at, 0)
    assert list(ExchangeQuestion.objects.unanswered()) == [question]
    answer.refresh_from_db()
    actions.restore(answer, by=moderator)
    assert ExchangeQuestion.objects.get().active_at == answer.written_at
    assert OutgoingMail.objects.latest("pk").subject == "Váš text v poradně obcí je znovu vidět"


class TestPages:
    def test_others_see_the_reason_in_place_of_an_answer(self, answer, moderator, log_in):
        actions.hide(answer, reason=WHY, by=moderator)
        address = reverse("exchange-question", args=[answer.question_id])
        for user in (MembershipFactory().user, UserFactory()):
            page = log_in("", user=user)[0].get(address).content.decode()
            assert WHY in page
            assert SECRET not in page
        for user in (answer.author, moderator):
            assert SECRET in log_in("", user=user)[0].get(address).content.decode()

    def test_a_hidden_question_is_in_no_list_and_its_address_says_why(self, moderator, log_in):
        question = ExchangeQuestionFactory(title=SECRET, text="Celý příběh")
        actions.hide(question, reason=WHY, by=moderator)
        client, _user = log_in("", user=MembershipFactory().user)
        page = client.get(question.get_absolute_url())
        assert page.status_code == 410
        assert WHY in page.content.decode()
        for words in (SECRET, "Celý příběh"):
            assert words not in page.content.decode()
            assert words not in client.get(reverse("exchange")).content.decode()
        assert client.get(reverse("exchange-report", args=[question.pk])).status_code == 404
        own = log_in("", user=question.author)[0]
        assert "Celý příběh" in own.get(question.get_absolute_url()).content.decode()

    def test_the_way_of_a_report(self, answer, moderator, log_in):
        reader, _user = log_in("", user=MembershipFactory().user)
        address = reverse("exchange-report", args=[answer.question_id]) + f"?answer={answer.pk}"
        assert reader.post(address, {"words": "x"}).context["form"].errors["reason"]
        assert reader.post(address, {"reason": "personal", "words": "Jméno"}).status_code == 302
        desk, _user = log_in("", user=moderator)
        page = desk.get(reverse("desk-exchange-reports")).content.decode()
        assert SECRET in page
        assert "Jméno" in page
        hiding = reverse("desk-exchange-hide", args=[answer.question_id]) + f"?answer={answer.pk}"
        assert "Jméno" in desk.get(hiding).content.decode()
        assert desk.post(hiding, {"reason": ""}).context["form"].errors["reason"]
        assert desk.post(hiding, {"reason": WHY}).status_code == 302
        assert desk.post(hiding, {"reason": WHY}).status_code == 409
        assert SECRET not in desk.get(reverse("desk-exchange-reports")).content.decode()
        assert SECRET in desk.get(reverse("desk-exchange-reports") + "?state=settled").content.decode()
        restoring = reverse("desk-exchange-restore", args=[answer.question_id]) + f"?answer={answer.pk}"
        assert desk.post(restoring).status_code == 302
        answer.refresh_from_db()
        assert answer.hidden_at is None

    def test_a_report_is_let_be_once(self, answer, moderator, log_in):
        report = ExchangeReportFactory(question=answer.question, answer=answer)
        desk, _user = log_in("", user=moderator)
        for _time in range(2):
            assert desk.post(reverse("desk-exchange-dismiss", args=[report.pk])).status_code == 302
        assert AuditEntry.objects.filter(verb="exchange.dismiss").count() == 1
