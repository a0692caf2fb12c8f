"""Who is told of a text on its way: those who may publish it, then those who wrote it; each once."""

import pytest
from django.utils.translation import override

from core.documents import actions
from core.documents.emails import title_of
from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory

pytestmark = pytest.mark.django_db


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("receiver", flat=True))


@pytest.fixture
def editor():
    return UserFactory(editor=True)


@pytest.fixture
def edition(editor):
    edition = SummaryEditionFactory()
    # An editor who has a word in it is nobody's second person.
    actions.save_draft(edition, words={}, version=edition.version, by=UserFactory(editor=True))
    return edition


def test_who_may_publish_and_has_no_part_in_it(edition, editor):
    UserFactory(editor=True, is_active=False)
    actions.submit(edition, version=edition.version, by=edition.author)

    assert told("summary/in_review") == {editor.pk}
    notice = Notice.objects.get()
    assert (notice.link, bool(notice.digest_at)) == (f"/cs/desk/summaries/{edition.document_id}/", True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("matter", ["published", "sent_back"])
def test_author_and_sender_are_told_how_it_ended_and_it_waits_for_nobody(edition, editor, matter):
    sender = UserFactory()
    actions.submit(edition, version=edition.version, by=sender)
    if matter == "published":
        actions.publish(edition, version=edition.version, by=editor)
    else:
        actions.send_back(edition, remark="Doplňte zdroj.", version=edition.version, by=editor)

    assert told(f"summary/{matter}") == {edition.author.pk, sender.pk}
    assert not Notice.objects.filter(kind="summary/in_review").unread().exists()
    assert "zdroj" not in str(list(Notice.objects.values("words", "link")))


def test_it_says_which_text_it_is_in_the_readers_language(edition, editor):
    actions.submit(edition, version=edition.version, by=edition.author)
    notice = Notice.objects.get()
    with override("cs"):
        assert notice.sentence.endswith("text „Kde lze požádat o sociální byt?“.")
    with override("en"):
        assert notice.sentence.endswith("second person: “Where can one apply for a social flat?”.")
        # Told before notices named their texts.
        notice.words = {}
        assert notice.sentence.endswith("second person: “…”.")


def test_a_long_title_is_cut():
    edition = SummaryEditionFactory(question_cs="Kolik stojí byt? " * 11, question_en="")
    assert set(title_of(edition)) == {"title"}
    assert len(title_of(edition)["title"]) <= 120


def test_who_wrote_and_sent_it_is_told_once(edition, editor):
    actions.submit(edition, version=edition.version, by=edition.author)
    actions.publish(edition, version=edition.version, by=editor)
    assert Notice.objects.filter(receiver=edition.author).count() == 1
