"""The plain texts of a practice become HTML, and nothing in them does anything else."""

import pytest

from core.documents import footnotes


def test_marks_lead_to_the_sources_and_html_is_shown_as_it_was_typed():
    html = footnotes.render("Bydlelo <b>40</b> lidí. [1] [3]\n\n- jeden [2]\n- druhý", 2)
    assert "&lt;b&gt;40&lt;/b&gt;" in html
    assert 'href="#source-1"' in html
    assert 'href="#source-2"' in html
    assert "[3]</p>" in html
    assert html.count("<li>") == 2


def test_a_list_right_behind_a_paragraph_is_a_list():
    html = footnotes.render("Kroky:\n- jeden\n- druhý\nPotom konec.", 0)
    assert html == "<p>Kroky:</p><ul><li>jeden</li><li>druhý</li></ul><p>Potom konec.</p>"


@pytest.mark.parametrize("text", ["", "  \n \n", "- ", "[0] [999] [1000]"])
def test_odd_texts_break_nothing(text):
    assert "<a" not in footnotes.render(text, 5)


def test_a_source_becomes_a_link_only_where_it_is_an_address():
    line = footnotes.source_line('Zpráva, https://[bad"onclick=x <script>')
    assert "<script>" not in line
    assert 'href="https://[bad"' in line
    assert footnotes.source_line("javascript:alert(1)") == "javascript:alert(1)"


def test_an_address_alone_is_called_by_who_speaks_there():
    line = footnotes.source_line("https://www.praha7.cz/temata/zamestnanost-plus/")
    assert ">Městská část Praha 7</a>" in line
    assert "(praha7.cz/…/zamestnanost-plus)" in line


@pytest.mark.parametrize(("contact", "is_private"), [("jana@seznam.cz", True), ("urad@mesto-most.cz", False)])
def test_private_addresses_are_known(contact, is_private):
    assert footnotes.has_personal_address(contact) is is_private
