"""The frame that crispy-forms draws around a form."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django.utils.functional import Promise


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
