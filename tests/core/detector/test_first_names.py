"""Names and their short forms, both ways."""

import pytest

from core.detector.first_names import also_called, table


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Petr", "Péťa"),
        ("Péťa", "Petr"),
        ("Marie", "Mařenka"),
        ("Jiří", "Jirka"),
        ("Jirka", "Jiří"),
        ("jiri", "Jirka"),
    ],
)
def test_a_name_leads_to_its_short_forms_and_back(name, other):
    assert other in also_called(name)


def test_who_shares_only_a_short_form_is_somebody_else():
    assert "Karolína" not in also_called("Karel")
    assert {"Karel", "Karolína"} <= set(also_called("Kája"))


def test_what_is_no_first_name_has_no_other_form():
    assert also_called("Novák") == ()


def test_no_row_tells_a_form_twice_and_there_are_enough():
    assert len(table()) >= 200
    assert len({row[0] for row in table()}) >= 200
