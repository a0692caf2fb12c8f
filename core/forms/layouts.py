"""The frame that crispy-forms draws around a form."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject, Submit
from django import forms
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


def sent_by(name: str, label: str | Promise, *parts: Any, by_keys: bool = True) -> FormHelper:
    """Return the frame of a form that one button sends, and Ctrl+Enter, too, where `by_keys`.

    Without `parts` the fields stand in their order.
    """
    helper = FormHelper()
    helper.attrs = {"novalidate": "", **({"data-ctrl-enter": ""} if by_keys else {})}
    if parts:
        helper.layout = Layout(*parts)
    helper.add_input(Submit(name, label))
    return helper


class Part(LayoutObject):
    """A template among the fields; crispy's HTML would compile the text that names it for each page."""

    def __init__(self, template: str) -> None:
        self.template = template

    def render(self, form: forms.Form, context: Any, template_pack: Any = None, **options: Any) -> SafeString:
        template: Any = get_template(self.template)
        return template.template.render(context)


class Hidden(LayoutObject):
    """Hidden fields: inputs without the frame that crispy draws around each field."""

    def __init__(self, *fields: str) -> None:
        self.fields = list(fields)

    def render(self, form: forms.Form, context: Any, template_pack: Any = None, **options: Any) -> SafeString:
        return format_html_join("\n", "{}", ((form[name],) for name in self.fields))
