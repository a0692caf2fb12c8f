"""What editors write of a summary, and which request it answers."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.choices import AnsweredBy, RequesterKind
from consultations.models import Audience, SummaryEdition, SupportRequest, Topic
from core.documents.forms import DocumentForm, Section
from core.forms.fields import DayField, LineField
from municipalities.models import ExchangeQuestion, Municipality

EMPTY_ROWS = 3
MOST_PROVISIONS = 20
CHECK_AFTER = timedelta(days=365)
PROVISIONS = "provisions"
_PROVISION = re.compile(r"provision_(\d{1,2})_(?:citation|day)")
# The shipped audience of those who ask, by its slug.
AUDIENCE_OF = {
    RequesterKind.PERSON: "citizen",
    RequesterKind.MUNICIPALITY: "municipality",
    RequesterKind.PROVIDER: "provider",
    RequesterKind.LABOUR_OFFICE: "labour_office",
    RequesterKind.OWNER: "owner",
}


class SummaryForm(DocumentForm):
    """One edition of a summary."""

    model = SummaryEdition
    sections = (
        Section(_("Czech text"), ("question", "short_answer", "answer")),
        Section(_("What it is about, and for whom"), ("topic",)),
        Section(_("Other topics"), ("other_topics",), is_folded=True),
        Section("", ("audiences", ("size", "region"))),
        Section(
            _("What it rests on"),
            (PROVISIONS, "certainty", "answered_by", ("valid_as_of", "review_on")),
            _("Provisions of law, each with the day of its wording. More rows come when you save."),
        ),
    )
    helps = {
        "question": _("As somebody would ask who does not know this case. The address is made of it."),
        "short_answer": _("What one needs to know first."),
        "answer": _(
            "An empty line begins a paragraph, “- ” an item of a list, “## ” a heading. "
            "**bold**, *emphasis*, [words of a link](https://…)."
        ),
        "size": _("Stands for the municipality, whose name could tell who asked."),
        "region": _(
            "Only where size and region together cannot tell who asked. "
            "Municipalities of the region then find the answer on their page."
        ),
        "review_on": _("When somebody is to look whether it still holds."),
    }
    rows = {"short_answer": 3, "answer": 14}
    radios = ("certainty",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        edition = self.edition
        topics = [edition.topic_id, *(topic.pk for topic in edition.other_topics.all())] if edition else []
        audiences = [audience.pk for audience in edition.audiences.all()] if edition else []
        for name in ("topic", "other_topics"):
            self.fields[name].queryset = Topic.objects.in_use(*topics)
        self.fields["audiences"].queryset = Audience.objects.in_use(*audiences)
        self.numbers = range(self._rows())
        for number in self.numbers:
            citation = LineField(label=_("Provision"), max_length=160, required=False)
            day = DayField(label=_("Wording of"), required=False)
            self.fields |= {f"provision_{number}_citation": citation, f"provision_{number}_day": day}

    @classmethod
    def initial_of(cls, edition: SummaryEdition) -> dict[str, Any]:
        shown = super().initial_of(edition)
        for number, (citation, day) in enumerate(shown.pop(PROVISIONS)):
            shown |= {f"provision_{number}_citation": citation, f"provision_{number}_day": day}
        return shown

    @classmethod
    def initial_for(cls, request: SupportRequest) -> dict[str, Any]:
        """Return what is known of a new summary from the request it begins from: never a word of its text."""
        return {
            **cls._begun(request.municipality, RequesterKind(request.requester_kind)),
            "topic": request.topic.slug if request.topic else "",
            "certainty": _certainty_of(request),
            "other_topics": [topic.slug for topic in request.other_topics.all()],
        }

    @classmethod
    def initial_for_exchange(cls, question: ExchangeQuestion) -> dict[str, Any]:
        """Return what is known of a new summary from a question in the exchange: never a word of its text."""
        return cls._begun(question.municipality, RequesterKind.MUNICIPALITY)

    @staticmethod
    def _begun(place: Municipality | None, asker: RequesterKind) -> dict[str, Any]:
        today = timezone.localdate()
        days = {"valid_as_of": today, "review_on": today + CHECK_AFTER}
        size = (place.size or "") if place else ""
        audience = Audience.objects.named(AUDIENCE_OF.get(asker, ""))
        audiences = [audience.slug] if audience else []
        return {"audiences": audiences, "size": size, "answered_by": AnsweredBy.CENTRE, **days}

    def _rows(self) -> int:
        """Return how many rows of provisions to show: three empty ones at first, and always one to add."""
        filled = [
            int(match[1]) + 1
            for name, value in (self.data if self.is_bound else self.initial).items()
            if value and (match := _PROVISION.fullmatch(name))
        ]
        return min(MOST_PROVISIONS, max(EMPTY_ROWS, max(filled, default=0) + 1))

    def columns_of(self, name: str) -> list[str]:
        return [] if name == PROVISIONS else super().columns_of(name)

    def fields_of(self, row: tuple[str, ...]) -> list[list[forms.BoundField]]:
        if row != (PROVISIONS,):
            return super().fields_of(row)
        parts = ("citation", "day")
        return [[self[f"provision_{number}_{part}"] for part in parts] for number in self.numbers]

    def label_of(self, name: str) -> str:
        return str(_("Provision")) if name == PROVISIONS else super().label_of(name)

    def display(self, name: str, value: Any) -> str:
        if isinstance(value, tuple):
            return f"{value[0]} ({super().display(name, value[1])})"
        return super().display(name, value)

    def clean(self) -> dict[str, Any]:
        """A provision has its day, and the next check comes later."""
        cleaned = super().clean()
        valid, review = cleaned.get("valid_as_of"), cleaned.get("review_on")
        if valid and review and review <= valid:
            self.add_error("review_on", _("The next check comes after the day on which the answer is valid."))
        for number in self.numbers:
            self._check_provision(number, cleaned)
        return cleaned

    def _check_provision(self, number: int, cleaned: dict[str, Any]) -> None:
        citation, day = (f"provision_{number}_{name}" for name in ("citation", "day"))
        if cleaned.get(citation) and not cleaned.get(day):
            self.add_once(day, _("Write of which day the wording is."))
        if cleaned.get(day) and not cleaned.get(citation):
            self.add_once(citation, _("Write which provision it is."))

    def to_words(self) -> dict[str, Any]:
        words = super().to_words()
        own = {name: value for name, value in words.items() if not _PROVISION.fullmatch(name)}
        own["other_topics"] = [topic for topic in words["other_topics"] if topic != words["topic"]]
        return {**own, PROVISIONS: list(self._provisions())}

    def _provisions(self) -> Iterator[tuple[str, date]]:
        for number in self.numbers:
            if citation := self.cleaned_data[f"provision_{number}_citation"]:
                yield citation, self.cleaned_data[f"provision_{number}_day"]


def _certainty_of(request: SupportRequest) -> str:
    """Return how certain the last answer was said to be, "" where nobody said it."""
    answers = request.contacts.filter(is_answer=True).exclude(certainty="")
    return answers.order_by("-pk").values_list("certainty", flat=True).first() or ""


class LinkForm(forms.Form):
    """One more request that a summary answers."""

    reference = LineField(label=_("Reference of the request"), max_length=30)

    def clean_reference(self) -> SupportRequest:
        """Return the request; raises ValidationError when there is none."""
        request = SupportRequest.objects.with_reference(self.cleaned_data["reference"]).first()
        if request is None:
            raise forms.ValidationError(_("There is no such request. A reference looks like SH-2026-000001."))
        return request
