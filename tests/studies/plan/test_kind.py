import pytest
from django.test import Client
from django.urls import reverse

from core import search
from studies.models import Audience
from tests.factories.studies import AudienceFactory, MaterialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(log_in):
    return log_in("editor")[0]


def materials(**query):
    return Client().get("/cs/materials/", query).content.decode()


def test_whom_materials_are_for_is_added_and_renamed(client):
    mayors = AudienceFactory(slug="mayors", name_cs="starostové", name_en="mayors")
    row = MaterialFactory(audience=[mayors])
    client.post(reverse("desk-material-audience-new"), {"name_cs": "školy", "name_en": "schools"})
    assert list(Audience.objects.values_list("slug", flat=True)) == ["mayors", "schools"]
    names = {"name_cs": "vedení obcí", "name_en": "leaders", "version": 1}
    page = client.post(reverse("desk-material-audience-edit", args=[mayors.pk]), names, follow=True)
    assert "Název česky:</span> <del>starostové</del>" in page.content.decode()
    assert "vedení obcí" in Client().get(f"/cs/materials/{row.slug}/").content.decode()
    assert [hit.object_id for hit in search.find("vedení", scope=search.PUBLIC).hits] == [row.pk]


def test_a_retired_one_stays_with_its_materials_and_is_offered_no_more(client):
    mayors, _other = AudienceFactory(name_cs="starostové"), AudienceFactory()
    row = MaterialFactory(audience=[mayors])
    client.post(reverse("desk-material-audience-use", args=[mayors.pk]), {"version": "1", "retire": "1"})
    page = materials()
    assert ("starostové</span>" in page, "starostové</option>" in page) == (True, False)
    assert "už se nepoužívá" not in page + Client().get(f"/cs/materials/{row.slug}/").content.decode()


def test_two_are_merged_and_the_old_address_leads_on(client):
    old, new = AudienceFactory(slug="mayors"), AudienceFactory(slug="leaders", name_cs="vedení obcí")
    both, one = MaterialFactory(audience=[old, new]), MaterialFactory(audience=[old])
    other = MaterialFactory()
    page = client.get(reverse("desk-material-audience-merge", args=[old.pk])).content.decode()
    assert "Odborné materiály: <strong>2</strong>" in page
    client.post(reverse("desk-material-audience-merge", args=[old.pk]), {"version": 1, "into": new.pk})
    assert [list(row.audience.all()) for row in (both, one)] == [[new], [new]]
    page = materials(audience="mayors")
    assert (one.slug in page, other.slug in page) == (True, False)
    assert '<option value="leaders" selected>vedení obcí</option>' in page
    assert "Pro koho: vedení obcí" in " ".join(page.split())
    assert search.find("vedení", scope=search.PUBLIC).count == 2
    client.post(reverse("desk-material-audience-use", args=[old.pk]), {"version": "2", "take-up": "1"})
    assert old not in Audience.objects.in_use()
    assert "take-up" not in client.get(reverse("desk-material-audiences")).content.decode()
