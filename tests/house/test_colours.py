"""Colours: each has its name in tokens.css, twice, and can be read in both schemes."""

import re
from itertools import product

import pytest

from tests.house.test_css import CSS, sheets

TOKENS = CSS / "tokens.css"
LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b(?!\s*[,{])|\b(?:rgba?|hsla?|oklch)\(")
GROUNDS = ("page", "page-desk", "paper", "blue-50", "blue-100")
STATES = ("good", "warn", "bad")
# Words on their grounds.
READ = [
    *product(("ink", "ink-soft", "heading", "blue", "blue-hover"), GROUNDS),
    *((f"{state}-ink", f"{state}-50") for state in STATES),
    *product(("ink", "ink-soft", "blue"), (*(f"{state}-50" for state in STATES), "note-50")),
    *product((*STATES, "bad-ink"), ("page", "page-desk", "paper")),
    ("heading", "blue-200"),
    ("ink-soft", "off"),
    ("on-band", "band"),
    ("on-blue", "blue"),
    ("on-blue", "blue-hover"),
    ("on-bad", "bad"),
    ("on-bad", "bad-ink"),
    ("paper", "heading"),
]
# Lines of controls, icons, marks and what has the focus.
SEEN = [
    *product(("line-strong", "blue", "blue-strong", "heading"), ("page", "page-desk", "paper", "blue-50")),
    *((state, f"{state}-50") for state in STATES),
    ("warn-mark", "warn-50"),
    ("on-band", "band"),
    ("on-blue", "blue"),
]
# The numbers that Bootstrap mixes with an opacity, and what they repeat.
REPEATED = {
    "bs-body-color-rgb": "ink",
    "bs-primary-rgb": "blue",
    "bs-link-color-rgb": "blue",
    "bs-link-hover-color-rgb": "blue-hover",
    "bs-danger-rgb": "bad",
}


def block(opening: str) -> dict[str, str]:
    """Return the custom properties of the first rule after `opening`."""
    rule = TOKENS.read_text().split(opening, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): ([^;]*);", re.sub(r'url\(".*?"\)', "url()", rule)))


SCHEMES = {"light": block(":root {"), "dark": block("prefers-color-scheme: dark")}


def parts(colour: str) -> tuple[int, ...]:
    """Return red, green and blue of `#rrggbb`."""
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    shares = [part / 255 for part in parts(colour)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_are_read_and_controls_are_seen(scheme: str):
    colours = SCHEMES[scheme]
    weak = [
        f"{one} on {ground}: {ratio:.2f}"
        for pairs, least in ((READ, 4.5), (SEEN, 3))
        for one, ground in pairs
        if (ratio := contrast(colours[one], colours[ground])) < least
    ]
    assert weak == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_for_bootstrap_repeat_our_colours(scheme: str):
    colours = SCHEMES[scheme]
    for numbers, colour in REPEATED.items():
        assert colours[numbers] == ", ".join(map(str, parts(colours[colour]))), numbers


def test_every_colour_has_a_dark_one():
    # What is on paper is never dark.
    assert set(SCHEMES["light"]) - set(SCHEMES["dark"]) == {"print-ink"}
    assert set(SCHEMES["dark"]) <= set(SCHEMES["light"])


def literals(css: str) -> list[str]:
    """Return the values of a sheet that name a colour by its numbers."""
    values = re.findall(r":\s*([^;{}]*)[;}]", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return [
        value for value in values if LITERAL.search(value) or re.search(r"\b(?:white|black)\b(?!-)", value)
    ]


def test_literals_are_found():
    assert literals("a:hover { color: #fff; } #abc { margin: 0; fill: rgb(1 2 3); }") == [
        "#fff",
        "rgb(1 2 3)",
    ]


def test_a_colour_stands_in_tokens_only():
    found = {path.name: literals(path.read_text()) for path in sheets() if path != TOKENS}
    assert {name: values for name, values in found.items() if values} == {}


def test_every_custom_property_is_there():
    texts = {path: path.read_text() for path in sheets()}
    known = {name for text in texts.values() for name in re.findall(r"(--[\w-]+):", text)}
    asked = {path.name: set(re.findall(r"var\((--(?!bs-)[\w-]+)\)", text)) for path, text in texts.items()}
    assert {name: names - known for name, names in asked.items() if names - known} == {}
