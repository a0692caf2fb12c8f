import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from municipalities.choices import OfficeKind
from municipalities.models import Office, OfficeReport, Programme
from municipalities.programmes.actions import phases, programmes
from tests.factories.municipalities import (
    MembershipFactory,
    MunicipalityFactory,
    OfficeFactory,
    OfficeReportFactory,
)
from tests.factories.programmes import SECRET, a_document, a_draft, phase_words, programme_words

pytestmark = pytest.mark.django_db
TYPED = {
    "name_cs": "Bydlení pro všechny",
    "start": "3/2025",
    "source": "usnesení 7/2025",
    "total_cost_czk": "1 200 000,50",
    "target_groups_cs": "rodiny s dětmi\n\n senioři ",
    "approaches": ["housing_first", "social_work"],
    "ethos": ["roofless"],
    "internal_text": SECRET,
}


@pytest.fixture
def place():
    return MunicipalityFactory(name="Vír", slug="vir")


@pytest.fixture
def official(log_in, place):
    client, user = log_in("official")
    MembershipFactory(user=user, municipality=place)
    return client, user


@pytest.fixture
def draft(official, place):
    words = programme_words(public_text_cs="Veřejná slova. <script>alert(1)</script>")
    row = programmes.create(place, words=words, by=official[1], upload=a_document())
    phases.add_phase(row, words=phase_words(), version=1, by=official[1])
    return row


def addresses(row):
    """Every address that names the programme, for its officials and for the desk, and its document's."""
    phase = row.phases.get().pk
    own, here = {"pk": row.pk}, {"pk": row.pk, "slug": row.municipality.slug}
    pages = ("programme", "programme-edit", "programme-discard", "programme-phase-new")
    for name in (*pages, "programme-ask", "programme-take-back"):
        yield reverse(f"my-{name}", kwargs=own)
    for name in ("my-programme-phase", "my-programme-phase-remove"):
        yield reverse(name, kwargs={**own, "phase": phase})
    yield reverse("programme-file", kwargs=here)


def test_an_official_begins_a_programme(official, place):
    client, _user = official
    answer = client.post(f"{reverse('my-programme-new')}?municipality=vir", TYPED)
    row = Programme.objects.get()
    assert answer["Location"] == reverse("my-programme", args=[row.pk])
    assert (row.municipality, row.is_public, row.start) == (place, False, "2025-03")
    assert (str(row.total_cost_czk), row.target_groups_cs) == ("1200000.50", ["rodiny s dětmi", "senioři"])
    html = client.get(answer["Location"]).content.decode()
    assert SECRET in html
    assert "Bydlení pro všechny" in client.get(reverse("my-programmes")).content.decode()


def test_a_wrong_form_says_why_beside_the_field_and_keeps_what_was_typed(official):
    wrong = {**TYPED, "start": "jaro", "total_cost_czk": "moc", "flats_count": "-1", "source": ""}
    wrong |= {"public_text_cs": "[zde](javascript:alert(1))", "end": "2020"}
    answer = official[0].post(f"{reverse('my-programme-new')}?municipality=vir", wrong)
    errors = answer.context["form"].errors
    assert set(errors) == {"start", "total_cost_czk", "flats_count", "source", "public_text_cs"}
    assert 'value="moc"' in answer.content.decode()
    assert not Programme.objects.exists()


def test_the_document_survives_a_wrong_form(official):
    client, address = official[0], f"{reverse('my-programme-new')}?municipality=vir"
    wrong = client.post(address, {**TYPED, "start": "jaro", "concept_file": a_document()})
    [ticket] = re.findall(r'name="concept_file_token" value="([^"]+)"', wrong.content.decode())
    assert client.post(address, {**TYPED, "concept_file_token": ticket}).status_code == 302
    assert Programme.objects.get().concept_file.name == "koncepce.txt"


