"""Citations are read back by the programs that they are made for."""

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.utils import translation

from studies.exports.citations import (
    Person,
    Reference,
    as_bibtex,
    as_csl,
    as_ris,
    as_text,
    dublin_core,
    schema_org,
)
from tests.factories.material_texts import MaterialEditionFactory

TEAM = Person("Tým autorů a autorek z obcí")


def reference(**changes):
    told = {
        "key": "metodika-2",
        "title": "Metodika 100 % & další {věci} \\end",
        "title_en": "Methodology",
        "authors": (Person("Nováková", "Jana"), TEAM),
        "publisher": "MPSV",
        "published": date(2026, 11, 30),
        "edition": 2,
        "url": "https://portal.example/cs/materials/metodika_a/editions/2/",
        "abstract": "O čem to je.",
        "kind": "metodika",
        "isbn": "978-80-7421-000-0",
    }
    return Reference(**{**told, **changes})


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Lenka Máchová", Person("Máchová", "Lenka")),
        ("Máchová, Lenka", Person("Máchová", "Lenka")),
        ("Jan Amos Komenský", Person("Komenský", "Jan Amos")),
        ("Luděk Sýkora and team", Person("Luděk Sýkora and team")),
        ("MPSV", Person("MPSV")),
    ],
)
def test_a_name_is_taken_apart_and_a_team_stays_whole(name, person):
    assert Person.of(name) == person


def test_the_sentence_is_that_of_iso_690():
    with translation.override("cs"):
        said = as_text(reference(title="Metodika"))
    assert said == (
        "NOVÁKOVÁ, Jana – Tým autorů a autorek z obcí. Metodika. 2. vydání. MPSV, 2026. "
        "ISBN 978-80-7421-000-0. Dostupné z: https://portal.example/cs/materials/metodika_a/editions/2/."
    )


def test_bibtex_is_read_back():
    library = bibtexparser.parse_string(as_bibtex(reference()))
    assert library.failed_blocks == []
    [entry] = library.entries
    assert entry.key == "metodika-2"
    assert entry["author"] == "Nováková, Jana and {Tým autorů a autorek z obcí}"
    assert entry["title"] == r"Metodika 100 \% \& další věci end"
    assert entry["url"] == "https://portal.example/cs/materials/metodika_a/editions/2/"
    assert entry["year"] == "2026"


def test_ris_is_read_back():
    [entry] = rispy.loads(as_ris(reference()))
    assert entry["type_of_reference"] == "RPRT"
    assert entry["authors"] == ["Nováková, Jana", "Tým autorů a autorek z obcí"]
    assert entry["title"] == "Metodika 100 % & další {věci} \\end"
    assert entry["urls"] == ["https://portal.example/cs/materials/metodika_a/editions/2/"]
    assert entry["year"] == "2026"


def test_csl_is_understood_by_a_program_that_cites():
    source = CiteProcJSON(json.loads(as_csl(reference())))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem("metodika-2")]))
    [said] = bibliography.bibliography()
    assert "Nováková" in str(said)
    assert "2026" in str(said)


def test_dublin_core_names_every_author():
    found = list(dublin_core(reference()))
    assert [value for name, value in found if name == "DC.creator"] == [
        "Nováková, Jana",
        "Tým autorů a autorek z obcí",
    ]
    assert ("DC.date", "2026-11-30") in found


def test_schema_org_is_json_and_tells_people_from_teams():
    record = json.loads(json.dumps(schema_org(reference())))
    assert record["@context"] == "https://schema.org"
    assert [one["@type"] for one in record["author"]] == ["Person", "Organization"]
    assert record["version"] == "2"


def test_what_is_not_known_is_left_out():
    bare = reference(authors=(), isbn="", kind="", abstract="")
    assert "author" not in as_bibtex(bare)
    assert "ISBN" not in as_csl(bare)
    assert "AU  -" not in as_ris(bare)
    assert "isbn" not in schema_org(bare)


@pytest.mark.django_db
def test_a_reference_is_of_one_edition():
    edition = MaterialEditionFactory(published=True, number=1)
    with translation.override("en"):
        found = Reference.of(edition)
    assert found.authors == (Person("Nováková", "Jana"), TEAM)
    assert found.url.endswith(f"/cs/materials/{edition.document.material.slug}/editions/1/")
    assert found.publisher == "MPSV"
