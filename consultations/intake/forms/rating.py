"""Whether our help helped: three buttons, and a sentence to it."""

from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.choices import Help
from consultations.intake.actions.rating import reasons_against_rating
from consultations.models import SupportRequest
from core.forms.fields import LineField


class Said(TypedDict):
    """What `rate` takes."""

    value: str
    sentence: str | None


class RatingForm(forms.Form):
    """Whether it helped, by the button that was pressed; the sentence comes in a form of its own."""

    value = forms.ChoiceField(choices=Help.choices)
    sentence = LineField(
        label=_("In a sentence, if you like"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def said(self) -> Said:
        """Return what `rate` takes: the sentence only where there was a field for it."""
        sentence = self.cleaned_data["sentence"] if "sentence" in self.data else None
        return {"value": self.cleaned_data["value"], "sentence": sentence}


def rating_part(case: SupportRequest, address: str, *, is_rated: bool) -> dict[str, Any]:
    """Return what the part "Did it help?" of a request's page shows; `address` is where it is sent."""
    rating = getattr(case, "rating", None)
    return {
        "rating": rating,
        "may_rate": not reasons_against_rating(case),
        "rating_url": address,
        "rating_form": RatingForm(
            initial={"sentence": rating.sentence if rating else ""}, auto_id="rating_%s"
        ),
        "is_rated": is_rated,
    }
