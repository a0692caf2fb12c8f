"""What a row has by which a person without an account opens it."""

import pytest
from django.utils.translation import override

from accounts.models import Invitation
from consultations.models import ExpertQuestion, SupportRequest
from core.links.models import KeptLink, PersonalLink, digest_of, new_link
from core.states import update
from studies.models import Confirmation, Reviewer
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory
from visits.models import Attendee, Delivery, Subscription

pytestmark = pytest.mark.django_db


def test_every_link_of_the_portal_is_of_one_make():
    assert set(PersonalLink.__subclasses__()) == {KeptLink, Invitation}
    assert set(KeptLink.__subclasses__()) == {
        SupportRequest, ExpertQuestion, Attendee, Delivery, Subscription, Reviewer, Confirmation,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("factory", "path"), [(SupportRequestFactory, "requests"), (ExpertQuestionFactory, "expert")]
)
def test_a_row_gets_its_link_when_it_is_made_and_keeps_it(factory, path):
    row = factory()
    token = row.link_token
    row.save()
    assert (row.link_token, row.link_digest) == (token, digest_of(token))
    with override("en"):
        assert row.get_link() == f"/en/{path}/{token}/"


def test_a_new_link_ends_the_one_before():
    row = ExpertQuestionFactory(sent=True)
    old = row.link_token
    update(row, also=new_link())
    assert not ExpertQuestion.objects.behind_link(old).exists()
    assert ExpertQuestion.objects.behind_link(row.link_token).get() == row


def test_of_a_link_that_is_sent_once_only_the_digest_is_kept():
    row = Invitation(email="a@example.org", name="A", role="editor", invited_by=UserFactory())
    token = row.give_link()
    row.save()
    assert Invitation.objects.behind_link(token).get() == row
    assert token not in {str(value) for value in Invitation.objects.values().get().values()}
