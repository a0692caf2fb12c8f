"""A form whose texts are looked through."""

import pytest
from django import forms
from django.utils import translation

from core.detector.finds import Kind, Known, find
from core.detector.forms import CheckedForm

pytestmark = pytest.mark.django_db


class Letter(CheckedForm):
    """Two texts, of which one is checked."""

    text = forms.CharField(max_length=100)
    remark = forms.CharField(required=False)
    checked = ("text",)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.look_through()

    def find(self, texts):
        """Return what is found."""
        return find(texts, Known())

    def may_keep(self, one):
        """A bank account never stays."""
        return one.kind != Kind.ACCOUNT


def errors_of(**data):
    """Return the errors of a letter."""
    with translation.override("en"):
        return {name: list(errors) for name, errors in Letter(data).errors.items()}


def test_a_text_without_finds_is_asked_nothing():
    form = Letter({"text": "Dobrý den.", "remark": "777 123 456"})
    assert form.is_valid()
    assert form.keeping == form.keeping_layout() == []
    assert Letter().keeping == []


def test_a_find_is_said_beside_its_field_and_stays_with_a_reason():
    text = "Volejte 777 123 456."
    [one] = Letter({"text": text}).finds
    assert errors_of(text=text) == {"text": ["The text holds “777 123 456” (phone number)."]}
    assert errors_of(text=text, kept=[one.key]) == {"keep_reason": ["Write why it may stay."]}
    form = Letter({"text": text, "kept": [one.key], "keep_reason": "Linka"})
    assert form.is_valid()
    assert form.kept_finds == {one.key: "Linka"}


def test_a_strangers_name_stays_by_a_click():
    [one] = Letter({"text": "Paní Horáčková píše."}).finds
    form = Letter({"text": "Paní Horáčková píše.", "kept": [one.key]})
    assert "keep_reason" not in form.fields
    assert form.is_valid()


def test_what_may_not_stay_cannot_be_ticked():
    text = "Pošlete na 34278-0727558021/0100."
    [one] = Letter({"text": text}).finds
    assert "text" in errors_of(text=text, kept=[one.key], keep_reason="Proto")


def test_a_tick_of_another_text_is_passed_over():
    assert Letter({"text": "Dobrý den.", "kept": ["x"], "keep_reason": "Proto"}).is_valid()
