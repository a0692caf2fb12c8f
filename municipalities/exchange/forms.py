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
from municipalities.exchange.queries import ours
from municipalities.models import Municipality
from municipalities.models.exchange import AnyPost, ExchangeQuestionQuerySet

LONGEST = 6000
NO_NAMES = _(
    "Write no names of people who need help, no birth numbers and no other details by which somebody "
    "could recognise them."
)
WHO_READS = _(
    "Officials of other municipalities and the Contact Centre read what you write. The "
    "Centre may write a published answer from it, without names of people and places."
)
NO_BIRTH_NUMBER = _("This looks like a birth number. Leave it out: many people read this.")


def _laid_out(*parts: Any) -> FormHelper:
    helper = FormHelper()
    helper.attrs = {"novalidate": ""}
    helper.layout = Layout(*parts)
    return helper


class PostForm(CheckedForm):
    """What questions and answers share: texts that are looked through, a key that makes them count once.

    Birth numbers are refused; whatever else could tell who somebody is, the author may tick to stay.
    With a `post` its words are changed.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    checked = ("title", "text")
    asks_why = False
    # What stands in the database, in the order of the form.
    columns: Sequence[str] = ("text",)
    send: str | Promise
    notes: Sequence[Words] = ()

    def __init__(
        self,
        *args: Any,
        author: str,
        own: Sequence[Municipality] = (),
        post: AnyPost | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.author, self.post = author, post
        self.look_through()
        self.initial["form_key"] = uuid.uuid4()
        if post:
            self.initial.update({name: getattr(post, name) for name in self.columns})
        if len(own) > 1:
            self.fields["municipality"] = forms.ModelChoiceField(
                label=_("Which municipality you write for"),
                queryset=Municipality.objects.filter(pk__in=[row.pk for row in own]),
                to_field_name="slug",
                empty_label=_("choose"),
            )

    @property
    def helper(self) -> FormHelper:
        """The layout: to change a post, its words alone."""
        if self.post:
            return _laid_out(*self.columns, *self.keeping_layout(), Submit("send", _("Save the change")))
        first = ["municipality"] if "municipality" in self.fields else []
        button = Submit("send", self.send)
        return _laid_out(*first, *self.columns, *self.notes, "form_key", *self.keeping_layout(), button)

    def find(self, texts: dict[str, str]) -> list[Find]:
        """Return what is found besides birth numbers; the author's name stands beside the text anyway."""
        finds = find(texts, Known(signed=(self.author,)))
        return [one for one in finds if one.kind != Kind.BIRTH_NUMBER or not has_birth_number(one.found)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.checked:
            if has_birth_number(cleaned.get(name) or ""):
                self.add_error(name, ValidationError(NO_BIRTH_NUMBER, code="birth_number"))
        return cleaned

    @property
    def words(self) -> dict[str, Any]:
        """What was written, by its column, when the form is valid."""
        return {name: self.cleaned_data[name] for name in self.columns}


class QuestionForm(PostForm):
    """A question to the officials of all the others."""

    title = LineField(
        label=_("Question in one sentence"),
        max_length=160,
        help_text=_("For example: How do you choose tenants for social flats?"),
    )
    approach = forms.ChoiceField(
        label=_("What it is about"), choices=[("", _("something else")), *Approach.choices], required=False
    )
    text = PlainTextField(
        label=_("What the others need to know"), rows=9, max_length=LONGEST, help_text=NO_NAMES
    )

    columns = ("title", "approach", "text")
    send = _("Ask the others")
    notes = (Words(WHO_READS),)


class AnswerForm(PostForm):
    """An answer to a question."""

    text = PlainTextField(label=_("Your answer"), rows=6, max_length=LONGEST, help_text=NO_NAMES)

    send = _("Send the answer")


class ReportForm(forms.Form):
    """Why something does not belong there."""

    reason = forms.ChoiceField(
        label=_("What is wrong"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    words = PlainTextField(label=_("More about it, if you like"), rows=3, max_length=500, required=False)

    @property
    def helper(self) -> FormHelper:
        return _laid_out("reason", "words", Submit("send", _("Report it")))


class HideForm(forms.Form):
    """Why something is hidden."""

    reason = LineField(
        label=_("Why it is hidden"),
        max_length=300,
        help_text=_("All readers see it in place of the text. Repeat nothing of what is hidden."),
    )

    @property
    def helper(self) -> FormHelper:
        return _laid_out("reason", Submit("hide", _("Hide it"), css_class="btn-danger"))


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
        return self.is_valid() and self.cleaned_data["state"] == "settled"
