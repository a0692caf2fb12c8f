"""A passage is found again in a text that has changed."""

import pytest

from studies.reviews.anchors import Anchor, Found, anchor_of, find, words_of

TEXT = """## Začátek

Nájemník platí včas. Dluh se řeší hned, než naroste.

Sociální pracovnice navštíví domácnost jednou za měsíc a zapíše, co zjistila.

- pomoc s dávkami
- pomoc s dluhy
"""
DEBT = "Dluh se řeší hned"
OTHER = words_of("Docela jiná kapitola o něčem jiném.")


def anchor(quote="", block=1):
    found = anchor_of(words_of(TEXT), block, quote=quote)
    assert found
    return found


def place(text, found, *, chapter=7, others=()):
    return find(found, chapter, {7: words_of(text), **dict(others)})


def test_words_of_a_block_are_what_is_read_of_it():
    assert words_of(TEXT)[0] == "Začátek"
    assert words_of("Slovo[^1].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Pod čarou.")[-1].startswith("Pod")


@pytest.mark.parametrize("quote", ["", DEBT, "  Dluh se\nřeší   hned "])
def test_an_unchanged_paragraph_is_found_wherever_it_moved(quote):
    found = anchor(quote)
    assert place(TEXT, found) == Found(7, 1, is_same=True)
    moved = "Nový úvod.\n\nJeště jeden.\n\n" + TEXT
    assert place(moved, found) == Found(7, 3, is_same=True)
    assert place("Jiné.", found, others=[(9, words_of(TEXT))]) == Found(9, 1, is_same=True)


def test_in_a_changed_paragraph_the_chosen_words_are_found():
    changed = TEXT.replace("Nájemník platí včas.", "Kdo bydlí, platí. Ne vždy včas, a proto")
    assert place(changed, anchor(DEBT)) == Found(7, 1, is_same=False)
    split = TEXT.replace("včas. Dluh", "včas.\n\nDluh")
    assert place(split, anchor(DEBT)) == Found(7, 2, is_same=False)


def test_without_them_the_paragraph_that_is_most_alike():
    changed = TEXT.replace("navštíví domácnost jednou za měsíc", "přijde do domácnosti každý měsíc")
    assert place(changed, anchor(block=2)) == Found(7, 2, is_same=False)


def test_a_passage_that_is_gone_is_nowhere():
    gone = "Úplně jiný text o penězích, úřadech a lidech, kteří hledají bydlení."
    assert place(gone, anchor(DEBT)) is None
    assert find(anchor(DEBT), None, {9: OTHER}) is None
    # A short heading is not taken for one of the same words elsewhere.
    assert place("Jiné.", anchor(block=0), others=[(9, words_of("## Začátek"))]) is None


def test_of_the_same_words_twice_the_ones_that_were_meant():
    words = words_of("Obec platí. Stát neplatí. Obec platí. Kraj taky.")
    second = anchor_of(words, 0, quote="Obec platí.", prefix="Obec platí. Stát neplatí. ")
    assert (second.prefix, second.suffix) == ("Obec platí. Stát neplatí. ", " Kraj taky.")


@pytest.mark.parametrize(("block", "quote"), [(1, "těchto slov tu není"), (1, "x" * 3000), (0, "Začátek")])
def test_words_that_do_not_stand_there_mean_all_of_it(block, quote):
    assert anchor(quote, block) == Anchor(block, words_of(TEXT)[block])


@pytest.mark.parametrize("block", [-1, 99])
def test_a_block_that_is_not_there(block):
    assert anchor_of(words_of(TEXT), block) is None
