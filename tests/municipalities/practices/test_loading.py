"""The practices that the portal ships: each sentence with a source that the facts know."""

import re

import pytest
import yaml
from django.conf import settings

from core.documents import actions as documents
from core.documents import footnotes
from municipalities.choices import AdoptionState
from municipalities.models import Adoption, AdoptionStep, Practice, PracticeEdition
from municipalities.models.practice import SECTIONS
from municipalities.places import loading
from municipalities.practices import loading as practices_loading
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory

FACTS = loading.DATA / "municipalities.yaml"
EXPLAINERS = settings.BASE_DIR / "consultations" / "requests" / "data" / "topics.yaml"
SENTENCE_INSIDE = re.compile(r"[.!?]\s+[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]")


def shipped():
    """Return the practices of the file."""
    return practices_loading.read()


def texts(one):
    """Yield every text of a practice that makes a statement."""
    for name in ("lead", *SECTIONS):
        for code, text in (one.get(name) or {}).items():
            yield f"{one['slug']} {name} {code}", text


def test_every_sentence_ends_with_its_source():
    for one in shipped():
        for where, text in texts(one):
            for line in filter(None, (row.strip() for row in text.splitlines())):
                assert re.search(r"\[\d+\]$", line), f"{where}: {line}"
                for piece in re.split(r"(?:\s*\[\d+\])+", line):
                    assert not SENTENCE_INSIDE.search(piece.strip().removeprefix("- ")), f"{where}: {line}"
            assert footnotes.marks(text) <= set(range(1, len(one["sources"]) + 1)), where


def test_every_source_is_one_of_the_facts_and_is_used():
    known = set(re.findall(r"https?://[^\s\"';]+", FACTS.read_text() + EXPLAINERS.read_text()))
    for one in shipped():
        steps = [step for adoption in one["adoptions"] for step in adoption["steps"]]
        assert {*one["sources"], *(step["source"] for step in steps)} <= known, one["slug"]
        used = set().union(*(footnotes.marks(text) for _where, text in texts(one)))
        assert used == set(range(1, len(one["sources"]) + 1)), one["slug"]


def test_both_languages_rest_on_the_same_sources():
    for one in shipped():
        for name in ("lead", *SECTIONS):
            if said := one.get(name):
                marks = {code: footnotes.MARK.findall(said[code]) for code in ("cs", "en")}
                assert marks["cs"] == marks["en"], f"{one['slug']} {name}"


@pytest.fixture
def loaded(db):
    """The shipped practices in a country of the municipalities that they name."""
    for slug in sorted({p["municipality"] for o in shipped() for p in [o, *o["adoptions"]]} - {None}):
        MunicipalityFactory(slug=slug, pilot=True)
    return practices_loading.load()


def test_loading_again_changes_nothing(loaded):
    again = practices_loading.load()
    assert (again.created, again.updated) == (0, 0)
    assert Practice.objects.count() == len(shipped()) == 8
    assert PracticeEdition.objects.published().count() == 8
    assert yaml.safe_load(practices_loading.FILE.read_text())["practices"][0]["slug"] == shipped()[0]["slug"]


def test_brno_piloted_and_dropped_and_says_why(loaded):
    steps = AdoptionStep.objects.filter(adoption__practice__slug="rychle-zabydleni-rodin-v-brne").in_order()
    assert [(step.state, str(step.on)[:7], step.precision) for step in steps] == [
        (AdoptionState.PILOTED, "2016-04", "month"),
        (AdoptionState.DROPPED, "2019-04", "month"),
    ]
    assert "nájemníci mohli v bytech zůstat" in steps.last().reason_cs


def test_what_a_person_has_touched_stays(loaded):
    editor = UserFactory(editor=True)
    practice = Practice.objects.get(slug="vykup-jednotlivych-bytu")
    documents.new_edition(practice, by=editor)
    PracticeEdition.objects.filter(document=practice, number=1).update(title_cs="Jiný název")
    most = Adoption.objects.get(practice=practice, municipality__slug="most")
    most.steps.update(entered_by=editor, reason_cs="Jinak")

    practices_loading.load()

    assert practice.editions.get(number=1).title_cs == "Jiný název"
    assert {step.reason_cs for step in most.steps.all()} == {"Jinak"}
