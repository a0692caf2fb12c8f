"""Who is told of returns besides the officials: the desk that accepts them, until one has decided."""

import pytest

from core.notices.models import Notice
from municipalities.returns import emails
from municipalities.returns.actions import returns as actions
from tests.factories.accounts import UserFactory
from tests.factories.figures import IndicatorFactory, ReturnFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return UserFactory(coordinator=True)


@pytest.fixture
def statement(boss):
    member = MembershipFactory()
    UserFactory()
    statement = ReturnFactory(
        municipality=member.municipality, sent=True, period__indicators=[IndicatorFactory()]
    )
    emails.sent(statement, by=member.user)
    return statement


def test_who_accepts_returns_is_told_in_the_daily_mail(statement, boss):
    told = Notice.objects.filter(kind=emails.SENT)
    assert boss in [row.receiver for row in told]
    assert {row.receiver.role for row in told} == {"coordinator"}
    assert all(row.digest_at and row.mail is None for row in told)
    assert told[0].words == {
        "municipality": statement.municipality.name,
        "year": str(statement.period.year),
    }


@pytest.mark.parametrize("decide", [actions.accept, actions.send_back])
def test_once_decided_it_waits_for_nobody(statement, boss, decide):
    more = {"remark": "Opravte."} if decide is actions.send_back else {}
    decide(statement, version=statement.version, by=boss, **more)
    assert not Notice.objects.filter(kind=emails.SENT).unread().exists()
