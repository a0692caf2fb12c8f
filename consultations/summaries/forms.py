"""What editors write, and what readers send back about a summary."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.choices import AnsweredBy, Audience, Certainty, RequesterKind
from consultations.models import SummaryEdition, SupportRequest, Topic
from consultations.summaries.actions import SummaryText, text_of
from core.documents import markdown
from core.forms.fields import DayField, LineField, PlainTextField, RowsField, SeenField
from municipalities.choices import Size
from municipalities.models import ExchangeQuestion, Region

EMPTY_ROWS = 3
MOST_PROVISIONS = 20
ANSWER_LENGTH = 20_000
CHECK_AFTER = timedelta(days=365)
_PROVISION = re.compile(r"provision_(\d{1,2})_(?:citation|day)")
AUDIENCE_OF = {
    RequesterKind.PERSON: Audience.CITIZEN,
    RequesterKind.MUNICIPALITY: Audience.MUNICIPALITY,
    RequesterKind.PROVIDER: Audience.PROVIDER,
    RequesterKind.LABOUR_OFFICE: Audience.LABOUR_OFFICE,
    RequesterKind.OWNER: Audience.OWNER,
}


class SummaryForm(forms.Form):
    """One edition of a summary. Czech is the main text; English is whole or left out."""

    version = SeenField(required=False)
    question_cs = LineField(
        label=_("Question in Czech"),
        max_length=200,
        help_text=_("As somebody would ask who does not know this case. The address is made of it."),
    )
    short_answer_cs = PlainTextField(
        label=_("Short answer in Czech"), rows=3, max_length=600, help_text=_("What one needs to know first.")
    )
    answer_cs = PlainTextField(
        label=_("Answer in Czech"),
        rows=14,
        max_length=ANSWER_LENGTH,
        required=False,
        help_text=_(
            "An empty line begins a paragraph, “- ” an item of a list, “## ” a heading. "
            "**bold**, *emphasis*, [words of a link](https://…)."
        ),
    )
    question_en = LineField(label=_("Question in English"), max_length=200, required=False)
    short_answer_en = PlainTextField(
        label=_("Short answer in English"), rows=3, max_length=600, required=False
    )
    answer_en = PlainTextField(
        label=_("Answer in English"), rows=14, max_length=ANSWER_LENGTH, required=False
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), to_field_name="slug", empty_label=_("choose")
    )
    other_topics = RowsField(
        label=_("Other topics"),
        queryset=Topic.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    audiences = forms.MultipleChoiceField(
        label=_("For whom"), choices=Audience.choices, widget=forms.CheckboxSelectMultiple
    )
    size = forms.ChoiceField(
        label=_("Size of the municipality"),
        choices=[("", _("does not matter")), *Size.choices],
        required=False,
        help_text=_("Stands for the municipality, whose name could tell who asked."),
    )
    region = forms.ModelChoiceField(
        label=pgettext_lazy("of the Czech Republic", "Region"),
        queryset=Region.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=_("does not matter"),
        help_text=_(
            "Only where size and region together cannot tell who asked. "
            "Municipalities of the region then find the answer on their page."
        ),
    )
    certainty = forms.ChoiceField(label=_("How certain"), choices=Certainty.choices, widget=forms.RadioSelect)
    answered_by = forms.ChoiceField(label=_("Whose answer"), choices=AnsweredBy.choices)
    valid_as_of = DayField(label=capfirst(_("valid as of")))
    review_on = DayField(
        label=capfirst(_("next check")),
        required=False,
        help_text=_("When somebody is to look whether it still holds."),
    )
    change_note_cs = LineField(
        label=_("What has changed, in Czech"),
        max_length=300,
        help_text=_("The public reads it under the answer."),
    )
    change_note_en = LineField(label=_("What has changed, in English"), max_length=300, required=False)

    def __init__(self, *args: Any, is_first: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_first:
            del self.fields["change_note_cs"], self.fields["change_note_en"]
        for number in range(self._rows()):
            self.fields[f"provision_{number}_citation"] = LineField(
                label=_("Provision"), max_length=160, required=False
            )
            self.fields[f"provision_{number}_day"] = DayField(label=_("Wording of"), required=False)

    @classmethod
    def initial_of(cls, edition: SummaryEdition) -> dict[str, Any]:
        """Return what the form shows of an edition."""
        text = text_of(edition)
        rows = enumerate(text.provisions)
        provisions = {
            f"provision_{number}_{name}": value
            for number, row in rows
            for name, value in zip(("citation", "day"), row, strict=True)
        }
        shown = {
            **vars(text),
            "topic": text.topic.slug,
            "region": text.region.slug if text.region else "",
            "other_topics": [topic.slug for topic in text.other_topics],
        }
        return {**shown, "version": edition.version, "audiences": list(text.audiences), **provisions}

    @classmethod
    def initial_for(cls, request: SupportRequest) -> dict[str, Any]:
        """Return what is known of a new summary from the request it begins from: never a word of its text."""
        topic = request.topic
        place = request.municipality
        audience = AUDIENCE_OF.get(RequesterKind(request.requester_kind))
        return {
            "topic": topic.slug if topic else "",
            "other_topics": [topic.slug for topic in request.other_topics.all()],
            "audiences": [audience] if audience else [],
            "size": (place.size or "") if place else "",
            "answered_by": AnsweredBy.CENTRE,
            "valid_as_of": timezone.localdate(),
            "review_on": timezone.localdate() + CHECK_AFTER,
        }

    @classmethod
    def initial_for_exchange(cls, question: ExchangeQuestion) -> dict[str, Any]:
        """Return what is known of a new summary from a question in the exchange: never a word of its text."""
        return {
            "audiences": [Audience.MUNICIPALITY],
            "size": question.municipality.size or "",
            "answered_by": AnsweredBy.CENTRE,
            "valid_as_of": timezone.localdate(),
            "review_on": timezone.localdate() + CHECK_AFTER,
        }

    def _rows(self) -> int:
        """Return how many rows of provisions to show: three empty ones at first, and always one to add."""
        filled = [
            int(match[1]) + 1
            for name, value in (self.data if self.is_bound else self.initial).items()
            if value and (match := _PROVISION.fullmatch(name))
        ]
        return min(MOST_PROVISIONS, max(EMPTY_ROWS, max(filled, default=0) + 1))

    @property
    def provision_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the provisions, two a row."""
        for number in range(self._rows()):
            yield self[f"provision_{number}_citation"], self[f"provision_{number}_day"]

    def clean_answer_cs(self) -> str:
        """Refuse links that could run something or lead astray."""
        return self._checked_links("answer_cs")

    def clean_answer_en(self) -> str:
        """Refuse links that could run something or lead astray."""
        return self._checked_links("answer_en")

    def _checked_links(self, name: str) -> str:
        text = self.cleaned_data[name]
        bad = [address for address in markdown.links_of(text) if not markdown.is_safe_link(address)]
        if bad:
            raise forms.ValidationError(
                _("A link has to begin with https://. Mend this one: %(address)s"),
                params={"address": bad[0][:80]},
            )
        return text

    def clean(self) -> dict[str, Any]:
        """English is whole or left out; a provision has its day; the next check comes later."""
        cleaned = super().clean()
        self._check_english(cleaned)
        valid, review = cleaned.get("valid_as_of"), cleaned.get("review_on")
        if valid and review and review <= valid:
            self.add_error("review_on", _("The next check comes after the day on which the answer is valid."))
        for number in range(self._rows()):
            self._check_provision(number, cleaned)
        return cleaned

    def _check_english(self, cleaned: dict[str, Any]) -> None:
        english = {name: cleaned.get(name) for name in ("question_en", "short_answer_en", "answer_en")}
        if not any(english.values()):
            return
        for name, text in english.items():
            czech = cleaned.get(name.replace("_en", "_cs"))
            if not text and name not in self.errors and (czech or name != "answer_en"):
                self.add_error(name, _("Write this in English too, or leave all English fields empty."))

    def _check_provision(self, number: int, cleaned: dict[str, Any]) -> None:
        citation, day = cleaned.get(f"provision_{number}_citation"), cleaned.get(f"provision_{number}_day")
        if citation and not day and f"provision_{number}_day" not in self.errors:
            self.add_error(f"provision_{number}_day", _("Write of which day the wording is."))
        if day and not citation and f"provision_{number}_citation" not in self.errors:
            self.add_error(f"provision_{number}_citation", _("Write which provision it is."))

    def to_text(self) -> SummaryText:
        """Return what was written, when the form is valid."""
        cleaned = self.cleaned_data
        names = SummaryText.__dataclass_fields__.keys() & cleaned.keys()
        text = {name: cleaned[name] for name in names}
        return SummaryText(
            **{
                **text,
                "other_topics": tuple(topic for topic in text["other_topics"] if topic != text["topic"]),
                "audiences": tuple(text["audiences"]),
                "provisions": tuple(self._provisions()),
            }
        )

    def _provisions(self) -> Iterator[tuple[str, date]]:
        for number in range(self._rows()):
            if citation := self.cleaned_data[f"provision_{number}_citation"]:
                yield citation, self.cleaned_data[f"provision_{number}_day"]


class LinkForm(forms.Form):
    """One more request that a summary answers."""

    reference = LineField(label=_("Reference of the request"), max_length=30)

    def clean_reference(self) -> SupportRequest:
        """Return the request; raises ValidationError when there is none."""
        request = SupportRequest.objects.with_reference(self.cleaned_data["reference"]).first()
        if request is None:
            raise forms.ValidationError(_("There is no such request. A reference looks like SH-2026-000001."))
        return request


class MistakeForm(forms.Form):
    """What a reader finds wrong. `website` is a trap for programs: people do not see it."""

    mistake = PlainTextField(
        label=_("What is wrong?"),
        rows=6,
        max_length=2000,
        help_text=_(
            "Write what is not right and, if you know it, where it is written. "
            "Do not write about your own case: ask us a question instead."
        ),
        error_messages={"required": _("Write what is wrong.")},
    )
    website = forms.CharField(required=False)

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms draws it."""
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(
            "mistake", Field("website", template="consultations/intake/trap.html"), Submit("send", _("Send"))
        )
        return helper

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what people do not see."""
        return bool(self.data.get("website"))
