"""What is written in the exchange: questions, answers, reports, why something is hidden; and its filter."""

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.detector.birth_numbers import has_birth_number
from core.detector.finds import Find, Kind, Known, find
from core.detector.forms import CheckedForm
from core.forms.fields import LineField, PlainTextField, Words
from municipalities.choices import Approach, ReportReason
from municipalities.exchange import search
from municipalities.exchange.actions.posts import QuestionText
from municipalities.exchange.queries import ours
from municipalities.models import ExchangeQuestion, Municipality
from municipalities.models.exchange import ExchangeQuestionQuerySet, Post

LONGEST = 6000
NO_NAMES = _(
    "Write no names of people who need help, no birth numbers and no other details by which somebody "
    "could recognise them."
)
NO_BIRTH_NUMBER = _("This looks like a birth number. Leave it out: many people read this.")


class PostForm(CheckedForm):
    """What questions and answers share: a text that is looked through, a key that makes it count once.

    Birth numbers are refused; whatever else could tell who somebody is, the author may tick to stay.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    checked = ("title", "text")
    asks_why = False

    def __init__(self, *args: Any, author: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.author = author
        self.look_through()
        self.initial.setdefault("form_key", uuid.uuid4())
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}

    def find(self, texts: dict[str, str]) -> list[Find]:
        """Return what is found besides birth numbers; the author's name stands beside the text anyway."""
        finds = find(texts, Known(signed=(self.author,)))
        return [one for one in finds if one.kind != Kind.BIRTH_NUMBER or not has_birth_number(one.found)]

    def clean(self) -> dict[str, Any]:
        """Refuse birth numbers, beside the field that holds one."""
        cleaned = super().clean()
        for name in ("title", "text"):
            if has_birth_number(cleaned.get(name) or ""):
                self.add_error(name, ValidationError(NO_BIRTH_NUMBER, code="birth_number"))
        return cleaned

    def _lay_out(self, *parts: Any, label: str | Promise) -> None:
        self.helper.layout = Layout(*parts, *self.keeping_layout(), Submit("send", label))


def _municipality_field(own: Sequence[Municipality]) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Which municipality you write for"),
        queryset=Municipality.objects.filter(pk__in=[row.pk for row in own]),
        to_field_name="slug",
        empty_label=_("choose"),
    )


class QuestionForm(PostForm):
    """A question to the officials of all the others."""

    title = LineField(
        label=_("Question in one sentence"),
        max_length=160,
        help_text=_("For example: How do you choose tenants for social flats?"),
    )
    approach = forms.ChoiceField(
        label=_("What it is about"),
        choices=[("", _("something else")), *Approach.choices],
        required=False,
    )
    text = PlainTextField(
        label=_("What the others need to know"), rows=9, max_length=LONGEST, help_text=NO_NAMES
    )

    def __init__(self, *args: Any, own: Sequence[Municipality] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        first = []
        if len(own) > 1:
            self.fields["municipality"] = _municipality_field(own)
            first = ["municipality"]
        self._lay_out(
            *first,
            "title",
            "approach",
            "text",
            Words(
                _(
                    "Officials of other municipalities and the Contact Centre read what you write. The "
                    "Centre may write a published answer from it, without names of people and places."
                )
            ),
            "form_key",
            label=_("Ask the others"),
        )

    def to_words(self) -> QuestionText:
        """Return what was asked, when the form is valid."""
        return QuestionText(**{name: self.cleaned_data[name] for name in ("title", "text", "approach")})


class AnswerForm(PostForm):
    """An answer to a question."""

    text = PlainTextField(label=_("Your answer"), rows=6, max_length=LONGEST, help_text=NO_NAMES)

    def __init__(self, *args: Any, own: Sequence[Municipality] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        first = []
        if len(own) > 1:
            self.fields["municipality"] = _municipality_field(own)
            first = ["municipality"]
        self._lay_out(*first, "text", "form_key", label=_("Send the answer"))


class MendQuestionForm(QuestionForm):
    """One's own question, changed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lay_out("title", "approach", "text", label=_("Save the change"))

    @classmethod
    def initial_of(cls, question: ExchangeQuestion) -> dict[str, str]:
        """Return what the form shows of a question."""
        return {name: getattr(question, name) for name in ("title", "text", "approach")}


class MendAnswerForm(AnswerForm):
    """One's own answer, changed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lay_out("text", label=_("Save the change"))

    @classmethod
    def initial_of(cls, answer: Post) -> dict[str, str]:
        """Return what the form shows of an answer."""
        return {"text": answer.text}

    def to_words(self) -> QuestionText:
        """Return what was written, when the form is valid."""
        return QuestionText(title="", text=self.cleaned_data["text"])


class ReportForm(forms.Form):
    """Why something does not belong there."""

    reason = forms.ChoiceField(
        label=_("What is wrong"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    words = PlainTextField(label=_("More about it, if you like"), rows=3, max_length=500, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout("reason", "words", Submit("send", _("Report it")))


class HideForm(forms.Form):
    """Why something is hidden."""

    reason = LineField(
        label=_("Why it is hidden"),
        max_length=300,
        help_text=_("All readers see it in place of the text. Repeat nothing of what is hidden."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout("reason", Submit("hide", _("Hide it"), css_class="btn-danger"))


class QuestionFilterForm(forms.Form):
    """Which questions are listed; what the address says wrongly counts as not said."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    approach = forms.ChoiceField(
        label=_("About"), choices=[("", _("everything")), *Approach.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("all")),
            ("unanswered", _("without an answer")),
            ("open", pgettext_lazy("question", "not settled")),
            ("settled", pgettext_lazy("question", "settled")),
        ],
        required=False,
    )
    mine = forms.BooleanField(label=_("Only what we asked or answered"), required=False)

    def chosen(self, rows: ExchangeQuestionQuerySet, reader: Any) -> ExchangeQuestionQuerySet:
        """Return those of `rows` that the filter asks for."""
        self.is_valid()
        if words := self.cleaned_data.get("q"):
            rows = rows.filter(pk__in=search.ids(words))
        if approach := self.cleaned_data.get("approach"):
            rows = rows.filter(approach=approach)
        state = self.cleaned_data.get("state")
        if state == "unanswered":
            rows = rows.unanswered()
        elif state:
            rows = rows.filter(settled_at__isnull=state == "open")
        return rows.filter(ours(reader)) if self.cleaned_data.get("mine") else rows


class ReportFilterForm(forms.Form):
    """Which reports are listed; without a word those on which nobody has decided."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", pgettext_lazy("reports", "open")), ("settled", pgettext_lazy("reports", "settled"))],
        required=False,
    )

    @property
    def wants_settled(self) -> bool:
        """Whether reports are wanted on which somebody has decided."""
        return self.is_valid() and self.cleaned_data["state"] == "settled"
