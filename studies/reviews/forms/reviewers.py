"""What experts fill in behind their link."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms.fields import FilesField, LineField, PlainTextField, SeenField
from studies.models import Reviewer

NO, YES = "no", "yes"
LONGEST_ANSWER = 8000


class AcceptForm(forms.Form):
    """That an expert will read, and whether anything binds them to the matter."""

    has_conflict = forms.ChoiceField(
        label=_("Does anything bind you to the matter?"),
        choices=[(NO, _("no, I have no conflict of interest")), (YES, _("yes, and I say what below"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have a conflict of interest.")},
    )
    conflict = LineField(label=_("What binds you to the matter"), max_length=600, required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever has a conflict of interest says which."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("has_conflict") == YES and not cleaned.get("conflict"):
            self.add_error("conflict", _("Write what binds you to the matter."))
        return cleaned

    @property
    def words(self) -> dict[str, Any]:
        """What was said, as the verb takes it."""
        return {
            "has_conflict": self.cleaned_data["has_conflict"] == YES,
            "conflict": self.cleaned_data["conflict"],
        }


class NotReadingForm(forms.Form):
    """Why an expert will not read."""

    why_not = LineField(label=_("Why, if you want to say"), max_length=300, required=False)


class ReviewForm(forms.Form):
    """The review as a whole: an answer to each question, what is said besides, files."""

    version = SeenField()

    def __init__(self, *args: Any, row: Reviewer, **options: Any) -> None:
        kept = {"version": row.version, "text": row.overall}
        kept |= {f"answer-{number}": words for number, words in enumerate(row.answers)}
        super().__init__(*args, **{**options, "initial": kept})
        self.row = row
        for number, question in enumerate(row.round.questions):
            self.fields[f"answer-{number}"] = PlainTextField(
                label=question, max_length=LONGEST_ANSWER, rows=5, required=False
            )
        self.fields["text"] = PlainTextField(
            label=_("What you think of the whole"), max_length=LONGEST_ANSWER, rows=6, required=False
        )
        self.fields["files"] = FilesField()

    @property
    def files_bound_to(self) -> str:
        return f"review {self.row.pk}"

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The answers and the whole, in their order."""
        return [self[name] for name in self.fields if name not in ("version", "files")]

    @property
    def words(self) -> dict[str, Any]:
        """What was written, as the verb takes it."""
        cleaned = self.cleaned_data
        answers = [cleaned[f"answer-{number}"] for number in range(len(self.row.round.questions))]
        seen = {"version": cleaned["version"], "files": cleaned["files"]}
        return {"answers": answers, "overall": cleaned["text"], **seen}


class RemarkForm(forms.Form):
    """A remark on a passage: which block, which words of it, and what is said of them."""

    version = SeenField(required=False)
    block = SeenField()
    quote = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    prefix = forms.CharField(  # type: ignore[assignment]
        max_length=400, required=False, widget=forms.HiddenInput
    )
    text = PlainTextField(
        label=_("Your remark"), max_length=4000, rows=4, error_messages={"required": _("Write your remark.")}
    )

    def clean_quote(self) -> str:
        return self._without_nul("quote")

    def clean_prefix(self) -> str:
        return self._without_nul("prefix")

    def _without_nul(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        if "\x00" in text:
            raise ValidationError(_("Choose the words once more."))
        return text
