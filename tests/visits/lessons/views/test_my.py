"""An official answers lessons one after another, and says later what came of them; all of it is checked."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.lessons import OutcomeFactory, ProposalFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.practices import PracticeEditionFactory
from visits.choices import LessonAnswer
from visits.lessons.actions import proposals
from visits.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client, official):
    client.force_login(official)
    return client


@pytest.fixture
def rows(lessons, place):
    return [ProposalFactory(lesson=lesson, municipality=place) for lesson in lessons]


def send(client, row, **typed):
    row.refresh_from_db()
    return client.post(row.get_my_url(), {"version": row.version, "reason": "", "practice": "", **typed})


def test_the_page_shows_the_lesson_and_the_others_of_the_visit(mine, rows):
    page = mine.get(rows[0].get_my_url()).content.decode()
    assert "Byt nejdřív" in page
    assert rows[1].get_my_url() in page
    assert "Tuto větu čtou všichni" in page


def test_one_answer_leads_to_the_next_lesson(mine, rows):
    response = send(mine, rows[0], state="adopted")
    assert response.url == rows[1].get_my_url()
    response = send(mine, rows[1], state="not_suitable", reason="Nemáme byty.")
    assert response.url == rows[1].get_my_url()
    assert set(Proposal.objects.values_list("state", flat=True)) == {"adopted", "not_suitable"}


def test_what_does_not_suit_asks_why_beside_the_field(mine, rows):
    response = send(mine, rows[0], state="not_suitable")
    assert response.status_code == 422
    assert response.context["form"].errors["reason"] == [
        "Napište, proč se pro vás nehodí. Ostatní se z toho naučí nejvíc."
    ]


def test_a_name_is_found_and_may_be_ticked_to_stay(mine, rows):
    text = "Vyřešila to paní Nováková."
    response = send(mine, rows[0], state="adopted", reason=text)
    assert response.status_code == 422
    key = response.context["form"].fields["kept"].choices[0][0]
    assert send(mine, rows[0], state="adopted", reason=text, kept=key).status_code == 302


def test_a_birth_number_never_stays(mine, rows):
    response = send(mine, rows[0], state="adopted", reason="Klient 736028/5163 bydlí.")
    assert response.status_code == 422
    assert "rodné číslo" in response.content.decode()


def test_a_late_answer_keeps_what_was_typed(mine, rows, official):
    proposals.answer(rows[0], state=LessonAnswer.PLANNED, version=1, by=official)
    typed = {"version": 1, "state": "adopted", "reason": "Už běží.", "practice": ""}
    response = mine.post(rows[0].get_my_url(), typed)
    assert response.status_code == 409
    assert "Už běží." in response.content.decode()
    again = {**typed, "version": response.context["form"].data["version"]}
    assert mine.post(rows[0].get_my_url(), again).status_code == 302


def test_a_practice_is_picked_or_written_up(mine, rows):
    practice = PracticeEditionFactory(published=True)
    response = send(mine, rows[0], state="planned", practice=str(practice.document_id))
    assert response.status_code == 302
    page = mine.get(rows[0].get_my_url()).content.decode()
    assert practice.title in page
    assert reverse("my-adoption-mark", args=[practice.document_id]) in page
    send(mine, rows[1], state="adopted")
    assert f"?lesson={rows[1].pk}" in mine.get(rows[1].get_my_url()).content.decode()


def test_the_practice_that_the_lesson_leads_to_is_chosen_to_begin_with(mine, rows, staff):
    practice = PracticeEditionFactory(published=True).document
    proposals.link_practice(rows[0].lesson, practice=practice, by=staff)
    page = mine.get(rows[0].get_my_url())
    assert page.context["form"]["practice"].value() == str(practice.pk)
    send(mine, rows[0], state="adopted")
    rows[0].refresh_from_db()
    # Whoever chooses none means none.
    assert rows[0].practice is None


def test_a_practice_born_from_a_lesson_is_linked_to_it(mine, rows):
    address = f"{reverse('my-practice-new')}?lesson={rows[0].pk}"
    page = mine.get(address)
    assert page.context["form"]["title_cs"].value() == "Byt nejdřív"
    assert "Napište, jak to děláte u vás" in page.content.decode()
    form = page.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"lead_cs": "Krátce.", "approach": "contact_point", "municipality": rows[0].municipality.slug}
    answer = mine.post(address, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    rows[0].refresh_from_db()
    assert rows[0].practice.municipality == rows[0].municipality
    # Its draft is still chosen when the answer is sent once more.
    chosen = mine.get(rows[0].get_my_url()).context["form"]["practice"].value()
    assert send(mine, rows[0], state="adopted", practice=chosen).status_code == 302
    rows[0].refresh_from_db()
    assert str(rows[0].practice_id) == chosen


def test_nobody_else_begins_a_practice_from_it(client, rows):
    client.force_login(MembershipFactory().user)
    page = client.get(f"{reverse('my-practice-new')}?lesson={rows[0].pk}")
    assert not page.context["form"]["title_cs"].value()


def test_it_is_said_what_came_of_it(mine, rows, official):
    proposals.answer(rows[0], state=LessonAnswer.PLANNED, version=1, by=official)
    outcome = OutcomeFactory(proposal=rows[0])
    assert "Po 3 měsících: co z toho vzešlo?" in mine.get(rows[0].get_my_url()).content.decode()
    address = reverse("my-lesson-came", args=[rows[0].pk])
    assert mine.post(address, {"came-seen": "", "came-text": " "}).status_code == 422
    assert mine.post(address, {"came-seen": "", "came-text": "Tři byty."}).status_code == 302
    outcome.refresh_from_db()
    assert outcome.text == "Tři byty."
    late = mine.post(address, {"came-seen": "", "came-text": "Pět bytů."})
    assert late.status_code == 409
    assert late.context["came_form"].data["came-seen"] == "Tři byty."


def test_where_nobody_asks_nothing_is_said(mine, rows):
    address = reverse("my-lesson-came", args=[rows[0].pk])
    response = mine.post(address, {"came-seen": "", "came-text": "Tři byty."})
    assert response.status_code == 422
    assert "Teď se nikdo neptá" in response.content.decode()


def test_a_report_that_was_withdrawn_has_no_lessons(mine, rows, edition):
    type(edition).objects.update(state="withdrawn")
    assert mine.get(rows[0].get_my_url()).status_code == 404


def test_who_is_late_reads_that_it_is_public_and_can_still_answer(client, lessons, place, official):
    row = ProposalFactory(lesson=lessons[0], municipality=place, answer_by=date(2020, 1, 1))
    client.force_login(official)
    assert "Odpovědět můžete i teď." in client.get(row.get_my_url()).content.decode()
    row = ProposalFactory(lesson=lessons[1], municipality=place, answer_by=date(2100, 1, 31))
    assert "Odpovězte prosím do 31." in client.get(row.get_my_url()).content.decode()
