from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.forms.fields import MailField, PartialDate, PartialDateField, WholeNumberField


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2017", PartialDate(date(2017, 1, 1), "year")),
        ("2017-03", PartialDate(date(2017, 3, 1), "month")),
        ("3/2017", PartialDate(date(2017, 3, 1), "month")),
        ("3. 2017", PartialDate(date(2017, 3, 1), "month")),
        (" 2017-03-09 ", PartialDate(date(2017, 3, 9), "day")),
        ("9. 3. 2017", PartialDate(date(2017, 3, 9), "day")),
        ("", None),
    ],
)
def test_a_date_is_taken_as_far_as_it_is_known(text, known):
    assert PartialDateField(required=False).clean(text) == known


@pytest.mark.parametrize("text", ["soon", "31. 2. 2017", "13/2017", "0000", "9999-12-31", "2017-1-1-1", "17"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValidationError, match="2017"):
        PartialDateField().clean(text)


@pytest.mark.parametrize("text", ["2017", "2017-03", "2017-03-09"])
def test_a_date_is_written_as_it_was_known(text):
    assert str(PartialDateField().clean(text)) == text


@pytest.mark.parametrize("text", ["2017", "3/2017", "9. 3. 2017"])
def test_a_known_date_is_shown_as_it_is_typed(text):
    assert PartialDateField().prepare_value(PartialDateField().clean(text)) == text
    assert PartialDateField().prepare_value("kdysi") == "kdysi"


@pytest.mark.parametrize(("text", "number"), [("25", 25), (" 1\u00a0200 ", 1200), ("0", 0), ("", None)])
def test_a_whole_number_may_have_spaces(text, number):
    assert WholeNumberField(required=False, min_value=0, max_value=2000).clean(text) == number


@pytest.mark.parametrize("text", ["-3", "2001", "deset", "1,5", "9" * 30])
def test_a_whole_number_keeps_its_limits(text):
    with pytest.raises(ValidationError, match=r"0.*2"):
        WholeNumberField(min_value=0, max_value=2000).clean(text)


def test_a_wrong_e_mail_is_answered_by_its_form():
    with pytest.raises(ValidationError, match=r"jmeno@domena\.cz\.'"):
        MailField().clean("jana")
    with pytest.raises(ValidationError, match="nechte pole prázdné"):
        MailField(required=False).clean("jana")
    assert MailField(required=False).clean("") == ""
