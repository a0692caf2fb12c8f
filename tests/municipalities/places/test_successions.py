from datetime import date

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone, translation

from consultations.models import SupportRequest
from municipalities.models import Population, RegisterEdition, Succession
from municipalities.places import picker
from municipalities.places.successions import reasons_against_choosing, successors, turns_of
from municipalities.timeline import queries as timeline
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.practices import AdoptionFactory, AdoptionStepFactory, PracticeEditionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


@pytest.fixture
def gone():
    return MunicipalityFactory(code="500002", slug="radslavice", name="Radslavice", dissolved_on=DAY)


@pytest.fixture
def after(gone):
    row = MunicipalityFactory(code="500000", slug="lipova", name="Lipová")
    Succession.objects.create(
        before=gone, after=row, fate="merged", on=DAY, source="https://www.example.org/law"
    )
    return row


class NewForm(forms.Form):
    municipality = picker.MunicipalityField(only_existing=True)


class AnyForm(forms.Form):
    municipality = picker.MunicipalityField()


def html(client, name, *args, query="", language="cs"):
    with translation.override(language):
        response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_public_pages_of_both_tell_of_each_other(client, gone, after):
    page = html(client, "municipality", "radslavice")
    assert "Bývalá obec" in page
    assert "Od 1.\u00a0ledna\u00a02026" in page
    assert 'href="/cs/municipalities/lipova/"' in page
    assert "example.org" in page
    assert 'href="/cs/municipalities/radslavice/"' in html(client, "municipality", "lipova")


def test_the_desk_and_the_officials_are_led_to_their_own_pages(gone, after, log_in):
    staff, _user = log_in("consultant")
    assert 'href="/cs/desk/municipalities/radslavice/"' in html(staff, "desk-municipality", "lipova")
    official, user = log_in("official")
    MembershipFactory(municipality=after, user=user)
    # The history of a merged municipality goes with it.
    page = html(official, "my-timeline", query="?municipality=lipova")
    assert 'href="/cs/my/timeline/?municipality=radslavice"' in page


def test_the_timeline_tells_of_it_on_both_sides(gone, after):
    for place, other in ((gone, "Lipová"), (after, "Radslavice")):
        page = timeline.page(place, reader=UserFactory(), before=timezone.now(), kind="register")
        assert [other in entry.title for entry in page.entries] == [True]
        assert page.entries[0].when == "1.\u00a0ledna\u00a02026"
    early = timezone.make_aware(timezone.datetime(2025, 12, 31))
    assert timeline.page(gone, reader=None, before=early, kind="register").entries == []


@pytest.mark.parametrize("rows", [1, 3])
def test_turns_cost_two_queries(gone, after, django_assert_num_queries, rows):
    for number in range(rows - 1):
        Succession.objects.create(
            before=MunicipalityFactory(dissolved_on=DAY),
            after=after,
            fate="merged",
            on=DAY,
            source=str(number),
        )
    reader = UserFactory(role="official")
    with django_assert_num_queries(2):
        assert len(turns_of(after, reader)) == rows


def test_a_split_is_told_as_one(gone, after):
    new = MunicipalityFactory(name="Nová Obec")
    Succession.objects.create(before=after, after=new, fate="split", on=date(2025, 1, 1), source="kraj")
    assert [turn.name.split(" (")[0] for turn in turns_of(after)] == ["Radslavice", "Nová Obec"]
    assert "vznikla" in turns_of(new)[0].sentence.lower()


def test_successors_are_followed_to_those_that_exist(gone, after):
    last = MunicipalityFactory(name="Velká")
    after.dissolved_on = date(2026, 6, 1)
    after.save()
    Succession.objects.create(before=after, after=last, fate="merged", on=after.dissolved_on, source="x")
    assert successors(gone) == [last]
    assert reasons_against_choosing(last) == []


def test_lists_leave_it_out_until_it_is_wanted(client, gone, after, log_in):
    staff, _user = log_in("consultant")
    for browser, name in ((client, "municipalities"), (staff, "desk-municipalities")):
        assert "Radslavice" not in html(browser, name)
        assert "Radslavice" in html(browser, name, query="?former=on")


