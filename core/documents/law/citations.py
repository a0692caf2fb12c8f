"""A citation as it is typed, taken apart into the act and the place: who cites one place shares one row."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from core.documents.law.models import Provision

LONGEST = 160

# "zákona č. 108/2006 Sb.", "z. č. 108/2006", "nařízení vlády č. 595/2006 Sb.", "128/2000 Sb."
_ACT = re.compile(
    r"""(?P<word>\b(?:zák\w*\.?|z\.|vyhl\w*\.?|naříz\w+(?:\s+vlády)?|nař\.(?:\s*vl\.)?|n\.\s*v\.|usnesení)\s*
            (?:č\.|čís\.|číslo)?\s*)?
        (?P<number>\d{1,4})\s*/\s*(?P<year>1[89]\d\d|20\d\d)\b
        (?P<collection>\s*Sb\b\.?(?P<treaty>\s*m\.\s*s\.)?)?""",
    re.IGNORECASE | re.VERBOSE,
)
# Which acts have changed one since is no part of its name.
_AS_CHANGED = re.compile(r",?\s*(?:ve znění|v platném znění|v účinném znění)\b.*", re.IGNORECASE)
# Acts of the Union and files of courts have numbers that look alike, and are in another collection.
_ELSEWHERE = re.compile(r"\b(?:EU|ES|EHS)\b|sp\.\s*zn\.|č\.\s*j\.", re.IGNORECASE)
# The parts of a place, from the whole to the smallest: how each is typed, and how it is written.
_UNITS = {
    "příloha č.": r"přílo[hz]\w*\s*(?:č\.)?",
    "čl.": r"čl\.?|článe?k\w*",
    "§": r"§+|paragraf\w*",
    "odst.": r"odst\w*\.?",
    "písm.": r"p[ií]sm\w*\.?",
    "bod": r"bod\w*",
    "věta": r"vět\w+",
}
_UNIT = "|".join(f"(?:{typed})" for typed in _UNITS.values())
_LETTER = r"[a-z]{1,2}\)|(?:(?<=m\s)|(?<=m\.\s)|(?<=m\.))[a-z]{1,2}\b"
_SENTENCE = r"(?:prvn|druh|třet|čtvrt|pát|posledn)\w+"
_VALUE = rf"\d+[a-z]{{0,2}}\b|[IVXLC]+\b|{_LETTER}|{_SENTENCE}|násl\.?"
_JOINED = r",|\baž\b|\ba\b|\bnebo\b|–|-"
_PLACE = re.compile(rf"(?:(?:{_UNIT}|{_VALUE}|{_JOINED})\s*)+", re.IGNORECASE)
_ONE_UNIT = re.compile(_UNIT, re.IGNORECASE)
_SECTIONS = re.compile(r"(?:§|čl\.) ((?:(?:\d+[a-z]{0,2}|[IVXLC]+)(?: až |, | a | nebo )?)+)")
_SEVERAL = re.compile(r",| až | a | nebo ")


class Cited(NamedTuple):
    """An act by its number in the collection, and a place in it, "" for the whole; one of them is there."""

    act: str
    place: str


def tidy(citation: str) -> str:
    """Return a citation in one line, as long as is kept."""
    return " ".join(citation.split())[:LONGEST].strip()


def taken_apart(citation: str) -> Cited:
    """Return what a citation names; one that is not understood is a place as it stands, in no act."""
    text = tidy(citation)
    words = _AS_CHANGED.sub("", text)
    act = _act_in(words)
    if act is None:
        return Cited("", text)
    collection = "Sb. m. s." if act["treaty"] else "Sb."
    place = _place_in(f"{words[: act.start()]} ; {words[act.end() :]}")
    return Cited(f"{int(act['number'])}/{act['year']} {collection}", place)


def _act_in(text: str) -> re.Match[str] | None:
    """Return where a text names its act; None where it names none, several, or one of another collection."""
    found = [match for match in _ACT.finditer(text) if match["word"] or match["collection"]]
    return found[0] if len(found) == 1 and not _ELSEWHERE.search(text) else None


def _place_in(text: str) -> str:
    """Return the place that a text names, written as law is cited: the paragraph before its parts."""
    runs = [run.group() for run in _PLACE.finditer(text) if _ONE_UNIT.search(run.group())]
    return _written(" ".join(runs)) if runs else ""


def _written(run: str) -> str:
    starts = [match.start() for match in _ONE_UNIT.finditer(run)]
    ends = [*starts[1:], len(run)]
    parts = [_part(run[start:end]) for start, end in zip(starts, ends, strict=True)]
    parts = [(unit, values) for unit, values in parts if values]
    units = [unit for unit, _values in parts]
    if len(set(units)) == len(units):
        parts.sort(key=lambda part: list(_UNITS).index(part[0]))
        return " ".join(f"{unit} {values}" for unit, values in parts)
    told = [
        f"{', ' if unit in units[:place] else ' '}{unit} {values}"
        for place, (unit, values) in enumerate(parts)
    ]
    return "".join(told).strip()


def _part(text: str) -> tuple[str, str]:
    """Return one unit of a place with its values: "§33a-35" is "§" with "33a až 35"."""
    typed = _ONE_UNIT.match(text)
    unit = next(name for name, form in _UNITS.items() if re.match(form, text, re.IGNORECASE))
    values = text[typed.end() if typed else 0 :].strip(" ,")
    values = re.sub(r"\s*[–-]\s*", " až ", values)
    values = re.sub(r"\s*,\s*", ", ", values)
    values = re.sub(r"\s+(?:a|nebo|až)?$", "", " ".join(values.split()))
    if unit == "písm.":
        values = re.sub(r"\b([a-z]{1,2})\b(?!\))", _lettered, values)
    return unit, values


def _lettered(match: re.Match[str]) -> str:
    """Return a letter with its bracket; an "a" between two of them joins them."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    is_joining = match.group() == "a" and before.strip() and after.strip()
    return match.group() if is_joining else f"{match.group()})"


