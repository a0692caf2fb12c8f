"""Who is told of programmes: the desk that one is to be published, in the portal, until it is."""

import pytest

from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from municipalities.programmes import emails
from municipalities.programmes.actions import programmes
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.programmes import a_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("after", ["publish", "take_back_asking"])
def test_the_desk_is_told_until_it_is_done_or_wished_no_more(after):
    member, colleague = MembershipFactory(), UserFactory()
    programme = a_draft(member.municipality, member.user)
    programmes.ask_publishing(programme, version=programme.version, by=member.user)

    notice = Notice.objects.get()
    assert (notice.kind, notice.receiver) == (emails.ASKED, colleague)
    assert not OutgoingMail.objects.exists()
    by = colleague if after == "publish" else member.user
    getattr(programmes, after)(programme, version=programme.version, by=by)
    assert not Notice.objects.filter(kind=emails.ASKED).unread().exists()
