"""The form of a prepared answer."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.models import Topic
from consultations.prepared.actions import reasons_against_text
from consultations.requests.actions.drafts import LONGEST_TEXT
from core.forms.fields import LineField, PlainTextField, SeenField
from core.forms.layouts import sent_by
from core.forms.own_words import TermField


def check_places(text: str) -> None:
    """Raise ValidationError for each place in a text that cannot be filled."""
    if reasons := reasons_against_text(text):
        raise ValidationError(reasons)


class PreparedForm(forms.Form):
    """A prepared answer. `version` is that of what its writer saw."""

    title = LineField(label=_("Title"), max_length=120, help_text=_("Only colleagues see it."))
    topic = TermField(
        label=_("Topic"), queryset=Topic.objects.in_use(), required=False, empty_label=_("for any topic")
    )
    text_cs = PlainTextField(
        label=_("Text in Czech"), max_length=LONGEST_TEXT, rows=12, validators=[check_places]
    )
    text_en = PlainTextField(
        label=_("Text in English"), max_length=LONGEST_TEXT, rows=8, required=False, validators=[check_places]
    )
    version = SeenField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # What the answer has stays on offer, retired or not.
        topic: Any = self.fields["topic"]
        topic.queryset = Topic.objects.in_use(self.initial.get("topic"))

    @property
    def helper(self) -> FormHelper:
        """Saving stands first, showing an example beside it."""
        helper = sent_by("save", _("Save"), "version", "title", "topic", "text_cs", "text_en")
        helper.add_input(Submit("example", _("Show an example"), css_class="btn-outline-primary"))
        return helper
