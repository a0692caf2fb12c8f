"""Facts that stand in a page's text as placeholders."""

import pytest
from django.core.exceptions import ValidationError

from core.documents import markdown
from shsp.pages.facts import FACTS, check_placeholders, with_facts
from tests.factories.visits import HostFactory


def read(text: str) -> str:
    return with_facts(markdown.render(text))


def test_what_is_known_stands_in_the_text_and_can_be_used():
    assert read("Napište na {email}.").strip() == (
        '<p>Napište na <a href="mailto:socialni.bydleni@mpsv.cz">socialni.bydleni@mpsv.cz</a>.</p>'
    )
    assert "po dobu 60 dní" in read("Odpovědí po dobu {reopen_days} dní.")


def test_a_line_whose_fact_is_not_known_is_left_out(monkeypatch):
    monkeypatch.setitem(FACTS, "phone", FACTS["address"])
    text = "Pište.\n\n- {email}\n- volejte {phone}\n\n1. jen {phone}\n\nKonec {phone}."
    assert "volejte" not in read(text)
    assert "Konec" not in read(text)
    assert "<ol>" not in read(text)
    assert "<li><a" in read(text)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("{fax}", "“{fax}” stands for nothing."),
        ("{}", "“{}” stands for nothing."),
        ("[pište](mailto:{email})", "Take the placeholder out of the link"),
    ],
)
def test_a_placeholder_that_nothing_stands_for_is_refused(text, error):
    with pytest.raises(ValidationError) as refusal:
        check_placeholders(text)
    assert refusal.value.messages[0].startswith(error)


def test_what_was_typed_as_html_stays_text():
    assert "<script>" not in read("<script>{email}</script>")


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_partners_that_are_known_by_name_are_named_and_linked():
    assert read("Partners: {hosts}.") == ""
    HostFactory(slug="emmaus", name="Emmaus & friends")
    HostFactory(name="", country_en="Ireland")
    assert '<a href="/en/visits/hosts/emmaus/">Emmaus &amp; friends</a>, Austria.' in read(
        "Partners: {hosts}."
    )
    assert "Ireland" not in read("Partners: {hosts}.")
