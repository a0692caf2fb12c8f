"""Every value, sentence and source of the shipped data stands on its municipality's page, in both tongues."""

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format

from core.loading import Source
from core.loading.sources import in_words
from core.templatetags.ui import number
from municipalities.choices import EXPLAINED, Approach, Kind
from municipalities.places import loading, profile
from tests.municipalities.places.test_loading import few
from tests.reading import not_known

pytestmark = pytest.mark.django_db
DATA = loading.read()
TEXTS = (
    "start_note", "end_note", "total_cost_note", "own_share_note", "flats_note",
    "concept_note", "name", "concept_title",
)  # fmt: skip
PLAIN = ("name", "name_en", "nuts3", "district_cs", "district_code", "orp", "lau2_code", "city_district_code")
MONEY = ("total_cost_czk", "grant_czk", "eu_grant_czk", "national_public_czk", "own_share_czk")
# Keys by which a value is only found or told apart: it is told by another value, or is no fact.
TOLD_ELSEWHERE = {"slug", "region_cs", "region_en"}


def in_language(text: str, language: str) -> str:
    return loading.SHIPPED.texts.get(text, text) if language == "cs" else text


def told(source: str, language: str) -> Iterator[str]:
    """Yield a source as its reader meets it; how it was gathered stands on the page of credits alone."""
    words = in_words(Source(in_language(source, language), source if source.startswith("http") else ""))
    if words:
        yield words.url or words.name


def expected(pilot: dict, language: str) -> Iterator[str]:
    """Yield what a page has to show of one record of the file."""
    found = pilot["programme"]
    yield from (pilot[name] for name in PLAIN if pilot[name])
    yield pilot[f"region_{language}"]
    yield str(Kind(pilot["kind"]).label)
    yield from (number(pilot[f"population_{year}"]) for year in (2018, 2019) if pilot[f"population_{year}"])
    yield from (number_format(Decimal(str(pilot[name])), 4) for name in ("latitude", "longitude"))
    yield from filter(None, (pilot["website"], pilot["source"]))
    notes = ("disambiguation", "lau2_note", "unverified")
    yield from (in_language(pilot[name], language).rstrip(".") for name in notes if pilot.get(name))
    yield from (in_language(found[name], language) for name in TEXTS if found.get(name))
    yield from filter(None, (found["registration_number"],))
    yield from (
        str(profile.partial(found[name])) for name in ("start", "end", "concept_approved") if found[name]
    )
    yield from (profile.money(Decimal(str(found[name]))) for name in MONEY if found.get(name) is not None)
    counts = (found["flats_count"], found["households_supported"])
    yield from (f"<dd>\n        {number(count)}" for count in counts if count is not None)
    for key in found["approaches"]:
        yield from (str(Approach(key).label).capitalize(), str(EXPLAINED[Approach(key)]))
    yield from (in_language(group, language) for group in found["target_groups"])
    for fact in found["facts"]:
        yield in_language(fact["text"], language)
        for source in fact["source"].split(" ; "):
            yield from told(source, language)
    if pilot["population_2019"]:
        yield from told(loading.SHIPPED.records["meta"]["population_source"], language)
    yield loading.SHIPPED.records["meta"]["list_source"]


def shown(client, address: str) -> str:
    """Return a page's HTML with its entities and non-breaking spaces as a reader takes them."""
    html = unescape(client.get(address).content.decode()).replace("\u00a0", " ")
    return re.sub(r"(?<=<dd>)\s+", "\n        ", html)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_nothing_of_the_data_is_lost(client, language):
    loading.load(few())
    missing = []
    for pilot in DATA.pilots:
        with translation.override(language):
            html = shown(client, reverse("municipality", args=[pilot["slug"]]))
            wanted = [text.replace("\u00a0", " ") for text in expected(pilot, language)]
        missing += [f"{pilot['slug']}: {text}" for text in wanted if text.lower() not in html.lower()]
    assert missing == []


def test_what_is_not_verified_is_said_once_and_folded(client):
    loading.load(few())
    with translation.override("en"):
        html = shown(client, reverse("municipality", args=["velke-hamry"]))
    terms = {"Project", "Registration number", "Began", "Ended", "Households supported"}
    assert terms <= set(not_known(html))
    assert "Total cost" in not_known(html)
    assert "not known" not in html
    with translation.override("en"):
        district = shown(client, reverse("municipality", args=["praha-7"]))
    assert {"Inhabitants", "Figures"} <= set(not_known(district))


def test_every_key_of_the_file_is_looked_for():
    seen = {*PLAIN, *TEXTS, *MONEY, *TOLD_ELSEWHERE, "kind", "population_2018", "population_2019", "latitude"}
    seen |= {"longitude", "website", "source", "website_source", "city_district_code_source", "unverified"}
    seen |= {"disambiguation", "lau2_note", "programme", "registration_number", "start", "end", "facts"}
    seen |= {"concept_approved", "flats_count", "households_supported", "approaches", "target_groups"}
    assert seen >= loading.PILOT_KEYS | {*loading.PROGRAMME_KEYS}
