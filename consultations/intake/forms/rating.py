"""Whether our help helped: three buttons, and a sentence to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.choices import Help
from core.forms.fields import LineField


class RatingForm(forms.Form):
    """Whether it helped, by the button that was pressed; the sentence comes in a form of its own."""

    value = forms.ChoiceField(choices=Help.choices)
    sentence = LineField(
        label=_("In a sentence, if you like"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def clean_sentence(self) -> str | None:
        """Return the sentence, None where there was no field for it."""
        return self.cleaned_data["sentence"] if "sentence" in self.data else None
