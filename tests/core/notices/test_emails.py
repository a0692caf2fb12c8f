"""Mail on its way is stopped where its receiver may not see the thing any more."""

import pytest

from core.notices import actions
from core.notices.kinds import How
from core.notices.models import NoticeChoice
from core.outbox.mail import OutgoingMail, Stopped
from core.outbox.tasks import deliver_due
from municipalities.models import Membership
from tests.core.notices.conftest import ASSIGNED, OF_PLACES
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """An official who is told at once of a request, and the request."""
    member = MembershipFactory()
    NoticeChoice.objects.create(user=member.user, kind=OF_PLACES.key, how=How.AT_ONCE)
    case = SupportRequestFactory(official=True, municipality=member.municipality)
    actions.notify(OF_PLACES.key, case, member.user, case.get_desk_url, reference=case.reference)
    return member


def sent():
    deliver_due.call()
    return list(OutgoingMail.objects.values_list("state", "last_error"))


def test_who_may_still_see_it_gets_it(told):
    assert sent() == [("sent", "")]


def test_who_speaks_for_the_municipality_no_more_does_not(told):
    Membership.objects.all().delete()
    assert sent() == [("stopped", Stopped.NOT_THEIRS)]


def test_who_was_disabled_does_not(told):
    told.user.is_active = False
    told.user.save()
    assert sent() == [("stopped", Stopped.NOT_THEIRS)]


def test_a_colleague_is_told_of_an_officials_request():
    case = SupportRequestFactory(official=True, municipality=MembershipFactory().municipality)
    actions.notify(ASSIGNED.key, case, UserFactory(), case.get_desk_url, reference=case.reference)
    assert sent() == [("sent", "")]
