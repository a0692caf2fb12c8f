"""The taxonomy that the portal ships: whole, in two languages, and loaded once."""

import pytest
from django.utils import translation

from consultations.models import EthosGroup, TargetGroup, Topic
from consultations.requests import loading
from core.loading import Report

pytestmark = pytest.mark.django_db


def test_the_first_loading_makes_everything_and_the_second_changes_nothing():
    assert loading.load() == Report(created=39)
    assert (Topic.objects.count(), EthosGroup.objects.count(), TargetGroup.objects.count()) == (23, 4, 12)
    assert loading.load() == Report(unchanged=39)


def test_a_changed_name_is_put_right_and_nothing_else_is_touched():
    loading.load()
    Topic.objects.filter(slug="basics").update(name_cs="Jinak", name_en="Otherwise")
    assert loading.load() == Report(updated=1, unchanged=38)
    assert Topic.objects.get(slug="basics").name_cs == "Základy sociálního bydlení"


def test_a_topic_reads_in_both_languages():
    loading.load()
    topic = Topic.objects.get(slug="losing-home")
    with translation.override("en"):
        assert (topic.name, topic.description.split(":")[0]) == (
            "At risk of losing the home",
            "Eviction, arrears, violence at home, accident",
        )
    with translation.override("cs"):
        assert (topic.name, topic.description.split(":")[0]) == (
            "Hrozí ztráta bydlení",
            "Vystěhování, dluhy, násilí doma, nehoda",
        )
    assert topic.audience == ["citizen", "NGO"]


def test_a_target_group_belongs_to_its_ethos_group():
    loading.load()
    assert TargetGroup.objects.get(slug="eviction-risk").ethos.slug == "insecure"
    assert TargetGroup.objects.get(slug="seniors").ethos is None
