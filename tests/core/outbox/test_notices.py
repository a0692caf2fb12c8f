"""Who is told of what: the row, the mail that goes with it, and what was dealt with."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations.peers import actions, emails
from core.outbox.mail import OutgoingMail
from core.outbox.notices import Notice, mark_read, notify
from municipalities.exchange import tasks as exchange
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.exchange import ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.peers import PeerQuestionFactory

pytestmark = pytest.mark.django_db


def tell(case, to):
    context = {"reference": case.reference, "name": "Jana Nová"}
    return notify("consultations/reading_asked", case, to, case.get_desk_url, **context)


@pytest.mark.parametrize(
    ("language", "words"), [("cs", "Jana Nová vás prosí"), ("en", "Jana Nová asks you to read")]
)
def test_row_and_message_in_the_readers_language(language, words, settings):
    case, reader = SupportRequestFactory(), UserFactory(language=language)

    message = tell(case, reader)

    assert (message.to, message.language, message.kind) == (
        reader.email,
        language,
        "consultations/reading_asked",
    )
    assert (message.about_kind, message.about_id) == ("supportrequest", case.pk)
    assert words in message.text
    assert f"{settings.BASE_URL}/{language}/desk/requests/{case.reference}/" in message.text
    row = Notice.objects.get()
    assert (row.kind, row.receiver, row.mail) == ("consultations/reading_asked", reader, message)
    assert (row.about_kind, row.about_id, row.read_at) == ("supportrequest", case.pk, None)


def test_nothing_is_told_when_the_verb_fails():
    case, reader = SupportRequestFactory(), UserFactory()
    with transaction.atomic():
        tell(case, reader)
        transaction.set_rollback(True)
    assert (Notice.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_a_digest_is_one_message_of_several_things():
    questions, reader = [ExchangeQuestionFactory(), ExchangeQuestionFactory()], UserFactory()

    context = {"items": [], "has_more": False, "off": "x"}
    message = notify(
        "municipalities/exchange_digest", questions, reader, partial(reverse, "exchange"), **context
    )

    assert OutgoingMail.objects.get() == message
    assert (message.about_kind, message.about_id) == ("", None)
    assert list(message.notices.values_list("receiver", "about_kind", "about_id")) == [
        (reader.pk, "exchangequestion", row.pk) for row in questions
    ]


def test_what_somebody_dealt_with_is_read_by_them_alone():
    case, one, other = SupportRequestFactory(), UserFactory(), UserFactory()
    for reader in (one, one, other):
        tell(case, reader)
    tell(SupportRequestFactory(), one)

    mark_read(case, by=one)

    assert list(Notice.objects.filter(read_at=None).order_by("pk").values_list("receiver", "about_id")) == [
        (other.pk, case.pk),
        (one.pk, Notice.objects.latest("pk").about_id),
    ]
    first = Notice.objects.order_by("pk").first().read_at
    mark_read(case, by=one)
    assert Notice.objects.order_by("pk").first().read_at == first


def test_whoever_answers_a_municipalitys_question_has_read_of_it():
    member = MembershipFactory()
    question = PeerQuestionFactory(municipality=member.municipality)
    emails.peer_question(question, [member.user])

    actions.answer(question, text="Nabídli jsme záruku.", version=1, by=member.user)

    assert Notice.objects.get(receiver=member.user).read_at is not None
    told = Notice.objects.filter(read_at=None).get()
    assert (told.kind, told.receiver) == ("consultations/peer_settled", question.request.assignee)


def test_the_daily_message_leaves_a_notice_of_each_question():
    member = MembershipFactory()
    exchange.switch_on(by=member.user)
    question = ExchangeQuestionFactory()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        exchange.send_digests.call()
    row = Notice.objects.get()
    assert (row.receiver, row.about_kind, row.about_id) == (member.user, "exchangequestion", question.pk)
