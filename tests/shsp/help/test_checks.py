"""What a text of the guided page has to be."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from shsp.help.checks import checks_of
from shsp.help.content import shipped_texts

pytestmark = pytest.mark.usefixtures("in_english")


def errors(key: str, text: str, before: str = "") -> list[str]:
    found = []
    for check in checks_of(key, before):
        try:
            check(text)
        except ValidationError as error:
            found += error.messages
    return found


def test_every_shipped_text_passes():
    assert {key: errors(key, text, text) for key, text in shipped_texts().items() if text} == {
        key: [] for key, text in shipped_texts().items() if text
    }


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("words.danger.cs", "Volejte {112"),
        ("words.danger.cs", "Volejte {hned}"),
        ("words.title.uk", "Слово [česky"),
        ("words.merged.cs", "%(before)s už není."),
        ("words.merged.cs", "%(before)s je dnes %(after)s z 50 %."),
        ("words.title.cs", "Pomoc pro %(name)s"),
        ("lines.seniors.number", "osm set"),
        ("cards.advice.website", "http://example.org"),
        ("cards.advice.website", "https://example.org/ a"),
        ("cards.advice.website", "javascript:alert(1)"),
        ("sources.tzb.as_of", "2026-13"),
        ("sources.tzb.as_of", "loni"),
        ("facts.checked_on", "2026-11"),
    ],
)
def test_what_is_wrong_is_told(key, text):
    assert len(errors(key, text)) == 1


@time_machine.travel("2026-11-30")
def test_no_day_is_still_to_come():
    assert errors("facts.checked_on", "2026-12-01") == ["Write a day that has begun: 2026-02-19."]
    assert errors("facts.checked_on", "2026-11-30") == []


def test_an_address_that_stands_there_already_may_stay():
    old = "http://www.socialnibydleni.mpsv.cz/cs/"
    assert errors("sources.actors.url", old, old) == []
