"""Practices at the officials' and at the desk: whose rows, what is refused, what two people do at once."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from municipalities.choices import Criterion
from municipalities.models import Adoption, Practice, PracticeEdition
from municipalities.practices.queries import sent_back
from municipalities.practices.timeline import entries
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.practices import AdoptionFactory, AdoptionStepFactory, PracticeEditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def official(membership, log_in):
    """A browser in which an official is signed in."""
    return log_in("official", user=membership.user)[0]


def written(**changes):
    """Return what is sent of a practice."""
    form = {
        "title_cs": "Kontaktní místo",
        "lead_cs": "Jedno místo. [1]",
        "approach": "contact_point",
        "results_cs": "Přišlo 40 lidí. [1]",
        "sources_cs": "Zpráva města",
    }
    return {**form, **changes}


def text(response):
    """Return what a page says."""
    return response.content.decode()


def test_an_official_proposes_and_sends(official, membership):
    new = "/cs/my/practices/new/"
    response = official.post(new, written(municipality=membership.municipality.slug))
    edition = PracticeEdition.objects.get()
    assert response["Location"] == f"/cs/my/practices/{edition.document_id}/"
    official.post(f"/cs/my/practices/{edition.document_id}/submit/", {"version": 1})
    edition.refresh_from_db()
    assert edition.state == "in_review"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"need_cs": "Nouze. [3]"}, "není zdroj"),
        ({"contact_cs": "jana@seznam.cz"}, "soukromou adresu"),
        ({"title_en": "Contact point"}, "anglick"),
        ({"municipality": "cizi"}, "Vyberte"),
    ],
)
def test_errors_stand_beside_the_fields_and_nothing_is_lost(official, membership, changes, said):
    form = written(municipality=membership.municipality.slug, steps_cs="Dlouhý text.")
    page = text(official.post("/cs/my/practices/new/", {**form, **changes}))
    assert said in page
    assert "Dlouhý text." in page
    assert not PracticeEdition.objects.exists()


def test_strangers_meet_404(official):
    edition = PracticeEditionFactory()
    for ending in ("", "edit/"):
        assert official.get(f"/cs/my/practices/{edition.document_id}/{ending}").status_code == 404
    adoption = AdoptionStepFactory().adoption
    assert official.post(f"/cs/my/practices/adoptions/{adoption.pk}/undo/").status_code == 404
    assert edition.title_cs not in text(official.get("/cs/my/practices/"))


def test_two_who_write_at_once_lose_nothing(log_in):
    client, _user = log_in("editor")
    edition = PracticeEditionFactory(lead_cs="Jejich. [1]", version=2)
    response = client.post(
        f"/cs/desk/practices/{edition.document_id}/edit/", written(lead_cs="Moje. [1]", version=1)
    )
    assert response.status_code == 409
    assert "Jejich." in text(response)
    assert "Moje." in text(response)


def test_an_old_button_is_told(log_in):
    client, _user = log_in("editor")
    edition = PracticeEditionFactory(in_review=True, version=3)
    for verb in ("publish", "send-back"):
        address = f"/cs/desk/practices/{edition.document_id}/{verb}/"
        response = client.post(address, {"version": 1, "remark": "Opravte."})
        assert response.status_code == 409
    again = {"version": response.context["remark_form"]["version"].value(), "remark": "Opravte."}
    assert client.post(address, again).status_code == 302


def test_nobody_publishes_or_assesses_their_own(log_in):
    client, user = log_in("editor")
    edition = PracticeEditionFactory(in_review=True, author=user)
    base = f"/cs/desk/practices/{edition.document_id}/"
    assert client.post(f"{base}publish/", {"version": 1}).status_code == 422
    verdicts = {f"{code}_verdict": "met" for code in Criterion.values}
    assert client.post(f"{base}assess/", {**verdicts, "version": 1}).status_code == 422
    assert not edition.assessments.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_for_three(log_in, official, membership, rows):
    for _row in range(rows):
        edition = PracticeEditionFactory(published=True, document__municipality=membership.municipality)
        AdoptionStepFactory(
            adoption__practice=edition.document, adoption__municipality=membership.municipality
        )
    desk = log_in("editor")[0]
    counts = []
    for client, address in (
        (official, "/cs/my/practices/"),
        (official, "/cs/my/practices/adoptions/"),
        (desk, "/cs/desk/practices/"),
        (desk, f"/cs/desk/practices/{edition.document_id}/ledger/"),
    ):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    with CaptureQueriesContext(connection) as queries:
        entries(membership.municipality, membership.user, timezone.now(), 30)
    assert [*counts, len(queries)] == [8, 6, 7, 8, 4]


def test_the_desk_marks_with_a_source_and_takes_back(log_in, membership):
    client, _user = log_in("editor")
    practice = PracticeEditionFactory(published=True).document
    address = f"/cs/desk/practices/{practice.pk}/adoption/?municipality={membership.municipality.code}"
    assert "odkud" in text(client.post(address, {"state": "running", "version": 0}))
    client.post(address, {"state": "running", "version": 0, "on": "3/2020", "source": "Zápis rady"})
    adoption = Adoption.objects.get()
    client.post(f"/cs/desk/practices/{practice.pk}/adoptions/{adoption.pk}/undo/", {"version": 1})
    assert not Adoption.objects.exists()


def test_the_desk_reads_the_first_of_a_long_ledger_and_marks_from_the_whole(log_in):
    practice = PracticeEditionFactory(published=True).document
    places = [AdoptionStepFactory(adoption__practice=practice).adoption.municipality for _ in range(7)]
    page, ledger = f"/cs/desk/practices/{practice.pk}/", f"/cs/desk/practices/{practice.pk}/ledger/"
    shown = re.compile(r"adoption/\?municipality=(\d+)")
    codes = [place.code for place in reversed(places)]

    editor, reader = log_in("editor")[0], log_in("administrator")[0]

    assert f'href="{ledger}?state=running">Zobrazit vše (7)' in text(editor.get(page))
    assert shown.findall(text(editor.get(page))) == codes[:5]
    assert shown.findall(text(editor.get(ledger))) == codes
    assert shown.findall(text(reader.get(ledger))) == []
    assert f'href="/cs/desk/municipalities/{places[0].slug}/"' in text(reader.get(ledger))


def test_a_ledger_changed_meanwhile_is_shown(official, membership):
    edition = PracticeEditionFactory(published=True)
    adoption = AdoptionFactory(practice=edition.document, municipality=membership.municipality, version=2)
    AdoptionStepFactory(adoption=adoption)
    response = official.post(
        f"/cs/my/practices/{edition.document_id}/adoption/",
        {"state": "dropped", "reason_cs": "Málo bytů.", "version": 1},
    )
    assert response.status_code == 409
    assert "Málo bytů." in text(response)


def test_what_came_back_waits_for_the_municipality(membership):
    edition = PracticeEditionFactory(
        document__municipality=membership.municipality,
        returned_at=timezone.now(),
        returned_by=UserFactory(editor=True),
        returned_remark="Doplňte cenu.",
    )
    (task,) = sent_back(membership.user, [membership.municipality])
    assert edition.title_cs in task.title
    assert task.note == "Doplňte cenu."


def test_the_timeline_tells_partial_dates(membership):
    edition = PracticeEditionFactory(published=True, document__municipality=membership.municipality)
    step = AdoptionStepFactory(
        adoption__practice=edition.document, adoption__municipality=membership.municipality
    )
    told = entries(membership.municipality, membership.user, timezone.now(), 10)
    assert [entry.when for entry in told] == ["", "květen 2020"]
    assert told[1].text == step.reason_cs


def test_a_practice_is_born_from_a_question_and_the_desk_reads_which(official, membership, log_in):
    question = ExchangeQuestionFactory(title="Jak ručíte majitelům?", text="Rodina Novákova dluží.")
    new = f"/cs/my/practices/new/?question={question.pk}"
    page = text(official.get(new))
    assert "Jak ručíte majitelům?" in page
    assert "Novákova" not in page
    official.post(new, written(municipality=membership.municipality.slug))
    practice = Practice.objects.get()
    assert practice.from_question == question
    editor = log_in("editor")[0]
    # Who asked is not whose practice it is.
    begun = editor.get(f"/cs/desk/practices/new/?question={question.pk}").context["form"]
    assert begun["municipality"].value() is None
    desk = text(editor.get(f"/cs/desk/practices/{practice.pk}/"))
    assert f'<a href="/cs/exchange/{question.pk}/">Jak ručíte majitelům?</a>' in desk


@pytest.mark.parametrize("number", ["0", "999999", "x"])
def test_a_question_that_is_not_there_begins_nothing(official, membership, number):
    official.post(
        f"/cs/my/practices/new/?question={number}", written(municipality=membership.municipality.slug)
    )
    assert Practice.objects.get().from_question is None


def test_nobody_proposes_for_a_municipality_that_no_longer_exists(official, membership, log_in):
    place = membership.municipality
    place.dissolved_on = date(2025, 1, 1)
    place.save()
    assert "nejednáte" in text(official.get("/cs/my/practices/new/"))
    desk = log_in("editor")[0].post("/cs/desk/practices/new/", written(municipality=place.code))
    assert "už není obcí od 1.\u00a0ledna\u00a02025" in text(desk)
    assert not Practice.objects.exists()


def test_each_missing_remark_says_of_which_criterion(log_in):
    edition = PracticeEditionFactory(in_review=True)
    verdicts = {f"{code}_verdict": "partly" for code in Criterion.values}
    address = f"/cs/desk/practices/{edition.document_id}/assess/"
    page = text(log_in("editor")[0].post(address, {**verdicts, "version": 1}))
    with override("cs"):
        for label in Criterion.labels:
            assert page.count(f"Napište, co chybí u kritéria „{label}“.") == 2


def test_the_newest_of_what_was_taken_up_stands_first(official, membership):
    own = {"adoption__municipality": membership.municipality}
    for title in ("Dávná praxe", "Nová praxe"):
        edition = PracticeEditionFactory(published=True, title_cs=title)
        AdoptionStepFactory(adoption__practice=edition.document, **own)
    page = text(official.get("/cs/my/practices/adoptions/"))
    assert page.index("Nová praxe") < page.index("Dávná praxe")


@pytest.mark.parametrize("place", ["my", "desk"])
def test_a_find_is_shown_refuses_sending_and_stays_with_a_reason(official, membership, log_in, place):
    browser = official if place == "my" else log_in("editor")[0]
    edition = PracticeEditionFactory(
        document__municipality=membership.municipality,
        author=membership.user,
        steps_cs="Volejte 777 123 456.",
    )
    address = f"/cs/{place}/practices/{edition.document_id}/"
    [one] = browser.get(address).context["hits"]
    refused = browser.post(f"{address}submit/", {"version": 1})
    assert refused.status_code == 422
    assert "V textu je „777 123 456“ (telefonní číslo)." in text(refused)
    assert browser.post(f"{address}justify/", {"find": one.key, "reason": ""}).status_code == 422
    assert browser.post(f"{address}justify/", {"find": one.key, "reason": "Linka úřadu"}).status_code == 302
    page = browser.get(address)
    assert page.context["hits"] == []
    assert "Linka úřadu" in text(page)
    assert browser.post(f"{address}submit/", {"version": 1}).status_code == 302


def test_a_find_in_why_a_practice_is_withdrawn_may_stay(log_in):
    editor, _user = log_in("editor")
    edition = PracticeEditionFactory(published=True)
    address = f"/cs/desk/practices/{edition.document_id}/withdraw/"
    sent = {"version": 1, "reason": "Ozvěte se na 777 123 456."}
    page = editor.post(address, sent)
    [one] = page.context["form"].finds
    assert list(page.context["form"].errors) == ["reason"]
    assert "Ozvěte se na 777 123 456." in text(page)
    kept = {**sent, "kept": [one.key]}
    assert list(editor.post(address, kept).context["form"].errors) == ["keep_reason"]
    assert editor.post(address, {**kept, "keep_reason": "Linka úřadu"}).status_code == 302
    edition.refresh_from_db()
    assert edition.state == "withdrawn"
