"""How form widgets become HTML: by Django's templates, but inputs and choice boxes in one go."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import Select
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Whose templates are one <input> and nothing more.
INPUTS = {
    widget.template_name
    for widget in (
        forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.HiddenInput,
        forms.FileInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput,
    )
}  # fmt: skip


class FormRenderer(DjangoTemplates):
    """Django's own would render two templates for each option and input, a third of the time of a list."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == Select.template_name:
            return choice_box(context["widget"])
        if template_name == forms.Textarea.template_name:
            return text_box(context["widget"])
        if template_name in INPUTS:
            return input_box(context["widget"])
        return super().render(template_name, context, request)


def input_box(widget: dict[str, Any]) -> SafeString:
    """Return the <input> of what a widget says of itself in `get_context()`."""
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, flatatt(widget["attrs"])
    )


def text_box(widget: dict[str, Any]) -> SafeString:
    """Return the <textarea> of what a widget says of itself in `get_context()`."""
    attrs, value = flatatt(widget["attrs"]), widget["value"]
    # HTML drops the first line end of a text.
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attrs, value or "")


def choice_box(widget: dict[str, Any]) -> SafeString:
    """Return the <select> of what a Select widget says of itself in `get_context()`."""
    options = format_html_join("\n", "{}", ((part,) for part in _parts(widget["optgroups"])))
    return format_html(
        '<select name="{}"{}>\n{}\n</select>', widget["name"], flatatt(widget["attrs"]), options
    )


def _parts(groups: Iterable[tuple[Any, list[dict[str, Any]], int]]) -> Iterator[SafeString]:
    for name, options, _index in groups:
        if name:
            yield format_html('<optgroup label="{}">', name)
        for option in options:
            yield format_html(
                '<option value="{}"{}>{}</option>',
                str(option["value"]),
                flatatt(option["attrs"]) if option["attrs"] else "",
                option["label"],
            )
        if name:
            yield SafeString("</optgroup>")
