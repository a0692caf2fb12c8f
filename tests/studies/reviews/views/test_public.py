"""The public page of the expert group."""

import pytest

from studies.choices import RoundResult
from tests.factories.reviews import ExpertFactory, ReviewRoundFactory

pytestmark = pytest.mark.django_db


def page(client, language="cs"):
    return client.get(f"/{language}/expert-group/").content.decode()


def test_nothing_is_invented_where_nobody_is_known(client):
    ExpertFactory()
    assert "Jména členů neznáme" in page(client)
    assert "We do not know the members’ names" in page(client, "en")


def test_a_public_statement_is_read_with_its_votes(client):
    said = {"statement_cs": "Text doporučujeme.", "votes_for": 5, "votes_against": 1, "votes_abstained": 0}
    shown = ReviewRoundFactory(closed=True, is_statement_public=True, **said)
    hidden = {"statement_cs": "Neveřejné.", "result": RoundResult.NOT_RECOMMENDED}
    ReviewRoundFactory(closed=True, **hidden)
    text = page(client)
    assert ("Text doporučujeme." in text, "hlasy: pro 5, proti 1, zdrželo se 0" in text) == (True, True)
    assert shown.material.name in text
    assert "Neveřejné." not in text
    assert '<div lang="cs">' in page(client, "en")
