"""Parts of two editions are told from each other by what they are known by."""

from core.documents.parts.differences import Compared, differences_of, texts

KINDS = {
    "chapters": Compared(("slug", "heading"), "Kapitola „%(name)s“", "heading", texts("heading", "text"))
}


def words(*rows):
    return {"chapters": [{"slug": slug, "heading": heading, "text": text} for slug, heading, text in rows]}


def test_what_is_new_gone_renamed_or_written_anew_is_told():
    before = words(("a", "Úvod", "Text"), ("b", "Nájem", "Stejný"), ("c", "Dluhy", "Pryč"))
    after = words(("a", "Na úvod", "Text"), ("b", "Nájem", "Stejný"), ("d", "Kauce", "Nová"))
    assert differences_of(before, after, KINDS) == [
        {"label": "Kapitola „Na úvod“", "before": "Úvod\n\nText", "after": "Na úvod\n\nText"},
        {"label": "Kapitola „Kauce“", "before": "", "after": "Kauce\n\nNová"},
        {"label": "Kapitola „Dluhy“", "before": "Dluhy\n\nPryč", "after": ""},
    ]


def test_a_text_without_parts_differs_in_none():
    assert differences_of({}, words(("a", "Úvod", "Text")), KINDS) == []
