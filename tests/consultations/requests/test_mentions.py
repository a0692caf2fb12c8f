"""Colleagues whom a note names."""

import time

import pytest

from consultations.requests.mentions import mentionable, mentioned_in
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    """Two of one surname, one of another, and those who cannot be mentioned."""
    UserFactory(name="Jana Nová")
    UserFactory(name="Petr Nová-Šťastný", editor=True)
    UserFactory(name="Žofie Dvořáková", coordinator=True)
    UserFactory(name="Jana Odešlá", is_active=False)
    UserFactory(name="Jana Úřední", official=True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Jana Nová, podívej se prosím", ["Jana Nová"]),
        ("Co na to @jana nova? A @ZOFIE?", ["Jana Nová", "Žofie Dvořáková"]),
        ("(@Nová)", ["Jana Nová", "Petr Nová-Šťastný"]),
        ("@Jana", ["Jana Nová"]),
        ("@stastny to ví", ["Petr Nová-Šťastný"]),
        ("@Dvořáková Žofie", ["Žofie Dvořáková"]),
        ("Napište na jana@nova.example.org nebo jana.@nova", []),
        ("@ Jana, @Nikdo", []),
        ("Jana Nová se ptala", []),
        ("", []),
    ],
)
def test_by_whole_names_and_by_parts_of_them(text, names):
    assert [user.name for user in mentioned_in(text)] == names


def test_only_active_colleagues_who_may_read_requests_are_offered():
    assert [user.name for user in mentionable()] == ["Jana Nová", "Petr Nová-Šťastný", "Žofie Dvořáková"]


def test_without_a_mention_nobody_is_looked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert mentioned_in("Bez zmínky, jen adresa jana@example.org.") == []


def test_a_text_full_of_mentions_is_read_at_once():
    for number in range(20):
        UserFactory(name=f"Jana {number}")
    started = time.perf_counter()
    assert mentioned_in("@x " * 3000) == []
    assert len(mentioned_in(" ".join(f"@jana {number % 20}" for number in range(1500)))) == 20
    # Each mention compared with each name for each name took seconds.
    assert time.perf_counter() - started < 1