def touches(changed: str, cited: str) -> bool:
    """Tell whether a change at one place of an act concerns a text that cites another place of it.

    A place covers all that is finer, and who cites a paragraph rests on its parts; who cites the act as a
    whole rests on none of its places.
    """
    if "" in (changed, cited):
        return not changed
    if _SEVERAL.search(changed) or _SEVERAL.search(cited):
        return bool(_sections(changed) & _sections(cited))
    return f"{changed} ".startswith(f"{cited} ") or f"{cited} ".startswith(f"{changed} ")


def _sections(place: str) -> set[str]:
    """Return the numbers of the paragraphs that a place names, those of a range with them."""
    found: set[str] = set()
    for run in _SECTIONS.findall(place):
        for one in re.split(r", | a | nebo ", run.strip()):
            first, _until, last = one.partition(" až ")
            if last.isdigit() and first.isdigit() and int(last) - int(first) < 1000:
                found.update(str(number) for number in range(int(first), int(last) + 1))
            else:
                found.update(filter(None, (first.strip(), last.strip())))
    return found


def provision_of(citation: str) -> Provision:
    """Return the row of what a citation names, made where there is none yet."""
    return provisions_of([citation])[0]


def provisions_of(citations: Iterable[str]) -> list[Provision]:
    """Return the row of each citation, made where there is none; the queries do not grow with them.

    One that was merged into another leads to that.
    """
    typed = [(citation, taken_apart(citation)) for citation in citations]
    found = _rows(cited for _text, cited in typed)
    missing = {cited: tidy(text) for text, cited in reversed(typed) if cited not in found}
    if missing:
        new = [Provision(act=one.act, place=one.place, citation=text) for one, text in missing.items()]
        # Somebody else may write the same this moment.
        Provision.objects.bulk_create(new, ignore_conflicts=True)
        found |= _rows(missing)
    return [found[cited] for _text, cited in typed]


def _rows(wanted: Iterable[Cited]) -> dict[Cited, Provision]:
    cited = set(wanted)
    acts, places = {one.act for one in cited}, {one.place for one in cited}
    rows = Provision.objects.filter(act__in=acts, place__in=places).select_related("merged_into")
    return {Cited(row.act, row.place): row.merged_into or row for row in rows}
