"""Whatever is done, every contact and plan stands on the timeline where its request does."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import F

from consultations.models import OFFICIALS, Contact, SupportPlan, SupportRequest, only, place_of
from consultations.requests.actions.details import confirm_guess, edit_details, follow
from tests.consultations.related.actions.test_merge import CASES, Desk
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.support import SupportPlanFactory

pytestmark = pytest.mark.django_db


def misplaced():
    """Return the contacts and plans that stand elsewhere than their request."""
    wrong = []
    for row in [*Contact.objects.select_related("request"), *SupportPlan.objects.select_related("request")]:
        place = place_of(row.request)
        if getattr(row, "direction", "") == "note":
            place["readers"] = ""
        if {name: getattr(row, name) for name in place} != place:
            wrong.append(row)
    return wrong


@pytest.mark.parametrize("case", CASES)
def test_merges_and_splits_move_them_along(case):
    steps, expected = CASES[case]
    desk = Desk(UserFactory())
    for name in (name for name in expected if name in "abc"):
        desk.begin(name, municipality=MunicipalityFactory())
    for verb, *words in steps:
        if verb == "split":
            source, texts, to = words
            desk.split(source, *texts.split(), to=to)
        else:
            getattr(desk, verb)(*words)
        assert misplaced() == []


def test_a_municipality_that_is_put_right_moves_them_along():
    case = SupportRequestFactory(guessed_municipality=MunicipalityFactory())
    ContactFactory(request=case, note=True)
    SupportPlanFactory(request=case)
    by = UserFactory()
    confirm_guess(case, by=by)
    assert misplaced() == []
    elsewhere = MunicipalityFactory()
    edit_details(case, details={"municipality": elsewhere}, by=by)
    assert misplaced() == []
    assert set(Contact.objects.values_list("municipality", flat=True)) == {elsewhere.pk}


def test_who_may_read_is_kept_beside():
    shared = SupportRequestFactory(official=True)
    mine = SupportRequestFactory(official=True, is_personal=True)
    ContactFactory(request=shared, note=True)
    told = set(Contact.objects.values_list("request", "readers"))
    assert told == {(shared.pk, OFFICIALS), (shared.pk, ""), (mine.pk, only(mine.created_by_id))}


def test_many_at_once_stand_where_their_requests_do():
    case = SupportRequestFactory(official=True, with_contact=False)
    Contact.objects.bulk_create(
        Contact(request=case, direction=direction, channel="web", text="x")
        for direction in ("note", "inbound")
    )
    assert misplaced() == []


def test_what_was_there_before_is_given_its_place():
    rows = [
        SupportRequestFactory(official=True),
        SupportRequestFactory(official=True, is_personal=True),
        SupportRequestFactory(municipality=MunicipalityFactory()),
    ]
    ContactFactory(request=rows[0], note=True)
    SupportPlanFactory(request=rows[1])
    Contact.objects.update(municipality=None, readers="")
    SupportPlan.objects.update(municipality=None, readers="")
    import_module("consultations.migrations.0004_timeline_rows").stand(apps, None)
    assert misplaced() == []
    assert not Contact.objects.exclude(municipality=F("request__municipality")).exists()


def test_following_moves_what_has_happened():
    case = SupportRequestFactory()
    SupportRequest.objects.filter(pk=case.pk).update(municipality=MunicipalityFactory())
    assert misplaced()
    follow(SupportRequest.objects.get(pk=case.pk))
    assert misplaced() == []
