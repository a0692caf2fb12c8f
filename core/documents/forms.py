"""What a second person writes of a text: what is to be mended in it, or why it is withdrawn."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.detector.finds import Find
from core.detector.forms import CheckedForm
from core.forms.fields import LineField, PlainTextField, SeenField


class RemarkForm(forms.Form):
    """What the second person sends a text back with."""

    version = SeenField()
    remark = PlainTextField(label=_("What is to be mended"), rows=4, max_length=1000)


class WithdrawForm(CheckedForm):
    """Why a text is taken away; the public reads it, so it is looked through as the text was."""

    checked = ("reason", "reason_en")

    version = SeenField()
    reason = LineField(
        label=_("Why it is withdrawn, in Czech"),
        max_length=300,
        help_text=_("The address of the text will say it. Write no personal data."),
    )
    reason_en = LineField(label=_("Why it is withdrawn, in English"), max_length=300, required=False)

    def __init__(self, *args: Any, find: Callable[[dict[str, str]], list[Find]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.find = find
        self.look_through()
