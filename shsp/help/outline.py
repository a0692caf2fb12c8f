"""The texts of the guided page as an editor meets them: in parts, each text in its four readings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import shorten

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from shsp.help.content import OWN_LINE, READING_KEYS

# What is said where a reader looks first, apart from labels and buttons.
_SAID = {
    "title", "lead", "danger", "not_kept", "first", "order", "before_going", "bring", "bring_anyway", "law",
    "law_note", "published", "lines", "more_lines", "lines_free", "sources", "safe",
}  # fmt: skip
_STEP = re.compile(r"steps\.(\d+)$")
LABELS: dict[str, str | Promise] = {
    "name": pgettext_lazy("of a thing", "Name"),
    "number": gettext_lazy("Telephone number"),
    "nonstop": gettext_lazy("Day and night"),
    "whom": gettext_lazy("For whom"),
    "title": gettext_lazy("heading"),
    "text": gettext_lazy("Text"),
    "text_lost": gettext_lazy("Text for those without a home"),
    "say": gettext_lazy("What to say there"),
    "bring": gettext_lazy("What to bring"),
    "website": gettext_lazy("Website"),
    "checked_on": gettext_lazy("The day on which the law was looked up"),
    "as_of": gettext_lazy("Of which day it speaks"),
    "url": gettext_lazy("Web address"),
}


@dataclass(frozen=True)
class Text:
    """One text: what it is, and its keys, four where it is written in four readings."""

    label: str
    keys: tuple[str, ...]

    @property
    def is_read(self) -> bool:
        return len(self.keys) > 1


@dataclass
class Part:
    """What is written on one page; `key` names it in its address."""

    key: str
    legend: str
    help: str = ""
    texts: list[Text] = field(default_factory=list)


# Places whose cards have the same name.
_WHERE: dict[str, str | Promise] = {
    "own_extended": gettext_lazy("a municipality with extended powers"),
    "own": gettext_lazy("another town"),
    "village": gettext_lazy("a small municipality"),
}
# In this order: what changes most often first.
_ORDER = ("lines", "situations", "cards", "facts", "soon", "said", "words", "sources")


def outline(texts: Mapping[str, str]) -> list[Part]:
    """Return all texts by their keys as parts, what changes most often first."""
    found: dict[tuple[str, str], Part] = {}
    for stem, keys in _stems(texts).items():
        group = _group(stem)
        part = found.setdefault(
            group, Part(".".join(filter(None, group)), _legend(*group, texts), _help(*group))
        )
        part.texts.append(Text(_label(stem, texts), keys))
    return [found[group] for group in sorted(found, key=lambda group: _ORDER.index(group[0]))]


def _stems(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the texts without their reading, each with its keys."""
    stems: dict[str, tuple[str, ...]] = {}
    for key in texts:
        stem, _dot, last = key.rpartition(".")
        name = stem if last in READING_KEYS else key
        stems[name] = (*stems.get(name, ()), key)
    return stems


def _group(stem: str) -> tuple[str, str]:
    """Return the part that a text belongs to: which kind of part, and which of them."""
    name, _dot, rest = stem.partition(".")
    if name == "words":
        return ("said", "") if rest in _SAID else ("words", "")
    if name == "general":
        return "situations", ""
    return (name, rest.split(".")[0]) if name in ("lines", "situations", "cards") else (name, "")


def _legend(name: str, which: str, texts: Mapping[str, str]) -> str:
    if name == "lines":
        line = texts.get(f"lines.{which}.name")
        return _("Crisis line: %(name)s") % {"name": line} if line else _("Add a crisis line")
    if name == "situations":
        what = _plain(texts, f"situations.{which}.name") if which else _("nothing was chosen")
        return _("Situation: %(name)s") % {"name": what}
    if name == "cards":
        name = _plain(texts, f"cards.{which}.title").removesuffix(": %(name)s")
        found = f"{name} ({_WHERE[which]})" if which in _WHERE else name
        return _("Place to turn to: %(name)s") % {"name": found}
    legends = {
        "facts": _("Help and benefits by law"),
        "soon": _("How soon somebody loses their home"),
        "said": _("Headings and sentences of the page"),
        "words": _("Labels, buttons and messages"),
        "sources": _("Sources, and of which day they speak"),
    }
    return legends[name]


def _help(name: str, which: str) -> str:
    if name == "lines" and which.startswith(OWN_LINE.rpartition(".")[2]):
        return _("It stands among the other lines. To remove it, empty its number.")
    if name == "lines":
        return _("To remove the line, empty its number.")
    return _("When you have looked a law up again, write that day here.") if name == "facts" else ""


def _label(stem: str, texts: Mapping[str, str]) -> str:
    last = stem.rpartition(".")[2]
    if step := _STEP.search(stem):
        return _("Step %(number)s") % {"number": int(step[1]) + 1}
    if stem.startswith(("words.", "facts.facts.")):
        return shorten(_plain(texts, stem), 70, placeholder=" …")
    label = capfirst(str(LABELS[last]))
    if stem.startswith("soon."):
        return f"{_plain(texts, stem.rpartition('.')[0] + '.name')}: {label}"
    if stem.startswith("sources."):
        return f"{texts[stem.rpartition('.')[0] + '.name']}: {label}"
    return label


def _plain(texts: Mapping[str, str], stem: str) -> str:
    """Return a text in the reader's language without its marks."""
    reading = "cs" if (get_language() or "cs").startswith("cs") else "en"
    return re.sub(r" ?\(?\[[^]]*\]\)?|[{}]", "", texts[f"{stem}.{reading}"])
