from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from municipalities.programmes.forms.programmes import (
    KnownDateField,
    MoneyField,
    PhaseForm,
    ProgrammeForm,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("", None),
        ("14 605 116,50", "14605116.50"),
        ("14\u00a0605\u00a0116,5 Kč", "14605116.50"),
        ("14,605,116.50", "14605116.50"),
        ("14.605.116", "14605116.00"),
        ("1,234", "1234.00"),
        ("0", "0.00"),
    ],
)
def test_money_is_read_as_people_write_it(text, amount):
    assert MoneyField().clean(text) == (amount and Decimal(amount))


@pytest.mark.parametrize("text", ["moc", "-5", "1e9", "NaN", "1.2.3", "9" * 13, "12,345,67", "٣²"])
def test_money_that_is_none_is_refused(text):
    with pytest.raises(ValidationError):
        MoneyField().clean(text)


@pytest.mark.parametrize(("language", "text"), [("cs", "1\u00a0200\u00a0000,50"), ("en", "1,200,000.50")])
def test_what_is_shown_of_money_can_be_sent_again(language, text):
    with translation.override(language):
        shown = MoneyField().prepare_value(Decimal("1200000.50"))
    assert shown == text
    assert MoneyField().clean(shown) == Decimal("1200000.50")


@pytest.mark.parametrize(
    ("text", "kept"), [("3/2017", "2017-03"), ("2017", "2017"), ("1. 3. 2017", "2017-03-01")]
)
def test_a_date_is_kept_as_far_as_it_is_known(text, kept):
    assert KnownDateField().clean(text) == kept


@pytest.mark.parametrize(
    ("start", "end", "is_right"),
    [
        ("2017", "2017", True),
        ("3/2017", "2017", True),
        ("2018", "12/2017", False),
        ("5/2017", "4/2017", False),
    ],
)
def test_a_phase_ends_after_it_began(start, end, is_right):
    form = PhaseForm({"title_cs": "Fáze", "source": "zápis", "start": start, "end": end})
    assert form.is_valid() == is_right


def test_no_share_is_more_than_the_whole():
    form = ProgrammeForm({"name_cs": "P", "source": "s", "total_cost_czk": "100", "own_share_czk": "101"})
    assert set(form.errors) == {"own_share_czk"}
