"""What is done with summaries."""

from datetime import date

import pytest
from django.utils import translation

from consultations.models import Feedback, JustifiedHit, SummaryEdition
from consultations.summaries import actions
from consultations.summaries.kind import SUMMARIES
from consultations.summaries.queries import finds_in_summary
from core import search
from core.audit import entries_of
from core.documents import actions as documents
from core.documents.choices import State
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    AudienceFactory,
    SummaryEditionFactory,
    SupportRequestFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    """Reasons are read in English here."""
    with translation.override("en"):
        yield


@pytest.fixture
def text():
    """A text without a find, in both languages."""
    return {
        "question_cs": "Kde lze požádat o sociální byt?",
        "question_en": "Where can one apply for a social flat?",
        "short_answer_cs": "Na sociálním odboru obce.",
        "short_answer_en": "At the social department of the municipality.",
        "answer_cs": "Obec má **vlastní** pravidla.",
        "answer_en": "A municipality has its **own** rules.",
        "topic": TopicFactory(),
        "other_topics": [TopicFactory()],
        "audiences": [AudienceFactory(position=1), AudienceFactory(position=2)],
        "size": "to-999",
        "region": None,
        "certainty": "fact",
        "answered_by": "centre",
        "valid_as_of": date(2026, 11, 1),
        "review_on": date(2027, 11, 1),
        "provisions": [("§ 35 odst. 2 zákona č. 128/2000 Sb.", date(2026, 1, 1))],
    }


@pytest.fixture
def source():
    """An answered request of Jana Nováková."""
    return SupportRequestFactory(answered=True)


@pytest.fixture
def edition(text, source):
    """A draft begun from the request."""
    return actions.start_summary([source], words=text, by=UserFactory())


def own(edition):
    """Return what is written in an edition, without what every document has."""
    frame = ("change_note_cs", "change_note_en", "is_minor")
    return {name: value for name, value in edition.words().items() if name not in frame}


def submitted(edition):
    """Send a draft for review."""
    documents.submit(edition, version=edition.version, by=edition.author)
    return edition


def published(edition):
    """Publish a draft by a second person."""
    submitted(edition)
    documents.publish(edition, version=edition.version, by=UserFactory(editor=True))
    return edition


def test_a_summary_begins_with_all_that_was_written(edition, text, source):
    edition = SummaryEdition.objects.get(pk=edition.pk)
    assert own(edition) == text
    assert edition.answer_html_cs == "<p>Obec má <strong>vlastní</strong> pravidla.</p>\n"
    assert edition.answer_html_en == "<p>A municipality has its <strong>own</strong> rules.</p>\n"
    assert [origin.request for origin in edition.document.origins.all()] == [source]
    assert edition.document.slug is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"open": True}, "The request has not been answered yet."),
        (
            {"answered": True, "consent_publish": False},
            "The requester did not agree that a summary without names may be published.",
        ),
        (
            {"answered": True, "deletion_requested_at": date(2026, 11, 1)},
            "The requester asks for deletion of the request.",
        ),
    ],
)
def test_a_summary_does_not_begin_from_any_request(text, fields, reason):
    if "deletion_requested_at" in fields:
        fields["deletion_requested_at"] = "2026-11-01T10:00:00Z"
    request = SupportRequestFactory(**fields)
    with pytest.raises(Refused) as refusal:
        actions.start_summary([request], words=text, by=UserFactory())
    assert refusal.value.reasons == [reason]


def test_a_summary_begins_from_some_request(text):
    with pytest.raises(Refused):
        actions.start_summary([], words=text, by=UserFactory())


def test_saving_writes_everything_anew(edition, text):
    colleague = UserFactory()
    shorter = dict(
        text, question_en="", short_answer_en="", answer_en="", provisions=[], audiences=[AudienceFactory()]
    )
    documents.save_draft(edition, words=shorter, version=1, by=colleague)
    edition = SummaryEdition.objects.get(pk=edition.pk)
    assert own(edition) == shorter
    assert (edition.version, edition.saved_by, edition.languages) == (2, colleague, ["cs"])
    assert edition.answer_html_en == ""


def test_saving_over_a_colleague_is_a_conflict(edition, text):
    documents.save_draft(edition, words=dict(text, question_cs="Novější?"), version=1, by=UserFactory())
    stale = SummaryEdition.objects.get(pk=edition.pk)
    with pytest.raises(Conflict) as conflict:
        documents.save_draft(stale, words=text, version=1, by=UserFactory())
    assert conflict.value.current.question_cs == "Novější?"


