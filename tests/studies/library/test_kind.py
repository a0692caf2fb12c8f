import pytest
from django.urls import reverse

from core import search
from studies.models import Category
from tests.factories.studies import CategoryFactory, DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(log_in):
    return log_in("editor")[0]


def test_a_shelf_is_added_renamed_and_its_documents_are_found_by_its_name(client):
    names = {"name_cs": "Judikatura", "name_en": "Case law"}
    client.post(reverse("desk-shelf-new"), names)
    shelf = Category.objects.get()
    row = DocumentFactory(category=shelf)
    client.post(reverse("desk-shelf-edit", args=[shelf.pk]), {**names, "name_cs": "Rozsudky", "version": 1})
    assert [hit.object_id for hit in search.find("rozsudky", scope=search.PUBLIC).hits] == [row.pk]


def test_a_shelf_on_which_documents_stand_stays(client):
    full, empty = DocumentFactory().category, CategoryFactory()
    for shelf in (full, empty):
        client.post(reverse("desk-shelf-use", args=[shelf.pk]), {"version": "1", "retire": "1"})
    assert list(Category.objects.in_use()) == [full]
