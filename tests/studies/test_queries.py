import pytest
from django.utils import translation

from core.loading import Source
from studies import queries
from studies.loading import SHIPPED
from tests.factories.studies import CategoryFactory, DocumentFactory, MaterialFactory


@pytest.fixture
def found(db):
    MaterialFactory.create_batch(2)
    MaterialFactory(probable=True)


def test_the_plan_counts_what_was_found(found):
    plan = queries.plan()
    assert (plan.claimed, plan.found, plan.confirmed, plan.probable, plan.missing) == (13, 3, 2, 1, 10)
    assert plan.sources[0].url == "http://www.socialnibydleni.mpsv.cz/en/190-social-housing-support-project"


def test_the_line_has_a_segment_for_each_announced_material(found):
    plan = queries.plan()
    assert plan.segments == ["confirmed"] * 2 + ["probable"] + ["missing"] * 10


def test_more_found_than_announced_leaves_none_missing():
    plan = queries.Plan(claimed=2, confirmed=2, probable=1, sources=[Source("x")])
    assert plan.missing == 0
    assert len(plan.segments) == 3


def test_the_plan_is_one_query(found, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.plan()


def test_the_shipped_records_and_the_plan_agree(db):
    from studies import loading

    loading.load()
    plan, meta = queries.plan(), SHIPPED.records["meta"]
    assert (plan.confirmed, plan.probable, plan.missing) == (
        meta["found_confirmed"],
        meta["found_probable"],
        meta["missing"],
    )


def test_what_was_announced_has_the_source_of_the_plan():
    meta = SHIPPED.records["meta"]
    assert {kind["source"] for kind in meta["announced_kinds"]} == {meta["claimed_source"]}


def test_what_was_announced_is_told_in_the_readers_language():
    with translation.override("cs"):
        assert queries.announced()[0] == "evaluační studie"
    with translation.override("en"):
        assert queries.announced()[0] == "evaluation study"


def test_the_library_is_told_shelf_by_shelf(db, django_assert_num_queries):
    full, empty = CategoryFactory(position=1), CategoryFactory(position=2)
    on_shelf, loose = DocumentFactory(category=full), DocumentFactory(category=None)
    DocumentFactory(category=None, in_library=False)
    with django_assert_num_queries(2):
        shelves = queries.library()
    assert shelves == [
        (full, [on_shelf]),
        (empty, []),
        (None, [loose]),
    ]
