"""What requests tell a municipality's timeline, and to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultations.requests.timeline import entries, support_entries
from consultations.support import actions as verbs
from municipalities import hooks
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.support import PlanStepFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory()


@pytest.fixture
def official(place):
    return MembershipFactory(municipality=place, user=UserFactory(official=True)).user


def told(place, reader, limit=10, before=None):
    return entries(place, reader, before or timezone.now() + timedelta(minutes=1), limit)


def test_requests_are_one_of_the_sources():
    assert "requests" in hooks.timeline_kinds()


def test_the_desk_reads_everything_of_the_municipality_newest_first(place):
    case = SupportRequestFactory(municipality=place)
    ContactFactory(request=case, note=True, text="Poznámka")
    SupportRequestFactory(municipality=MunicipalityFactory())
    found = told(place, UserFactory())
    assert [(entry.direction, entry.text) for entry in found] == [
        ("note", "Poznámka"),
        ("inbound", "Prosím o radu, kde mohu požádat o byt."),
    ]
    assert found[0].title == f"{case.reference}: {case.subject}"
    assert found[0].url == case.get_desk_url()


def test_officials_read_their_own_requests_without_notes(place, official):
    shared = SupportRequestFactory(official=True, municipality=place)
    ContactFactory(request=shared, note=True)
    SupportRequestFactory(official=True, municipality=place, is_personal=True)
    SupportRequestFactory(municipality=place)
    found = told(place, official)
    assert [entry.url for entry in found] == [shared.get_my_url()]


def test_officials_of_elsewhere_read_nothing(place):
    SupportRequestFactory(official=True, municipality=place)
    stranger = MembershipFactory(user=UserFactory(official=True)).user
    assert told(place, stranger) == []


def test_limit_and_moment_are_kept_to_in_two_queries(place, django_assert_num_queries):
    now = timezone.now()
    case = SupportRequestFactory(municipality=place, with_contact=False)
    for days in range(5):
        ContactFactory(request=case, took_place_at=now - timedelta(days=days), text=str(days))
    reader = UserFactory()
    with django_assert_num_queries(2):
        found = told(place, reader, limit=2, before=now - timedelta(days=1))
    assert [entry.text for entry in found] == ["2", "3"]


# In-depth support


def told_of_support(place, reader, limit=10):
    return support_entries(place, reader, timezone.now() + timedelta(minutes=1), limit)


def supported(place, **fields):
    """Return a plan with a visit and a document done, ended."""
    plan = SupportPlanFactory(
        request__official=True,
        request__open=True,
        request__municipality=place,
        request__with_contact=False,
        **fields,
    )
    me = UserFactory()
    for kind, text in (("visit", "Byli jsme na radnici."), ("document", "Vzor je hotov.")):
        verbs.finish_step(PlanStepFactory(plan=plan, kind=kind, what="Tajné"), text=text, by=me)
    verbs.close_plan(plan, result="reached", outcome="", by=me)
    return plan


def test_in_depth_support_is_told_once_and_without_names(place):
    with override("en"):
        reference = supported(place).request.reference
        found = told_of_support(place, UserFactory())
        assert [(entry.title, entry.text) for entry in found] == [
            (f"In-depth support ends, {reference}", ""),
            ("In-depth support: document, " + reference, "Vzor je hotov."),
            ("In-depth support: visit, " + reference, "Byli jsme na radnici."),
            (f"In-depth support begins, {reference}", ""),
        ]
    assert told(place, UserFactory()) == []
    assert len(told_of_support(place, UserFactory(), limit=2)) == 2


def test_officials_read_what_was_done_with_them(place, official):
    plan = supported(place)
    found = told_of_support(place, official)
    assert [entry.text for entry in found if entry.text] == ["Byli jsme na radnici."]
    assert {entry.url for entry in found} == {plan.request.get_my_url()}
    assert told_of_support(place, MembershipFactory(user=UserFactory(official=True)).user) == []
