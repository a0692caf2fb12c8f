"""The form of a document, made of the model's own fields, shown on summaries."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from consultations.summaries.forms import SummaryForm
from tests.factories.consultations import AudienceFactory, SummaryEditionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def sent(**changes):
    """Return what an editor sends."""
    words = {
        "question_cs": "Kde požádat o byt?",
        "short_answer_cs": "Na odboru.",
        "topic": TopicFactory(slug="flats").slug,
        "audiences": AudienceFactory(slug="citizen").slug,
        "certainty": "fact",
        "answered_by": "centre",
        "valid_as_of": "2026-11-01",
        **changes,
    }
    data = QueryDict(mutable=True)
    for name, value in words.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_each_field_of_the_model_becomes_a_field_of_the_form():
    with translation.override("en"):
        fields = SummaryForm().fields
        labels = [str(fields[name].label) for name in ("question_cs", "question_en", "certainty", "region")]
    assert labels == ["Question", "Question (in English)", "How certain", "Region"]
    assert [fields[name].required for name in ("question_cs", "question_en", "answer_cs")] == [
        True,
        False,
        False,
    ]
    assert fields["answer_cs"].max_length == 20_000
    assert "is_minor" not in fields


def test_what_is_written_are_the_words_of_the_edition():
    TopicFactory(slug="debts")
    form = SummaryForm(
        sent(other_topics=["debts", "flats"], provision_0_citation="§ 35", provision_0_day="2026-01-01")
    )
    assert form.is_valid(), form.errors
    words = form.to_words()
    assert [topic.slug for topic in words["other_topics"]] == ["debts"]
    assert words["provisions"] == [("§ 35", date(2026, 1, 1))]
    assert set(words) == set(SummaryEditionFactory().words()) - {
        "change_note_cs",
        "change_note_en",
        "is_minor",
    }


@pytest.mark.parametrize("topic", ["nothing", "\x00", "9" * 40])
def test_a_topic_that_is_none_is_refused(topic):
    assert "other_topics" in SummaryForm(sent(other_topics=[topic])).errors


def test_english_is_whole_or_left_out():
    form = SummaryForm(sent(question_en="Where?", answer_cs="Podrobně."))
    assert sorted(form.errors) == ["answer_en", "short_answer_en"]


def test_what_is_typed_comes_back_as_it_was():
    typed = SummaryForm(sent(valid_as_of="včera", audiences=["citizen", "owner"])).typed()
    initial = SummaryForm().initial_from(typed)
    assert (initial["valid_as_of"], initial["audiences"]) == ("včera", ["citizen", "owner"])


def test_differences_are_told_in_words():
    edition = SummaryEditionFactory()
    after = {**edition.words(), "certainty": "opinion", "provisions": [("§ 35", date(2026, 1, 1))]}
    with translation.override("en"):
        told = SummaryForm(edition=edition).differences(edition.words(), after)
    assert [(row["label"], row["after"]) for row in told] == [
        ("How certain", "an opinion from practice"),
        ("Provision", "§ 35 (1\u00a0January\u00a02026)"),
    ]
