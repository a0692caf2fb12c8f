"""Tests of the forms and buttons with which materials are kept."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.permissions import Role
from core.audit.words import history
from studies.choices import PlanState
from studies.models import Material
from studies.plan import loading
from studies.plan.actions import materials
from studies.plan.forms import MaterialForm
from tests.factories.accounts import UserFactory
from tests.factories.studies import AudienceFactory, MaterialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(log_in):
    return log_in(Role.EDITOR)[0]


def sent(row, **typed):
    """Return what the form of a material sends, some of it typed over."""
    form = MaterialForm(material=row, initial=MaterialForm.initial_of(row))
    words = {name: form[name].value() for name in form.fields} | typed
    return {name: word for name, word in words.items() if word not in (None, "", [])}


def edit(row):
    return reverse("desk-material-edit", args=[row.pk])


def test_a_material_is_written_down_with_all_that_is_known(client):
    readers, owner = AudienceFactory(), UserFactory(role=Role.CONSULTANT)
    typed = {
        "title_cs": "Průvodce nájmem", "place": "5", "kind": "handbook", "audience": [readers.pk],
        "topics_cs": "nájem\ndluhy", "topics_en": "rent\ndebts", "planned": "6/2027", "owner": owner.pk,
        "updated": "2025",
    }  # fmt: skip
    response = client.post(reverse("desk-material-new"), typed)
    row = Material.objects.get()
    assert response["Location"] == row.get_desk_url()
    assert (row.place, row.owner, row.topics_en) == (5, owner, ["rent", "debts"])
    assert (str(row.planned_on), row.planned_precision) == ("2027-06-01", "month")
    assert (str(row.updated_on), row.updated_precision) == ("2025-01-01", "year")
    page = client.get(row.get_desk_url()).content.decode()
    assert owner.name in page
    assert "Průvodce nájmem" in client.get("/cs/materials/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Only a place of the plan may be without one"),
        ({"title_cs": "A", "planned": "someday"}, "Write a year, a month or a day"),
        ({"title_cs": "A", "year": "2099"}, "This year is yet to come."),
        ({"title_cs": "A", "place": "2"}, "Select a valid choice"),
        ({"title_cs": "A", "place": "14"}, "Select a valid choice"),
        (
            {"title_cs": "A", "place": "3", "planned": "2020"},
            "It is late, and the plan is public: write why.",
        ),
        ({"title_cs": "A", "owner": "987654"}, "Select a valid choice"),
        ({"title_cs": "A", "topics_cs": "a", "topics_en": "a\nb"}, "as many topics as in Czech"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(client, typed, said):
    MaterialFactory(place=2)
    response = client.post(reverse("desk-material-new"), {**typed, "abstract_cs": "O nájmu."})
    content = response.content.decode()
    assert (response.status_code, said in content, "O nájmu." in content) == (422, True, True)
    assert Material.objects.count() == 1


def test_every_shipped_record_sent_as_it_is_changes_nothing(client):
    loading.load()
    for row in Material.objects.exclude(state=PlanState.ANNOUNCED):
        page = client.post(edit(row), sent(row), follow=True).content.decode()
        assert "Nothing was changed." in page, row.slug
        assert history(row) == []


def test_a_shipped_record_is_corrected_and_the_history_shows_and_undoes_it(client):
    row, readers = MaterialFactory(planned_on=date(2027, 1, 1), planned_precision="year"), AudienceFactory()
    client.post(edit(row), sent(row, pages="14", planned="3/2027", audience=[readers.pk]))
    row.refresh_from_db()
    assert (row.pages, row.planned_precision) == (14, "month")
    content = client.get(f"{row.get_desk_url()}?tab=history").content.decode()
    assert "<ins>14</ins>" in content
    assert "<ins>the month</ins>" in content
    assert f"<ins>{readers.name_en}</ins>" in content
    [change] = history(row)
    client.post(reverse("desk-material-put-back", args=[row.pk, change.entry.pk]), {"version": 2})
    row.refresh_from_db()
    assert (row.pages, row.planned_precision) == (None, "year")


def test_a_colleague_who_was_quicker_is_told_of_and_what_was_typed_counts_then(client):
    row = MaterialFactory()
    typed = sent(row, note_cs="Moje")
    colleague = UserFactory(role=Role.COORDINATOR)
    materials.change(Material.objects.get(), words={"note_cs": "Její"}, sets={}, version=1, by=colleague)
    response = client.post(edit(row), typed)
    assert response.status_code == 409
    assert "colleague has changed this meanwhile" in response.content.decode()
    client.post(edit(row), {**typed, "version": 2})
    row.refresh_from_db()
    assert row.note_cs == "Moje"


def test_a_button_says_why_it_is_off_and_goes_on_when_nothing_is_lacking(client):
    row = MaterialFactory(state=PlanState.ANNOUNCED, kind="")
    content = client.get(row.get_desk_url()).content.decode()
    assert "Write of which kind it is." in content
    address = reverse("desk-material-go", args=[row.pk, "published"])
    assert "Write of which kind it is." in client.post(address, {"version": 1}, follow=True).content.decode()
    ready = MaterialFactory(state=PlanState.FINISHING)
    client.post(reverse("desk-material-go", args=[ready.pk, "published"]), {"version": 1})
    ready.refresh_from_db()
    assert ready.state == PlanState.PUBLISHED
    assert "noted that it is published" in client.get(f"{ready.get_desk_url()}?tab=history").content.decode()


def test_a_material_is_put_away_and_taken_up(client):
    row = MaterialFactory()
    address = reverse("desk-material-use", args=[row.pk])
    client.post(address, {"version": 1, "put-away": "1"})
    assert row.name not in client.get(reverse("desk-materials")).content.decode()
    assert row.name in client.get(reverse("desk-materials"), {"state": "away"}).content.decode()
    page = client.post(address, {"version": 2, "take-up": "1"}, follow=True).content.decode()
    assert "The material is offered again." in page


def test_whoever_only_reads_sees_no_buttons(log_in):
    client, _user = log_in(Role.ADMINISTRATOR)
    row = MaterialFactory()
    content = client.get(row.get_desk_url()).content.decode()
    assert "Another one takes its place" not in content
    assert client.get(edit(row)).status_code == 403