def test_the_whole_story(text, source):
    """Refused for a name in another case, mended, refused to its author, approved by a second person."""
    author = UserFactory(coordinator=True)
    leaky = dict(text, short_answer_cs="Paní Novákové jsme poradili, ať jde na odbor.")
    edition = actions.start_summary([source], words=leaky, by=author)
    with pytest.raises(Refused) as refusal:
        documents.submit(edition, version=1, by=author)
    assert refusal.value.reasons == ["The text holds “Novákové” (name of somebody behind this text)."]

    documents.save_draft(edition, words=text, version=1, by=author)
    documents.submit(edition, version=2, by=author)
    with pytest.raises(Refused) as refusal:
        documents.publish(edition, version=3, by=author)
    assert refusal.value.reasons == ["Nobody may publish their own text. Ask a colleague."]

    documents.publish(edition, version=3, by=UserFactory(editor=True))
    edition.refresh_from_db()
    assert edition.state == State.PUBLISHED
    assert edition.document.slug == "kde-lze-pozadat-o-socialni-byt"


def key_of(edition, words):
    """Return the key of the first find of these words."""
    return next(one.key for one in finds_in_summary(edition) if one.found == words)


def test_each_find_is_named_until_it_is_removed_or_justified(edition, text, source):
    documents.save_draft(
        edition,
        words=dict(text, answer_cs="Viz věc Nováka, tel. 777 123 456."),
        version=1,
        by=edition.author,
    )
    assert documents.reasons_against_submitting(edition) == [
        "The text holds “Nováka” (name of somebody behind this text).",
        "The text holds “777 123 456” (phone number).",
    ]
    documents.justify(edition, key=key_of(edition, "Nováka"), reason="Známý rozsudek.", by=edition.author)
    assert documents.reasons_against_submitting(edition) == ["The text holds “777 123 456” (phone number)."]
    documents.justify(edition, key=key_of(edition, "777 123 456"), reason="Veřejná linka.", by=edition.author)
    submitted(edition)
    assert sorted(JustifiedHit.objects.values_list("found", flat=True)) == ["777 123 456", "Nováka"]


def test_a_justification_has_a_reason_and_a_find(edition):
    with pytest.raises(Refused) as refusal:
        documents.justify(edition, key="x", reason=" ", by=edition.author)
    assert refusal.value.reasons == ["This is no longer in the text."]
    edition.short_answer_cs = "Radil Petr Novák."
    edition.save()
    with pytest.raises(Refused) as refusal:
        documents.justify(edition, key=key_of(edition, "Novák"), reason=" ", by=edition.author)
    assert refusal.value.reasons == ["Write why it may stay."]


def test_a_justification_is_for_one_sentence_of_one_field(edition, text, source):
    def write(answer, **words):
        documents.save_draft(
            edition,
            words=dict(text, answer_cs=answer, **words),
            version=edition.version,
            by=edition.author,
        )

    source.requester.name = "Karel Malý"
    source.requester.save()
    write("Tak řekl i Malý, že byt stačí.")
    documents.justify(edition, key=key_of(edition, "Malý"), reason="Název domu.", by=edition.author)
    assert documents.reasons_against_submitting(edition) == []
    open_again = ["The text holds “Malý” (name of somebody behind this text)."]
    write("Tak řekl i Malý, že byt stačí. Pan Malý z Lomu pije a dluží.")
    assert documents.reasons_against_submitting(edition) == open_again
    write("Tak řekl i Malý, že byt stačí. Tak řekl i Malý, že pije.")
    assert documents.reasons_against_submitting(edition) == open_again
    write("Tak řekl i Malý, že byt stačí.", short_answer_cs="Tak řekl i Malý, že byt stačí.")
    assert documents.reasons_against_submitting(edition) == open_again
    write("Tak řekl i **Malý**, že byt  stačí!")
    assert documents.reasons_against_submitting(edition) == []


def test_a_common_word_is_no_name_at_all(edition, text, source):
    source.requester.name = "Karel Malý"
    source.requester.save()
    documents.save_draft(edition, words=dict(text, answer_cs="Malý byt stačí."), version=1, by=edition.author)
    assert documents.reasons_against_submitting(edition) == []


