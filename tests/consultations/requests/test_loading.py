"""The taxonomy that the portal ships: whole, in two languages, and loaded once."""

import copy

import pytest
from django.utils import timezone, translation

from consultations.models import Audience, EthosGroup, TargetGroup, Topic
from consultations.requests import loading
from core.loading import Report

pytestmark = pytest.mark.django_db


def test_the_first_loading_makes_everything_and_the_second_changes_nothing():
    assert loading.load() == Report(created=44)
    counts = [model.objects.count() for model in (Topic, EthosGroup, TargetGroup, Audience)]
    assert counts == [23, 4, 12, 5]
    assert loading.load() == Report(unchanged=44)


def test_a_newer_release_leaves_alone_what_was_changed_here(monkeypatch):
    loading.load()
    now = timezone.now()
    Topic.objects.filter(slug="basics").update(name_cs="Jinak", retired_at=now)
    TargetGroup.objects.filter(slug="seniors").update(name_en="Older people")
    Audience.objects.filter(slug="citizen").update(name_cs="lidé v nouzi", retired_at=now)
    newer = copy.deepcopy(loading.read())
    newer["request_taxonomy"][0] |= {"name_cs": "Úvod", "name_en": "Introduction"}
    seniors = next(group for group in newer["target_groups"] if group["slug"] == "seniors")
    seniors |= {"name_cs": "Lidé nad 65 let", "name_en": "People over 65"}
    newer["audiences"][0] |= {"name_cs": "lidé bez bytu", "name_en": "people without a home"}
    monkeypatch.setattr(loading, "read", lambda: newer)
    assert loading.load() == Report(updated=3, unchanged=41)
    topic, group = Topic.objects.get(slug="basics"), TargetGroup.objects.get(slug="seniors")
    assert (topic.name_cs, topic.name_en, topic.retired_at) == ("Jinak", "Introduction", now)
    assert (group.name_cs, group.name_en) == ("Lidé nad 65 let", "Older people")
    audience = Audience.objects.get(slug="citizen")
    assert (audience.name_cs, audience.name_en, audience.retired_at) == (
        "lidé v nouzi",
        "people without a home",
        now,
    )


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
