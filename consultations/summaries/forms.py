"""What editors write of a summary, and which request it answers."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.choices import AnsweredBy, RequesterKind
from consultations.models import Audience, SummaryEdition, SupportRequest, Topic
from core.documents.forms import Section
from core.documents.law.editions import PROVISIONS
from core.documents.law.forms import CITED_HELP, CITED_TEMPLATE, CitesLaw
from core.documents.reviews import proposed_day
from core.forms.fields import LineField
from municipalities.models import ExchangeQuestion, Municipality

# The shipped audience of those who ask, by its slug.
AUDIENCE_OF = {
    RequesterKind.PERSON: "citizen",
    RequesterKind.MUNICIPALITY: "municipality",
    RequesterKind.PROVIDER: "provider",
    RequesterKind.LABOUR_OFFICE: "labour_office",
    RequesterKind.OWNER: "owner",
}


class SummaryForm(CitesLaw):
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
            CITED_HELP,
            template=CITED_TEMPLATE,
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
        days = {"valid_as_of": today, "review_on": proposed_day()}
        size = (place.size or "") if place else ""
        audience = Audience.objects.named(AUDIENCE_OF.get(asker, ""))
        audiences = [audience.slug] if audience else []
        return {"audiences": audiences, "size": size, "answered_by": AnsweredBy.CENTRE, **days}

    def clean(self) -> dict[str, Any]:
        """The next check comes later than the day on which the answer is valid."""
        cleaned = super().clean()
        valid, review = cleaned.get("valid_as_of"), cleaned.get("review_on")
        if valid and review and review <= valid:
            self.add_error("review_on", _("The next check comes after the day on which the answer is valid."))
        return cleaned

    def to_words(self) -> dict[str, Any]:
        words = super().to_words()
        others = [topic for topic in words["other_topics"] if topic != words["topic"]]
        return {**words, "other_topics": others}


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