def test_what_was_justified_before_finds_had_sentences_is_asked_about_again(edition, text):
    JustifiedHit.objects.create(
        edition=edition, key="nováka", found="nováka", reason="Dřív.", justified_by=edition.author
    )
    documents.save_draft(edition, words=dict(text, answer_cs="Věc Nováka."), version=1, by=edition.author)
    assert documents.reasons_against_submitting(edition) == [
        "The text holds “Nováka” (name of somebody behind this text)."
    ]


def test_a_stranger_is_asked_about_and_stays_by_a_click(edition, text):
    answer = "Paní Horáčková uvedla, že platí."
    documents.save_draft(edition, words=dict(text, answer_cs=answer), version=1, by=edition.author)
    assert documents.reasons_against_submitting(edition) == [
        "“Horáčková” may be the name of somebody who could be recognised."
    ]
    documents.justify(edition, key=key_of(edition, "Horáčková"), reason="", by=edition.author)
    assert documents.reasons_against_submitting(edition) == []


def test_who_justified_a_find_does_not_publish(edition, text):
    editor = UserFactory(editor=True)
    documents.save_draft(edition, words=dict(text, answer_cs="Rozsudek Novák."), version=1, by=edition.author)
    documents.justify(edition, key=key_of(edition, "Novák"), reason="Veřejný rozsudek.", by=editor)
    submitted(edition)
    with pytest.raises(Refused):
        documents.publish(edition, version=edition.version, by=editor)


def test_finds_are_looked_for_again_when_it_is_published(edition, source):
    submitted(edition)
    source.requester.name = "Odbora Byt"
    source.requester.save()
    reasons = documents.reasons_against_publishing(edition, by=UserFactory(editor=True))
    assert "The text holds “byt” (name of somebody behind this text)." in reasons


def test_what_the_requester_took_back_is_not_published(edition, source):
    submitted(edition)
    source.consent_publish = False
    source.save()
    assert documents.reasons_against_publishing(edition, by=UserFactory(editor=True)) == [
        f"{source.reference}: The requester did not agree that a summary without names may be published."
    ]


def test_nobody_publishes_a_version_they_have_not_seen(edition, text):
    submitted(edition)
    with pytest.raises(Conflict):
        documents.publish(edition, version=edition.version - 1, by=UserFactory(editor=True))


def test_publishing_tells_those_who_asked_once(edition, source, text):
    published(edition)
    mail = OutgoingMail.objects.get(kind="consultations/published")
    assert mail.to == source.requester.email
    assert "/cs/summaries/kde-lze-pozadat-o-socialni-byt/" in mail.text
    following = documents.new_edition(edition.document, by=edition.author)
    documents.save_draft(
        following, words=dict(text, change_note_cs="Nové znění."), version=1, by=edition.author
    )
    published(following)
    assert OutgoingMail.objects.filter(kind="consultations/published").count() == 1
    assert edition.document.origins.get().told_at is not None


def test_publishing_makes_it_findable_in_both_languages_and_withdrawing_does_not(edition):
    published(edition)
    for words in ("sociálním bytem", "own rules", "odbory obcí"):
        assert search.ids(words, kind="summary", scope="public") == [edition.document_id]
    documents.withdraw(
        edition, version=edition.version, reason="Zákon se změnil.", by=UserFactory(editor=True)
    )
    assert search.ids("sociálním bytem", kind="summary", scope="public") == []


def test_a_reason_for_withdrawal_holds_no_name_either(edition):
    published(edition)
    with pytest.raises(Refused) as refusal:
        documents.withdraw(
            edition, version=edition.version, reason="Byla v tom paní Nováková.", by=UserFactory(editor=True)
        )
    assert refusal.value.reasons == ["The text holds “Nováková” (name of somebody behind this text)."]


def test_a_find_in_a_reason_for_withdrawal_stays_for_a_reason(edition, text):
    published(edition)
    reason, editor = "Ve věci Nováka rozhodl soud.", UserFactory(editor=True)
    [one] = SUMMARIES.check.finds_in(edition.document, {"reason": reason})
    with pytest.raises(Refused):
        documents.withdraw(edition, version=edition.version, reason=reason, kept={one.key: " "}, by=editor)
    with pytest.raises(Refused):
        documents.withdraw(
            edition,
            version=edition.version,
            reason=f"{reason} Novák prohrál.",
            kept={one.key: "Rozsudek"},
            by=editor,
        )
    documents.withdraw(
        edition, version=edition.version, reason=reason, kept={one.key: "Známý rozsudek"}, by=editor
    )
    row = JustifiedHit.objects.get()
    assert (row.found, row.reason, row.justified_by) == ("Nováka", "Známý rozsudek", editor)


