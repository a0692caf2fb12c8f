"""Who is told of the exchange: whoever asked, whoever answered before, moderators. No text of a post."""

import pytest

from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from municipalities.choices import ReportReason
from municipalities.exchange import emails
from municipalities.exchange.actions import moderation, posts
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db


def told():
    return set(Notice.objects.values_list("kind", "receiver"))


@pytest.fixture
def asker():
    return MembershipFactory()


@pytest.fixture
def question(asker):
    return ExchangeQuestionFactory(author=asker.user, municipality=asker.municipality, title="Tajné")


def test_whoever_asked_and_whoever_answered_before_once_and_not_oneself(question, asker):
    before, answering = MembershipFactory(), MembershipFactory()
    for member in (before, answering, asker):
        ExchangeAnswerFactory(question=question, author=member.user, municipality=member.municipality)

    posts.answer(question, text="Ano.", municipality=answering.municipality, by=answering.user)

    assert told() == {(emails.ANSWERED, asker.user.pk), (emails.WENT_ON, before.user.pk)}
    assert "Tajné" not in str(list(Notice.objects.values("words")))
    assert not OutgoingMail.objects.exists()


def test_moderators_at_once_until_one_has_decided(question):
    reader, moderator = MembershipFactory().user, UserFactory(editor=True)
    report = moderation.report(question, reason=ReportReason.PERSONAL, words="Je to pan Novák.", by=reader)

    assert told() == {(emails.REPORTED, moderator.pk)}
    assert "Novák" not in OutgoingMail.objects.get().text
    moderation.dismiss(report, by=moderator)
    assert not Notice.objects.unread().exists()


def test_hiding_settles_what_was_reported(question):
    reader, moderator = MembershipFactory().user, UserFactory(editor=True)
    moderation.report(question, reason=ReportReason.PERSONAL, by=reader)
    moderation.hide(question, reason="Osobní údaje.", by=moderator)
    assert [row.kind for row in Notice.objects.unread()] == [emails.HIDDEN]
