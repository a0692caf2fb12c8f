"""Texts by their keys, and back into the structure."""

from shsp.help.content import filled, own_line_keys, read, shipped, shipped_texts, with_shipped


def test_what_is_shipped_comes_back_as_it_is():
    assert filled(shipped_texts()) == shipped()
    assert filled({}) == shipped()


def test_a_text_stands_where_its_key_says_and_structure_stays():
    content = filled({"situations.debts.steps.1.uk": "Нові слова", "situations.debts.key": "9"})
    [debts] = [row for row in content["situations"] if row["slug"] == "debts"]
    assert (debts["steps"][1]["uk"], debts["key"]) == ("Нові слова", "2")
    assert debts["steps"][1]["from"] == ["benefit"]
    assert read("situations")[1]["steps"][1]["uk"] != "Нові слова"


def test_what_a_release_no_longer_knows_is_left_out():
    assert "cards.gone.text.cs" not in with_shipped({"cards.gone.text.cs": "Bylo"})


def test_a_line_is_added_by_its_number_and_goes_without_one():
    number, name, nonstop, *whom = own_line_keys(1)
    texts = {number: "116 111", name: "Linka", nonstop: "yes", **dict.fromkeys(whom, "komu")}
    added = filled(texts)["lines"][-1]
    assert (added["slug"], added["number"], added["nonstop"], added["whom"]["uk"]) == (
        "own-1", "116 111", "yes", "komu",
    )  # fmt: skip
    slugs = [line["slug"] for line in filled({**texts, number: "", "lines.seniors.number": ""})["lines"]]
    assert {"own-1", "seniors"}.isdisjoint(slugs)
