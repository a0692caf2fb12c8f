import pytest
from django.utils import translation

from studies.choices import PlanState
from studies.models import Material
from studies.plan import loading, queries
from tests.factories.studies import MaterialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_the_plan_adds_up_to_thirteen_also_while_places_are_missing():
    MaterialFactory(place=2)
    MaterialFactory(place=5, state=PlanState.DRAFTED)
    MaterialFactory(unknown=True, place=6)
    MaterialFactory()
    plan = queries.plan()
    assert [row.place for row in plan.rows] == [2, 5, 6]
    assert plan.counts == "1 published, 1 in the making, 11 only announced so far"
    assert plan.segments == ["announced", "out", *["announced"] * 2, "making", *["announced"] * 8]
    assert plan.sources[0].url == "http://www.socialnibydleni.mpsv.cz/en/190-social-housing-support-project"


def test_the_plan_is_one_query(django_assert_num_queries):
    MaterialFactory.create_batch(2, unknown=True)
    with django_assert_num_queries(1):
        plan = queries.plan()
        assert (plan.counts, plan.late_without_reason) == ("13 only announced so far", 2)


def test_the_shipped_records_and_the_plan_agree():
    loading.load()
    plan, meta = queries.plan(), loading.SHIPPED.records["meta"]
    assert plan.counts == "8 published, 5 only announced so far"
    assert plan.late_without_reason == 5
    ties = [row.tie for row in plan.rows]
    assert ties.count("confirmed") == meta["found_confirmed"]
    assert ties.count("probable") == meta["found_probable"]
    assert ties.count("") == meta["missing"]


def test_what_was_announced_has_the_source_of_the_plan_and_its_materials():
    meta = loading.SHIPPED.records["meta"]
    assert {kind["source"] for kind in meta["announced_kinds"]} == {meta["claimed_source"]}
    loading.load()
    told = queries.announced(queries.plan().rows)
    assert [kind for kind, _rows in told][:2] == [
        "evaluation study",
        "comparative analysis of social housing across Europe",
    ]
    named = [row.slug for _kind, rows in told for row in rows]
    assert len(named) == len(set(named)) == 11
    others = Material.objects.exclude(slug__in=named).values_list("slug", flat=True)
    assert set(others) == {"brozura-sb-v-cr", "trinacty-material"}
    with translation.override("cs"):
        assert queries.announced([])[0] == ("evaluační studie", [])
