"""Choice boxes come out as Django would write them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.translation import gettext_lazy

from core.forms.renderer import FormRenderer

CHOICES = [("", "any"), (1, gettext_lazy("yes")), ("<a&b>", "<Brno & okolí>"), ("on", True)]
GROUPS = [("", "any"), ("Kraj „A“ & B", [("a", "Aš"), ("b", "Brno")]), ("last", "Zlín")]


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.Select(choices=CHOICES), None),
        (forms.Select(choices=CHOICES), 1),
        (forms.Select(choices=CHOICES), "<a&b>"),
        (forms.Select(choices=GROUPS), "b"),
        (forms.Select(choices=[]), ""),
        (forms.Select(choices=CHOICES, attrs={"required": True, "disabled": False, "data-x": '"&'}), ""),
        (forms.SelectMultiple(choices=GROUPS), ["a", "last"]),
        (forms.NullBooleanSelect(), True),
    ],
)
def test_a_choice_box_is_the_same_as_from_djangos_templates(widget, value):
    ours, theirs = (
        widget.render("field", value, {"id": "id_field", "class": "form-select"}, renderer)
        for renderer in (FormRenderer(), DjangoTemplates())
    )

    assert parse_html(ours) == parse_html(theirs)


def test_a_choice_box_is_safe_html():
    box = forms.Select(choices=[("<", "<")]).render("field", "<", renderer=FormRenderer())

    assert box == '<select name="field">\n<option value="&lt;" selected>&lt;</option>\n</select>'
    assert hasattr(box, "__html__")


def test_other_widgets_are_rendered_by_djangos_templates():
    assert forms.TextInput().render("q", "byt", renderer=FormRenderer()).strip() == (
        '<input type="text" name="q" value="byt">'
    )
