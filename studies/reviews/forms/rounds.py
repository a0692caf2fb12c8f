"""What the desk fills in of a round: how it is opened, prolonged and closed, and what became of remarks."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms.fields import DayField, LinesField, PlainTextField, RowsField, SeenField, WholeNumberField
from core.forms.layouts import sent_by
from studies.choices import RoundResult, SeenBy, Settlement
from studies.models import Expert, ReviewRound
from studies.reviews.actions.rounds import results_of

# What an expert usually gets, and the longest that anybody is asked to wait.
USUAL_TIME, LONGEST_TIME = timedelta(days=42), timedelta(days=366)
SUBSTITUTES = 3
USUAL_QUESTIONS = [
    _("Is what the text says right and complete?"),
    _("Is it clear to those whom it is for?"),
    _("What has to change before it is published?"),
]


def check_deadline(day: Any) -> Any:
    """Return the day; raises ValidationError for one that is over, or far away."""
    today = timezone.localdate()
    if day and day < today:
        raise ValidationError(_("This day is over."))
    if day and day > today + LONGEST_TIME:
        raise ValidationError(_("This is more than a year away."))
    return day


class OpenForm(forms.Form):
    """A new round: what is asked, by when, who reads it, and who stands in."""

    questions = LinesField(label=_("Questions for the experts"))
    deadline = DayField(label=_("Review asked by"))
    experts = RowsField(
        label=_("Who is asked"),
        queryset=Expert.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one expert.")},
    )
    seen_by = forms.ChoiceField(
        label=_("Who reads the reviews while the round goes on"),
        choices=SeenBy.choices,
        widget=forms.RadioSelect,
    )
    is_anonymous = forms.BooleanField(label=_("Authors do not learn who wrote what"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows: Any = Expert.objects.reachable()
        self.initial.setdefault("questions", [str(one) for one in USUAL_QUESTIONS])
        self.initial.setdefault("deadline", timezone.localdate() + USUAL_TIME)
        self.initial.setdefault("seen_by", SeenBy.EDITORS)
        field: Any = self.fields["experts"]
        field.queryset = rows
        for number in range(1, SUBSTITUTES + 1):
            self.fields[f"substitute_{number}"] = forms.ModelChoiceField(
                label=_("Substitute %(number)s") % {"number": number},
                queryset=rows,
                required=False,
                empty_label=_("nobody"),
            )

    def clean_deadline(self) -> Any:
        return check_deadline(self.cleaned_data["deadline"])

    def clean(self) -> dict[str, Any]:
        """Nobody stands twice."""
        cleaned: dict[str, Any] = super().clean() or {}
        taken = set(cleaned.get("experts") or ())
        for name in (f"substitute_{number}" for number in range(1, SUBSTITUTES + 1)):
            if (row := cleaned.get(name)) and row in taken:
                self.add_error(name, _("This expert is chosen already."))
            taken.add(row)
        return cleaned

    @property
    def words(self) -> dict[str, Any]:
        """What was chosen, as the verb takes it."""
        said = dict(self.cleaned_data)
        asked = [said.pop(f"substitute_{number}") for number in range(1, SUBSTITUTES + 1)]
        return {**said, "experts": list(said["experts"]), "substitutes": [row for row in asked if row]}

    @property
    def helper(self) -> FormHelper:
        names = [f"substitute_{number}" for number in range(1, SUBSTITUTES + 1)]
        return sent_by(
            "open",
            _("Open the round and send the invitations"),
            "questions",
            "deadline",
            "experts",
            Fieldset(_("Who is asked instead, in this order"), Div(*names, css_class="grid-2")),
            "seen_by",
            "is_anonymous",
            by_keys=False,
        )


class AddExpertForm(forms.Form):
    """One more expert in a round that is open."""

    expert: Any = forms.ModelChoiceField(
        label=_("Expert"), queryset=Expert.objects.none(), empty_label=_("choose")
    )
    is_substitute = forms.BooleanField(label=_("Only as a substitute"), required=False)

    def __init__(self, *args: Any, review_round: ReviewRound, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["expert"]
        field.queryset = Expert.objects.reachable().exclude(reviews__round=review_round)


class DeadlineForm(forms.Form):
    """Another day by which reviews are asked for."""

    version = SeenField()
    deadline = DayField(label=_("Review asked by"))

    def clean_deadline(self) -> Any:
        return check_deadline(self.cleaned_data["deadline"])


class SettleForm(forms.Form):
    """What became of a remark; the reason is needed unless it was taken over."""

    version = SeenField()
    settled = forms.ChoiceField(
        label=_("How it is settled"),
        choices=Settlement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of the remark.")},
    )
    reason = PlainTextField(label=_("Why"), max_length=600, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """A remark that was not taken over whole has a reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("settled") in (Settlement.PARTLY, Settlement.REFUSED) and not cleaned.get("reason"):
            self.add_error("reason", _("Write why."))
        return cleaned


class CloseForm(forms.Form):
    """How a round ended, what the group says, and to whom the settled remarks go."""

    version = SeenField()
    result = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    statement_cs = PlainTextField(
        label=_("Statement of the group, in Czech"), max_length=4000, rows=5, required=False
    )
    statement_en = PlainTextField(
        label=_("Statement of the group, in English"), max_length=4000, rows=5, required=False
    )
    votes_for = WholeNumberField(label=_("Votes for"), min_value=0, max_value=999, required=False)
    votes_against = WholeNumberField(label=_("Votes against"), min_value=0, max_value=999, required=False)
    votes_abstained = WholeNumberField(label=_("Abstained"), min_value=0, max_value=999, required=False)
    is_statement_public = forms.BooleanField(
        label=_("The statement and the votes are public"), required=False
    )
    authors = LinesField(
        label=_("Send the settled remarks to these addresses of authors"),
    )

    def __init__(self, *args: Any, review_round: ReviewRound, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["result"]
        field.choices = [(one.value, one.label) for one in RoundResult if one in results_of(review_round)]
        if len(field.choices) == 1:
            self.initial.setdefault("result", field.choices[0][0])

    def clean_authors(self) -> list[str]:
        """Return the addresses; raises ValidationError for what is none."""
        addresses: list[str] = self.cleaned_data["authors"]
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(_("Write the e-mail in the form name@domain.cz.")) from None
        return list(dict.fromkeys(addresses))

    def clean(self) -> dict[str, Any]:
        """Votes are there all or not at all; what is public says something."""
        cleaned: dict[str, Any] = super().clean() or {}
        votes = [cleaned.get(f"votes_{name}") for name in ("for", "against", "abstained")]
        if any(one is not None for one in votes) and None in votes:
            self.add_error("votes_for", _("Write all three numbers of votes, or none."))
        if cleaned.get("is_statement_public") and not cleaned.get("statement_cs"):
            self.add_error("statement_cs", _("Write the statement that is to be public."))
        return cleaned

    @property
    def helper(self) -> FormHelper:
        votes = Div("votes_for", "votes_against", "votes_abstained", css_class="grid-2")
        rest = ("is_statement_public", "authors")
        return sent_by(
            "close", _("Close the round"), "version", "result", "statement_cs", "statement_en", votes, *rest,
            by_keys=False,
        )  # fmt: skip
