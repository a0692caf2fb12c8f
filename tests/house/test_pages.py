"""Every page, in both languages: one heading, one language, a title of its own, nothing left unfinished."""

import re

import lxml.html
import pytest
from django.conf import settings
from django.test import Client

from tests.world import VISITOR, build

# Pages that lead on, or are not there, when there is nothing for them to do.
LEADS_ON = {
    "account_login": [302],
    "account_logout": [302],
    "accounts:replace-second-factor": [302],
    "mfa_activate_totp": [302],
    "mfa_authenticate": [302],
    "mfa_deactivate_totp": [302, 404],
    "mfa_generate_recovery_codes": [302, 404],
    "mfa_reauthenticate": [302],
    "mfa_view_recovery_codes": [302, 404],
}


Seen = list[tuple[str, str, str]]

PIECE = "shows a piece of its template"


def look_at_all() -> Seen:
    """Return (name, language, html) of every page that its reader sees, in both languages."""
    world = build()
    clients = {who: Client() for who in (VISITOR, *world.accounts)}
    for role, user in world.accounts.items():
        clients[role].force_login(user)
    seen = []
    for name, reader, path in world.pages():
        for language, _label in settings.LANGUAGES:
            response = clients[reader].get(f"/{language}{path}")
            if response.status_code in LEADS_ON.get(name, ()):
                continue
            if response.status_code != 200:
                pytest.fail(f"{name} in {language} for {reader}: {response.status_code} {response.headers}")
            seen.append((name, language, response.content.decode()))
    return seen


# One test, since two processes would draw all the pages for one test each.
@pytest.mark.once
def test_every_page_is_sound_and_told_from_others_by_its_title(db):
    pages = look_at_all()

    assert [
        f"{name} in {language}: {fault}"
        for name, language, html in pages
        for fault in faults_of(html, language)
        # Who writes the help page has to see what the page fills in.
        if not (name.startswith("desk-help-page") and fault == PIECE)
    ] == []
    assert [names for names in names_by_title(pages).values() if len(names) > 1] == []


def names_by_title(pages: Seen) -> dict[str, set[str]]:
    """Return the names of the pages that bear each title, by language and title."""
    found: dict[str, set[str]] = {}
    for name, language, html in pages:
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1].strip()
        found.setdefault(f"{language}: {title}", set()).add(name)
    return found


def faults_of(html: str, language: str) -> list[str]:
    """Return what is wrong with a page, in words."""
    faults = []
    if html.count("<h1") != 1:
        faults.append(f"{html.count('<h1')} headings of the first rank")
    if f'<html lang="{language}"' not in html:
        faults.append("does not say its language")
    if re.search(r"{%|{{|%\(\w+\)s", html):
        faults.append(PIECE)
    identifiers = re.findall(r'\sid="([^"]+)"', html)
    twice = {identifier for identifier in identifiers if identifiers.count(identifier) > 1}
    if twice:
        faults.append(f"ids twice: {sorted(twice)}")
    if re.search(r"<style\b|\sstyle=|\son(click|change|load|submit|input)=|javascript:", html):
        faults.append("holds a script or a style")
    if 'href="#main' not in html and "skip" not in html:
        faults.append("has no way past the menu")
    return [*faults, *invalid_in(html)]


# What the W3C's validator finds again and again, each with a path to it. It wants Java: not run here.
INVALID = {
    "an attribute of htmx that is not data-hx-…": "//*[@*[starts-with(name(), 'hx-')]]",
    "a box to tick that wants to be completed": "//input[@type='checkbox' or @type='radio'][@autocomplete]",
    "an empty name": "//*[@name='' or @id='' or @for='' or @aria-labelledby='' or @aria-describedby='']",
    "a picture without its text": "//img[not(@alt)]",
    "a section without a heading": "//section[not(.//h1|.//h2|.//h3|.//h4|.//h5|.//h6)]",
    "an article without a heading": "//article[not(.//h1|.//h2|.//h3|.//h4|.//h5|.//h6)]",
    "a reference to nothing": "//label[@for and not(@for = //@id)]",
}


def invalid_in(html: str) -> list[str]:
    """Return what is not valid HTML, in words, with the element."""
    page = lxml.html.document_fromstring(html)
    return [
        f"{fault}: {lxml.html.tostring(element, encoding='unicode', with_tail=False)[:120]}"
        for fault, path in INVALID.items()
        for element in page.xpath(path)
    ]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("<p hx-get='/'></p>", "<p data-hx-get='/'></p>"),
        ("<input type='checkbox' autocomplete='off'>", "<input type='text' autocomplete='off'>"),
        ("<input type='submit' name=''>", "<input type='submit'>"),
        ("<img src='a.png'>", "<img src='a.png' alt=''>"),
        ("<section><p>a</p></section>", "<section><div><h2>a</h2></div></section>"),
        ("<article><p>a</p></article>", "<article><h3>a</h3></article>"),
        ("<label for='a'>a</label>", "<label for='a'>a</label><input id='a'>"),
    ],
)
def test_what_is_invalid_is_found(wrong, right):
    assert len(invalid_in(wrong)) == 1
    assert invalid_in(right) == []
