"""How an edition is cited: as a sentence, for programs of those who write, for machines that read pages."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.outbox import mail
from studies.choices import Kind
from studies.models import MaterialEdition

PUBLISHER = "Ministerstvo práce a sociálních věcí"
# What would end a script, or begin an entity, inside of one.
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
# Kinds as BibTeX, RIS and CSL know them; what stands for itself, not in a journal, is a report.
BIBTEX, RIS, CSL = "techreport", "RPRT", "report"


@dataclass(frozen=True)
class Person:
    """An author; `family` alone for a team or an office."""

    family: str
    given: str = ""

    @classmethod
    def of(cls, name: str) -> "Person":
        """Take apart a name as it is written: "Lenka Máchová", "Máchová, Lenka"; a team stays whole."""
        name = " ".join(name.split())
        if "," in name:
            family, given = name.split(",", 1)
            return cls(family.strip(), given.strip())
        words = name.split(" ")
        is_person = 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words)
        return cls(words[-1], " ".join(words[:-1])) if is_person else cls(name)

    @property
    def sorted_name(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True)
class Reference:
    """What a citation says of one edition."""

    key: str
    title: str
    title_en: str
    authors: tuple[Person, ...]
    publisher: str
    published: date
    edition: int
    url: str
    abstract: str
    kind: str = ""
    isbn: str = ""
    language: str = "cs"

    @classmethod
    def of(cls, edition: MaterialEdition) -> "Reference":
        """Return what is said of an edition, of a draft with the day of today."""
        material = edition.document.material
        published = timezone.localdate(edition.published_at) if edition.published_at else timezone.localdate()
        # Whoever cites it, in whichever language, cites one address.
        with override("cs"):
            url = mail.absolute(reverse("material-edition", args=[material.slug, edition.number]))
        return cls(
            key=f"{material.slug}-{edition.number}",
            title=edition.in_language("title", "cs"),
            title_en=edition.in_language("title", "en"),
            authors=tuple(Person.of(name) for name in edition.authors.splitlines() if name.strip()),
            publisher=edition.publisher or PUBLISHER,
            published=published,
            edition=edition.number,
            url=url,
            abstract=" ".join(edition.in_language("abstract", "cs").split()),
            kind=str(Kind(material.kind).label) if material.kind else "",
            isbn=edition.isbn,
        )


def as_text(reference: Reference) -> str:
    """Return a citation as ISO 690 has it, in the language of the page."""
    authors = " – ".join(_in_capitals(person) for person in reference.authors)
    parts = [
        authors,
        reference.title,
        _("%(number)s. edition") % {"number": reference.edition} if reference.edition > 1 else "",
        f"{reference.publisher}, {reference.published.year}",
        f"ISBN {reference.isbn}" if reference.isbn else "",
        _("Available at: %(url)s") % {"url": reference.url},
    ]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _in_capitals(person: Person) -> str:
    family = person.family.upper() if person.given else person.family
    return f"{family}, {person.given}" if person.given else family


def as_bibtex(reference: Reference) -> str:
    """Return a record of BibTeX in UTF-8, as BibLaTeX reads it."""
    words = {
        "title": reference.title,
        "institution": reference.publisher,
        "type": reference.kind,
        "number": str(reference.edition),
        "year": str(reference.published.year),
        "month": str(reference.published.month),
        "isbn": reference.isbn,
        "language": "czech",
        "abstract": reference.abstract,
    }
    # An address is taken as it is.
    fields = {**{name: _escaped(word) for name, word in words.items()}, "url": reference.url}
    # Braces keep the name of a team in one piece.
    names = [
        _escaped(one.sorted_name) if one.given else f"{{{_escaped(one.family)}}}" for one in reference.authors
    ]
    fields["author"] = " and ".join(names)
    said = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{BIBTEX}{{{reference.key},\n{said}\n}}\n"


def _escaped(value: str) -> str:
    """Return a value without what would end it or begin a command."""
    return re.sub(r"([%&#$_])", r"\\\1", re.sub(r"[{}\\]", "", value))


def as_ris(reference: Reference) -> str:
    """Return a record of RIS, each tag in a line of its own."""
    lines: list[tuple[str, str]] = [("TY", RIS), ("TI", reference.title)]
    lines += [("AU", person.sorted_name) for person in reference.authors]
    lines += [
        ("PB", reference.publisher),
        ("PY", str(reference.published.year)),
        ("DA", f"{reference.published:%Y/%m/%d}"),
        ("ET", str(reference.edition)),
        ("M3", reference.kind),
        ("SN", reference.isbn),
        ("UR", reference.url),
        ("LA", reference.language),
        ("AB", reference.abstract),
    ]
    said = "".join(f"{tag}  - {_in_one_line(value)}\r\n" for tag, value in lines if value)
    return f"{said}ER  - \r\n"


def _in_one_line(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).split())


def as_csl(reference: Reference) -> str:
    """Return a record of CSL-JSON, a list of one."""
    published = reference.published
    record = {
        "id": reference.key,
        "type": CSL,
        "title": reference.title,
        "author": [_csl_name(person) for person in reference.authors],
        "publisher": reference.publisher,
        "genre": reference.kind,
        "edition": str(reference.edition),
        "issued": {"date-parts": [[published.year, published.month, published.day]]},
        "ISBN": reference.isbn,
        "URL": reference.url,
        "language": reference.language,
        "abstract": reference.abstract,
    }
    return json.dumps(
        [{name: value for name, value in record.items() if value}], ensure_ascii=False, indent=1
    )


def _csl_name(person: Person) -> dict[str, str]:
    if person.given:
        return {"family": person.family, "given": person.given}
    return {"literal": person.family}


def dublin_core(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the names and values of Dublin Core for the head of a page."""
    yield "DC.title", reference.title
    for person in reference.authors:
        yield "DC.creator", person.sorted_name
    yield "DC.publisher", reference.publisher
    yield "DC.date", reference.published.isoformat()
    yield "DC.language", reference.language
    yield "DC.identifier", reference.url
    yield "DC.description", reference.abstract
    if reference.kind:
        yield "DC.type", reference.kind


def schema_org(reference: Reference) -> dict[str, Any]:
    """Return the same as schema.org has it, to be written as JSON-LD."""
    people = [
        {"@type": "Person", "name": f"{one.given} {one.family}"} if one.given
        else {"@type": "Organization", "name": one.family}
        for one in reference.authors
    ]  # fmt: skip
    record = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": reference.url,
        "url": reference.url,
        "name": reference.title,
        "alternateName": reference.title_en,
        "author": people,
        "publisher": {"@type": "GovernmentOrganization", "name": reference.publisher},
        "datePublished": reference.published.isoformat(),
        "version": str(reference.edition),
        "inLanguage": reference.language,
        "abstract": reference.abstract,
        "isbn": reference.isbn,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in record.items() if value != ""}


def json_ld(reference: Reference) -> SafeString:
    """Return schema_org() as the element of a page's head; nothing in it can end that element."""
    said = json.dumps(schema_org(reference), ensure_ascii=False).translate(IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(said))


# What a reader may take away: its ending, its type, and how it is made.
FORMATS = {
    "bib": ("application/x-bibtex; charset=utf-8", as_bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", as_ris),
    "json": ("application/vnd.citationstyles.csl+json", as_csl),
}
# How these are called.
NAMES = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