def test_it_is_offered_only_to_those_who_write_its_whole_name(client, gone, after):
    assert picker.offers("radsl") == []
    assert picker.offers("radslavice") == [gone]
    assert "už neexistuje od" in html(client, "municipality-options", query="?q=radslavice")


def test_a_namesake_that_exists_is_meant(gone, after):
    other = MunicipalityFactory(name="Radslavice")
    assert picker.matches("radslavice") == [other]
    assert picker.matches("500002") == [gone]


@pytest.mark.parametrize("text", ["500002", "Radslavice", "radslavice"])
def test_something_new_cannot_be_about_it_and_the_successor_is_offered(gone, after, text):
    form = NewForm({"municipality": text})
    assert not form.is_valid()
    assert form.errors["municipality"] == [
        "Radslavice už není obcí od 1.\u00a0ledna\u00a02026. Dnes je to Lipová (Přerov, Olomoucký kraj)."
    ]
    assert form.fields["municipality"].candidates == [after]
    assert AnyForm({"municipality": text}).is_valid()


def test_the_public_form_does_not_take_it(client, gone, after, settings):
    settings.ASK_MIN_SECONDS = 0
    with translation.override("cs"):
        address = reverse("ask")
    assert client.get(f"{address}?municipality=500002").context["form"].initial["municipality"] is None
    page = client.post(address, {"municipality": "500002"}).content.decode()
    assert "Dnes je to Lipová" in page
    assert 'value="500000"' in page
    assert not SupportRequest.objects.exists()


def test_its_official_learns_why_they_cannot_ask_for_it(gone, after, log_in):
    client, user = log_in("official")
    MembershipFactory(municipality=gone, user=user)
    page = html(client, "my-ask")
    assert "Radslavice už není obcí" in page
    assert 'value="500002"' not in page


def test_the_source_of_an_imported_year_stands_under_the_numbers(client, after):
    Population.objects.create(municipality=after, year=2025, value=950)
    RegisterEdition.objects.create(year=2025, source="ČSÚ k 1. lednu 2025", digest="x")
    RegisterEdition.objects.create(year=2024, source="ČSÚ k 1. lednu 2024", digest="y")
    page = html(client, "municipality", "lipova", language="en")
    assert "ČSÚ k 1. lednu 2025" in page
    assert "1. lednu 2024" not in page


def test_an_official_of_a_former_municipality_is_told_and_can_begin_nothing(gone, after, log_in):
    official, user = log_in("official")
    MembershipFactory(user=user, municipality=gone)
    edition = PracticeEditionFactory(published=True)
    question = ExchangeQuestionFactory()
    said = "Radslavice už není obcí od 1.\u00a0ledna\u00a02026. Dnes je to Lipová"
    for name, args in (
        ("my", ()),
        ("my-ask", ()),
        ("exchange-new", ()),
        ("exchange-question", (question.pk,)),
        ("my-practice-new", ()),
        ("my-adoption-mark", (edition.document_id,)),
    ):
        page = html(official, name, *args)
        assert said in page, name
        assert "<textarea" not in page, name
    official.post(f"/cs/my/practices/{edition.document_id}/adoption/", {"state": "studied", "version": 0})
    assert not edition.document.adoptions.exists()


def test_a_ledger_that_is_there_goes_on(gone, after, log_in):
    official, user = log_in("official")
    MembershipFactory(user=user, municipality=gone)
    edition = PracticeEditionFactory(published=True)
    adoption = AdoptionFactory(practice=edition.document, municipality=gone, state="piloted")
    AdoptionStepFactory(adoption=adoption)
    words = {"state": "dropped", "version": adoption.version, "reason_cs": "Obce se sloučily."}
    official.post(f"/cs/my/practices/{edition.document_id}/adoption/", words)
    adoption.refresh_from_db()
    assert adoption.state == "dropped"


def test_the_page_of_those_like_it_says_what_became_of_it(client, gone, after):
    assert "Od 1.\u00a0ledna\u00a02026" in html(client, "municipality-like", "radslavice")
