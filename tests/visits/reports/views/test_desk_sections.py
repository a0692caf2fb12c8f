"""Two editors write at once: each sees who has a section, and nothing that was typed is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from core.documents.models import UnsavedText
from core.documents.parts import actions as parts
from tests.factories.accounts import UserFactory
from tests.factories.reports import (
    ProgrammeItemFactory,
    ReportEditionFactory,
    ReportSectionFactory,
    TravelQuestionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return ReportSectionFactory(heading="Nájem", text="Nájem je nízký.")


def address(section, verb=""):
    numbers = [section.edition.document_id, "sections", section.pk]
    return reverse(f"desk-visit-report-part{verb and f'-{verb}'}", args=numbers)


def sent(section, text="Nájem hlídá město.", **more):
    return {"heading": section.heading, "text": text, "version": str(section.version), **more}


def test_a_section_is_taken_written_and_left_to_others(log_in, section):
    client, user = log_in("consultant")
    assert "Psát v tomto oddílu" in client.get(address(section)).content.decode()

    assert client.post(address(section, "hold")).status_code == 302
    assert "Uložit a uvolnit ostatním" in client.get(address(section)).content.decode()
    response = client.post(address(section), sent(section))

    assert response["Location"] == f"{section.edition.document.get_desk_url()}#sections"
    section.refresh_from_db()
    assert (section.text, section.holder) == ("Nájem hlídá město.", None)
    assert user in section.edition.writers.all()


def test_opening_a_section_takes_nothing(log_in, section):
    client, _user = log_in("consultant")
    client.get(address(section))

    section.refresh_from_db()
    assert section.holder is None


def test_others_see_who_writes_since_when_and_read_on(log_in, section):
    client, _user = log_in("consultant")
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False):
        parts.hold(section, by=UserFactory(name="Eva Malá"))
        page = client.get(address(section)).content.decode()
        desk = client.get(section.edition.document.get_desk_url()).content.decode()
        refused = client.post(address(section, "hold"), follow=True).content.decode()

    assert "Od 10:00 tu píše Eva Malá. Pokud nebude pokračovat, uvolní se místo v 10:15." in page
    assert "Nájem je nízký." in page
    assert "Psát v tomto oddílu" not in page
    assert "Právě tu píše Eva Malá: od 10:00, nejdéle do 10:15." in desk
    assert "právě píše Eva Malá" in refused


def test_what_is_typed_is_kept_and_prolongs_the_lease(log_in, section):
    client, user = log_in("consultant")
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False) as clock:
        parts.hold(section, by=user)
        clock.shift(timedelta(minutes=10))
        told = client.post(address(section), sent(section, "Rozepsáno", keep="1")).json()["said"]
        section.refresh_from_db()

        assert "10:10" in told
        assert section.held_until.minute == 25
        assert "Rozepsáno" in client.get(address(section)).content.decode()
    assert section.text == "Nájem je nízký."


def test_whoever_lost_a_section_finds_what_they_typed(log_in, section):
    client, user = log_in("consultant")
    other = UserFactory(name="Eva Malá")
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False) as clock:
        parts.hold(section, by=user)
        client.post(address(section), sent(section, "Rozepsáno", keep="1"))
        clock.shift(timedelta(minutes=20))
        parts.hold(section, by=other)
        told = client.post(address(section), sent(section, "Rozepsáno dál", keep="1")).json()["said"]
        page = client.get(address(section)).content.decode()

        assert "právě píše Eva Malá" in told
        assert "Rozepsáno dál" in page
        section.refresh_from_db()
        assert section.holder == other


def test_saving_with_a_lost_lease_shows_both_texts(log_in, section):
    client, user = log_in("consultant")
    other = UserFactory(name="Eva Malá")
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False) as clock:
        parts.hold(section, by=user)
        clock.shift(timedelta(minutes=20))
        parts.hold(section, by=other)
        while_held = client.post(address(section), sent(section, "Můj text"))
        said = {"heading": "Nájem", "text": "Jejich text"}
        parts.save_held(section, words=said, version=1, by=other)
        afterwards = client.post(address(section), sent(section, "Můj text"))
        page = afterwards.content.decode()
        once_more = client.post(address(section), sent(section, "Můj text", version="2"))

    assert (while_held.status_code, afterwards.status_code) == (409, 409)
    assert "Můj" in while_held.content.decode()
    assert "Eva Malá" in while_held.content.decode()
    assert 'name="version" value="2"' in page
    assert "Můj text" in page
    assert "Jejich" in page
    assert once_more.status_code == 302
    section.refresh_from_db()
    assert section.text == "Můj text"
    assert section.versions.filter(text="Jejich text").exists()


def test_a_wrong_form_comes_back_with_what_was_typed(log_in, section):
    client, user = log_in("consultant")
    parts.hold(section, by=user)

    response = client.post(address(section), sent(section, "[zde](javascript:x)"))

    assert response.status_code == 422
    assert "[zde](javascript:x)" in response.content.decode()


def test_a_section_is_left_without_saving(log_in, section):
    client, user = log_in("consultant")
    parts.hold(section, by=user)
    client.post(address(section), sent(section, "Rozepsáno", keep="1"))

    client.post(address(section, "let-go"))

    section.refresh_from_db()
    assert section.holder is None
    assert "Rozepsáno" in client.get(address(section)).content.decode()
    client.post(address(section), {"forget": "1"})
    assert "Rozepsáno" not in client.get(address(section)).content.decode()


def test_any_two_versions_are_compared_and_an_old_one_put_back(log_in, section):
    client, user = log_in("consultant")
    for number, text in enumerate(["Druhý text", "Třetí text"], 1):
        said = {"heading": "Nájem", "text": text}
        parts.save_held(section, words=said, version=number, by=user)

    page = client.get(address(section, "versions"), {"old": "1", "new": "3"}).content.decode()
    assert "Vrátit verzi 1" in page
    assert user.name in page
    numbers = [section.edition.document_id, "sections", section.pk, 1]
    put_back = reverse("desk-visit-report-part-put-back", args=numbers)
    late = client.post(put_back, {"version": "2"}, follow=True).content.decode()
    assert "Mezitím tu píše někdo jiný, nebo svou verzi už uložil." in late
    client.post(put_back, {"version": "3"})

    section.refresh_from_db()
    assert (section.text, section.version) == ("Nájem je nízký.", 4)


def test_one_version_is_beside_no_other(log_in, section):
    client, _user = log_in("consultant")

    assert "Je tu jen tato jedna verze." in client.get(address(section, "versions")).content.decode()


@pytest.mark.parametrize("query", [{}, {"old": "x", "new": "9" * 30}, {"old": "7"}])
def test_versions_that_are_not_there_are_the_newest_two(log_in, section, query):
    client, _user = log_in("consultant")

    assert client.get(address(section, "versions"), query).status_code == 200


def test_a_section_of_another_report_is_not_there(log_in, section):
    client, _user = log_in("consultant")
    other = ReportEditionFactory()

    numbers = [other.document_id, "sections", section.pk]
    assert client.get(reverse("desk-visit-report-part", args=numbers)).status_code == 404


def test_nobody_writes_into_a_report_in_review(log_in):
    client, _user = log_in("consultant")
    section = ReportEditionFactory(in_review=True, whole=True).sections.get()

    assert "Psát v tomto oddílu" not in client.get(address(section)).content.decode()
    response = client.post(address(section), sent(section))
    assert response.status_code == 422
    assert "Nájem hlídá město." in response.content.decode()


def test_signs_that_no_database_keeps_are_left_out_of_what_is_kept(log_in, section):
    client, me = log_in("consultant")
    parts.hold(section, by=me)
    client.post(address(section), {"text": "Ná\x00jem", "keep": "1"})
    assert UnsavedText.objects.get().fields == {"text": ["Nájem"]}


def test_what_was_noted_on_the_spot_stands_beside_and_is_put_in(log_in):
    edition = ReportEditionFactory()
    item = ProgrammeItemFactory(visit=edition.document.visit)
    section = ReportSectionFactory(edition=edition, item=item, text="")
    note = TravelQuestionFactory(visit=edition.document.visit, item=item, keywords="nájem 6 eur")
    client, user = log_in("consultant")
    parts.hold(section, by=user)
    page = client.get(address(section)).content.decode()
    assert "nájem 6 eur" in page
    assert "Píšete tu od" in page

    there = client.post(address(section), sent(section, "Bydlí dobře.", put=str(note.pk)))

    assert there["Location"] == address(section)
    assert "Bydlí dobře.\n\nnájem 6 eur" in client.get(address(section)).content.decode()
    section.refresh_from_db()
    assert section.text == ""
