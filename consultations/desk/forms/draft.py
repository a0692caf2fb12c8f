"""What comes with a draft from the answer box."""

from django import forms

from consultations.requests.actions.drafts import LONGEST_TEXT
from core.forms.fields import PlainTextField, SeenField


class DraftForm(forms.Form):
    """A text as it stands in the box, and which draft its writer saw last.

    `before` is the text that a page sent on its way, when it is left before it hears what became of it.
    """

    text = PlainTextField(max_length=LONGEST_TEXT, required=False)
    draft_version = SeenField(required=False)
    before = PlainTextField(max_length=LONGEST_TEXT, required=False)

    def clean_draft_version(self) -> int:
        """Return the version, 0 for none."""
        return self.cleaned_data["draft_version"] or 0
