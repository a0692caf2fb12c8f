"""The signed key of a form: random, dated, and nobody's to make up."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from consultations.requests import form_keys


def test_a_key_tells_its_age_and_nothing_repeats():
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        signed = [form_keys.new_key() for _ in range(100)]
    read = [form_keys.read_key(key) for key in signed]
    assert len({key.value for key in read}) == 100
    assert all(len(key.value) == 32 and 299 <= key.age <= 302 for key in read)


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1], lambda key: "x" + key, lambda key: key.replace(":", ";")]
)
def test_a_key_that_was_changed_is_none_of_ours(change):
    assert form_keys.read_key(change(form_keys.new_key())) is None


@pytest.mark.parametrize("text", ["", ":", "::", "\x00", "a" * 100_000, "č:1:2"])
def test_rubbish_is_none_of_ours(text):
    assert form_keys.read_key(text) is None


def test_fresh_and_old_are_told_by_the_settings(settings):
    settings.ASK_MIN_SECONDS, settings.ASK_KEY_HOURS = 2, 24
    assert [form_keys.Key("x", age).is_too_fresh for age in (0, 1.9, 2, 100)] == [True, True, False, False]
    assert [form_keys.Key("x", age).is_too_old for age in (2, 86_400, 86_401)] == [False, False, True]
