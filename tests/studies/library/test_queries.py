import pytest

from studies.library.queries import by_shelf
from studies.models import Document
from tests.factories.studies import CategoryFactory, DocumentFactory

pytestmark = pytest.mark.django_db


def test_the_library_is_told_shelf_by_shelf(django_assert_num_queries):
    full, _empty = CategoryFactory(position=1), CategoryFactory(position=2)
    on_shelf, loose = DocumentFactory(category=full), DocumentFactory(category=None)
    with django_assert_num_queries(2):
        shelves = by_shelf(Document.objects.for_list())
    assert shelves == [(full, [on_shelf]), (None, [loose])]