def test_one_who_was_slower_sees_both_texts(official, draft):
    client, user = official
    programmes.edit(draft, words=programme_words(name_cs="Rychlejší"), version=draft.version, by=user)
    address = reverse("my-programme-edit", args=[draft.pk])
    answer = client.post(address, {**TYPED, "version": "1"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Rychlejší" in html
    assert "Bydlení pro všechny" in html
    again = client.post(address, {**TYPED, "version": str(answer.context["form"]["version"].value())})
    assert again.status_code == 302
    assert Programme.objects.get().name_cs == "Bydlení pro všechny"


def test_phases_are_written_and_removed_after_a_question(official, draft):
    client, _user = official
    one = {"title_cs": "Ověření", "start": "2026", "source": "zápis", "version": draft.version}
    client.post(reverse("my-programme-phase-new", args=[draft.pk]), one)
    late = client.post(reverse("my-programme-phase-new", args=[draft.pk]), one)
    assert late.status_code == 409
    assert "Ověření" in late.content.decode()
    phase = draft.phases.get(title_cs="Ověření")
    address = reverse("my-programme-phase-remove", args=[draft.pk, phase.pk])
    asked = client.get(address)
    assert draft.phases.count() == 2
    client.post(address, {"version": asked.context["programme"].version})
    assert draft.phases.get().title_cs == "Příprava koncepce"


def test_the_page_of_a_programme_shows_each_phase_once(official, draft):
    page = official[0].get(reverse("my-programme", args=[draft.pk])).content.decode()
    assert page.count('phase-title">Příprava koncepce<') == 1


def test_the_parts_of_the_form_are_reached_from_its_top(official, draft):
    page = official[0].get(reverse("my-programme-edit", args=[draft.pk])).content.decode()
    nav, form = page.split("</nav>")[-2], page.split("</nav>")[-1]
    anchors = re.findall(r'href="#(part-\w+)"', nav)
    assert len(anchors) == 7
    assert re.findall(r'<(?:fieldset|details)[^>]* id="(part-\w+)"', form) == anchors


def test_asking_and_throwing_away(official, draft):
    client, _user = official
    client.post(reverse("my-programme-ask", args=[draft.pk]), {"version": draft.version})
    assert Programme.objects.asked().get() == draft
    stale = client.post(reverse("my-programme-take-back", args=[draft.pk]), {"version": "1"})
    assert stale.status_code == 409
    version = Programme.objects.get().version
    client.post(reverse("my-programme-discard", args=[draft.pk]), {"version": version})
    assert not Programme.objects.exists()


@pytest.mark.parametrize("who", ["an official of another municipality", "one who has left"])
def test_a_stranger_meets_404_at_every_address_of_a_draft(log_in, place, draft, who):
    client, user = log_in("official")
    row = (
        MembershipFactory(user=user) if "another" in who else MembershipFactory(user=user, municipality=place)
    )
    if "left" in who:
        row.ends_on = row.starts_on
        row.save()
    answers = {}
    for address in addresses(draft):
        answers[address] = {client.get(address).status_code, client.post(address).status_code}
    assert {address: codes for address, codes in answers.items() if not codes <= {404, 405}} == {}
    assert all(404 in codes or "/ask/" in a or "/take-back/" in a for a, codes in answers.items())
    new = f"{reverse('my-programme-new')}?municipality=vir"
    assert client.get(new).status_code == 404


def content(response):
    return b"".join(response.streaming_content).decode()


def test_the_document_goes_where_the_programme_goes(official, draft, log_in):
    address = reverse("programme-file", args=["vir", draft.pk])
    desk, consultant = log_in("consultant")
    assert Client().get(address).status_code == 404
    for reader in (official[0], desk):
        assert content(reader.get(address)) == "Koncepce bydlení"
    programmes.publish(draft, version=draft.version, by=consultant)
    assert content(Client().get(address)) == "Koncepce bydlení"
    assert Client().get(reverse("programme-file", args=["jinde", draft.pk])).status_code == 404


def test_nothing_internal_and_no_draft_is_on_public_pages(official, draft, log_in, client):
    page = reverse("municipality", args=["vir"])
    html = client.get(page).content.decode()
    assert "Bydlení především" not in html
    programmes.publish(draft, version=draft.version, by=log_in("editor")[1])
    html = client.get(page).content.decode()
    assert "Veřejná slova." in html
    assert "<script>alert" not in html
    assert "Příprava koncepce" in html
    found = client.get(reverse("search"), {"q": "tlumočení"}).content.decode()
    stranger, user = log_in("official")
    MembershipFactory(user=user)
    timeline = stranger.get(reverse("my-timeline")).content.decode()
    assert not [text for text in (html, found, timeline) if SECRET in text]


def test_the_office_is_written_by_its_officials(official, place, client):
    signed_in, _user = official
    wrong = signed_in.post(reverse("my-office"), {"email": "nic", "phone": "1", "website": "javascript:1"})
    assert set(wrong.context["form"].errors) == {"email", "phone", "website"}
    words = {"email": "social@vir.example", "phone": "602 123 456", "note": "Sociální odbor", "seen": ""}
    assert signed_in.post(reverse("my-office"), words).status_code == 302
    late = signed_in.post(reverse("my-office"), {**words, "note": "Pozdě"})
    assert late.status_code == 409
    html = client.get(reverse("municipality", args=["vir"])).content.decode()
    assert "social@vir.example" in html
    assert "tel:+420602123456" in html


def test_an_official_of_nobody_is_told_so(log_in):
    client, _user = log_in("official")
    for name in ("my-programmes", "my-office"):
        assert "napište Kontaktnímu centru" in client.get(reverse(name)).content.decode()
    assert client.get(reverse("my-programme-new")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_for_one_and_three_phases(official, place, django_assert_num_queries, rows):
    client, user = official
    draft = a_draft(place, user)
    for _row in range(rows):
        phases.add_phase(draft, words=phase_words(), version=draft.version, by=user)
    with django_assert_num_queries(12):
        client.get(reverse("my-programme", args=[draft.pk]))


OFFICE = {
    "name": "Sociální odbor",
    "address": "Vír 146",
    "phone": "566 575 028",
    "email": "",
    "website": "",
    "hours": "",
}


def test_officials_add_an_office_of_their_own(official, place):
    client, user = official
    page = client.get(f"{reverse('my-office')}?municipality=vir")
    assert reverse("my-office-new") in page.text
    answer = client.post(f"{reverse('my-office-new')}?municipality=vir", {**OFFICE, "kind": "social"})
    row = Office.objects.get()
    assert answer["Location"] == f"{reverse('my-office')}?municipality=vir"
    assert (row.municipality, row.checked_by, row.source) == (place, user, "obec")


def test_officials_add_no_branch_of_the_labour_office(official):
    client, _user = official
    answer = client.post(reverse("my-office-new"), {**OFFICE, "kind": "labour_office"})
    assert (answer.status_code, Office.objects.exists()) == (422, False)


def test_officials_correct_their_own_and_settle_what_is_reported(official, place):
    client, user = official
    office = OfficeFactory(municipality=place, doubt="bylo v době projektu")
    report = OfficeReportFactory(office=office, note="Nikdo to nebere.")
    page = client.get(reverse("my-office-edit", args=[office.pk]))
    assert "Nikdo to nebere." in page.text
    sent = {**OFFICE, "version": 1, "newest_report": page.context["newest_report"]}
    assert client.post(reverse("my-office-edit", args=[office.pk]), sent).status_code == 302
    office.refresh_from_db()
    report.refresh_from_db()
    assert (office.doubt, office.checked_by, report.settled_by) == ("", user, user)
    assert client.post(reverse("my-office-edit", args=[office.pk]), sent).status_code == 409


def test_officials_say_that_it_is_right(official, place):
    client, user = official
    office = OfficeFactory(municipality=place)
    client.post(reverse("my-office-check", args=[office.pk]), {"version": 1})
    office.refresh_from_db()
    assert (office.checked_by, office.as_of) == (user, timezone.localdate().isoformat())


def test_others_offices_and_the_labour_office_are_not_theirs(official, place):
    client, _user = official
    branch = OfficeFactory(municipality=place, kind=OfficeKind.LABOUR_OFFICE)
    for office in (OfficeFactory(), branch):
        assert client.get(reverse("my-office-edit", args=[office.pk])).status_code == 404
        assert client.post(reverse("my-office-check", args=[office.pk]), {"version": 1}).status_code == 404


def test_a_reported_contact_of_the_municipality_is_settled_by_saving_it(official, place):
    client, user = official
    row = OfficeReport.objects.create(municipality=place, note="Jiné číslo.")
    page = client.get(reverse("my-office"))
    assert "Jiné číslo." in page.text
    client.post(
        reverse("my-office"), {"email": "", "phone": "", "note": "", "website": "", "newest_report": row.pk}
    )
    row.refresh_from_db()
    assert row.settled_by == user