def test_addresses_differ_and_stay(text, source):
    slugs = []
    for _number in range(3):
        edition = published(actions.start_summary([source], words=text, by=UserFactory()))
        slugs.append(edition.document.slug)
    assert slugs == [
        "kde-lze-pozadat-o-socialni-byt",
        "kde-lze-pozadat-o-socialni-byt-2",
        "kde-lze-pozadat-o-socialni-byt-3",
    ]
    following = documents.new_edition(edition.document, by=edition.author)
    changed = dict(text, question_cs="Jiná otázka?", change_note_cs="Jinak.")
    documents.save_draft(following, words=changed, version=1, by=edition.author)
    published(following)
    assert following.document.slug == slugs[-1]


@pytest.mark.parametrize(("question", "slug"), [("Ž" * 200, "z" * 90), ("???", None)])
def test_a_strange_question_has_an_address_too(text, source, question, slug):
    edition = published(
        actions.start_summary([source], words=dict(text, question_cs=question), by=UserFactory())
    )
    assert edition.document.slug == (slug or f"answer-{edition.document_id}")
    again = published(
        actions.start_summary([source], words=dict(text, question_cs=question), by=UserFactory())
    )
    assert again.document.slug != edition.document.slug
    assert len(again.document.slug) <= 90


def test_a_new_edition_is_a_copy_that_the_public_does_not_see(edition, text):
    published(edition)
    following = documents.new_edition(edition.document, by=UserFactory())
    assert own(following) == text
    assert list(SummaryEdition.objects.published()) == [edition]
    with pytest.raises(Refused):
        documents.new_edition(edition.document, by=UserFactory())


def test_a_withdrawn_text_can_come_back_as_a_new_edition(edition, text):
    published(edition)
    documents.withdraw(
        edition, version=edition.version, reason="Chyba ve výpočtu.", by=UserFactory(editor=True)
    )
    following = documents.new_edition(edition.document, by=edition.author)
    documents.save_draft(
        following, words=dict(text, change_note_cs="Opraveno."), version=1, by=edition.author
    )
    published(following)
    assert SummaryEdition.objects.at_address().first() == following


def test_a_second_request_is_linked_and_told(edition):
    published(edition)
    other = SupportRequestFactory(answered=True, requester__name="Petr Němec")
    actions.link_request(edition.document, request=other, by=edition.author)
    assert set(OutgoingMail.objects.values_list("to", flat=True)) >= {other.requester.email}
    with pytest.raises(Refused) as refusal:
        actions.link_request(edition.document, request=other, by=edition.author)
    assert refusal.value.reasons == ["The request is linked already."]


def test_a_request_whose_people_are_in_the_published_text_is_not_linked(edition):
    published(edition)
    other = SupportRequestFactory(answered=True, requester__name="Pavel Odbor")
    with pytest.raises(Refused) as refusal:
        actions.link_request(edition.document, request=other, by=edition.author)
    assert "The text holds “odboru” (name of somebody behind this text)." in refusal.value.reasons


def test_the_last_request_stays_linked(edition):
    with pytest.raises(Refused):
        actions.unlink_request(edition.document.origins.get(), by=edition.author)
    other = actions.link_request(
        edition.document, request=SupportRequestFactory(answered=True), by=edition.author
    )
    actions.unlink_request(other, by=edition.author)
    assert edition.document.origins.count() == 1


def test_what_readers_say_is_kept_and_settled_once():
    edition = SummaryEditionFactory(published=True)
    documents.record_feedback(edition.document, helpful="yes", by=None)
    report = documents.record_feedback(edition.document, mistake=" Odkaz nevede nikam. ", by=None)
    assert list(Feedback.objects.unsettled()) == [report]
    editor = UserFactory(editor=True)
    documents.settle_feedback(edition.document, report.pk, by=editor)
    report.refresh_from_db()
    assert (report.settled_by, list(Feedback.objects.unsettled())) == (editor, [])
    with pytest.raises(Conflict):
        documents.settle_feedback(edition.document, report.pk, by=UserFactory())
    with pytest.raises(Refused):
        documents.record_feedback(edition.document, mistake=" ", by=None)


def test_the_audit_holds_no_word_of_the_text(edition, text):
    published(edition)
    details = [entry.details for entry in [*entries_of(edition), *entries_of(edition.document)]]
    assert details
    assert all(isinstance(value, int) for detail in details for value in detail.values())
