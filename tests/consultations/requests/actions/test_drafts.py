"""Unsent texts: kept as one types, shared, taken over, put away; nothing typed is ever written over."""

import pytest

from consultations.models import Draft
from consultations.requests.actions import desk, drafts
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.prepared import DraftFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

READS = "Your role reads requests but does not work on them."


def test_a_text_is_kept_and_kept_again() -> None:
    request, me = SupportRequestFactory(open=True), UserFactory()
    first = drafts.save_draft(request, kind="answer", text="Ano", by=me, version=0)
    again = drafts.save_draft(request, kind="answer", text="Ano.", by=me, version=first.version)
    assert (again.pk, again.text, again.version) == (first.pk, "Ano.", 2)
    assert drafts.save_draft(request, kind="answer", text="Ano.", by=me, version=1).version == 2


def test_nothing_is_no_draft() -> None:
    request = SupportRequestFactory(open=True)
    assert drafts.save_draft(request, kind="note", text="", by=UserFactory(), version=0) is None
    assert not Draft.objects.exists()


@pytest.mark.parametrize("version", [0, 1, 7])
def test_a_stale_window_writes_nothing_over(version: int) -> None:
    draft = DraftFactory(version=3, text="Novější")
    with pytest.raises(Conflict) as conflict:
        drafts.save_draft(draft.request, kind="answer", text="Starší", by=draft.author, version=version)
    assert conflict.value.current == draft
    draft.refresh_from_db()
    assert draft.text == "Novější"


@pytest.mark.parametrize("version", [0, 2])
def test_what_a_page_sends_on_leaving_comes_after_its_own_save_under_way(version: int) -> None:
    draft = DraftFactory(version=3, text="Začátek")
    words = {"text": "Začátek a konec", "before": "Začátek"}
    kept = drafts.save_draft(draft.request, kind="answer", **words, by=draft.author, version=version)
    assert (kept.text, kept.version) == ("Začátek a konec", 4)


def test_what_another_window_has_kept_meanwhile_is_not_ones_own_save() -> None:
    draft = DraftFactory(version=3, text="Z jiného okna")
    words = {"text": "Začátek a konec", "before": "Začátek"}
    with pytest.raises(Conflict):
        drafts.save_draft(draft.request, kind="answer", **words, by=draft.author, version=2)


def test_a_draft_that_a_colleague_took_over_is_not_ones_own_save() -> None:
    me = UserFactory()
    theirs = DraftFactory(version=3, text="Začátek", taken_from=me)
    words = {"text": "Začátek a konec", "before": "Začátek"}
    with pytest.raises(Conflict):
        drafts.save_draft(theirs.request, kind="answer", **words, by=me, version=2)
    theirs.refresh_from_db()
    assert theirs.text == "Začátek"


def test_a_late_save_does_not_bring_back_what_was_sent() -> None:
    request, me = SupportRequestFactory(open=True), UserFactory()
    with pytest.raises(Conflict):
        drafts.save_draft(request, kind="answer", text="Ano", by=me, version=2)
    desk.add_note(request, text="Volat.", by=me)
    assert drafts.save_draft(request, kind="note", text="Volat.", by=me, version=0) is None
    assert not Draft.objects.exists()


def test_who_only_reads_keeps_no_draft() -> None:
    request = SupportRequestFactory(open=True)
    assert refusal(
        drafts.save_draft, request, kind="note", text="A", by=UserFactory(editor=True), version=0
    ) == [READS]
    assert not Draft.objects.exists()


def test_a_text_that_is_too_long_is_refused() -> None:
    request = SupportRequestFactory(open=True)
    assert refusal(
        drafts.save_draft, request, kind="note", text="x" * 20_002, by=UserFactory(), version=0
    ) == ["Shorten the text by 2 characters."]
    assert not Draft.objects.exists()


def test_a_colleague_takes_a_shared_draft_over_below_their_own() -> None:
    theirs = DraftFactory(text="Začátek Evy")
    me = UserFactory()
    assert refusal(drafts.take_over, theirs, by=me) == ["Its author does not share this draft."]
    drafts.share_draft(theirs, by=theirs.author)
    theirs.refresh_from_db()
    DraftFactory(request=theirs.request, author=me, text="Moje věta")
    eva = theirs.author
    drafts.take_over(theirs, by=me)
    draft = Draft.objects.get()
    assert (draft.author, draft.taken_from, draft.updated_by) == (me, eva, eva)
    assert draft.text == "Moje věta\n\nZačátek Evy"
    assert written(draft.request) == [
        ("request.share_draft", eva.pk, {"kind": "answer"}),
        ("request.take_over_draft", me.pk, {"kind": "answer", "author": eva.pk}),
    ]
    with pytest.raises(Conflict) as conflict:
        drafts.save_draft(draft.request, kind="answer", text="Začátek Evy a dál", by=eva, version=1)
    assert conflict.value.current == draft


def test_a_draft_that_was_discarded_comes_back() -> None:
    draft = DraftFactory(text="Rozepsané", is_shared=True)
    drafts.discard_draft(draft, by=draft.author)
    draft.refresh_from_db()
    assert (draft.discarded_at is not None, draft.is_shared) == (True, False)
    drafts.restore_draft(draft, by=draft.author)
    draft.refresh_from_db()
    assert (draft.text, draft.discarded_at) == ("Rozepsané", None)
    assert written(draft.request) == [
        ("request.discard_draft", draft.author.pk, {"kind": "answer"}),
        ("request.restore_draft", draft.author.pk, {"kind": "answer"}),
    ]


@pytest.mark.parametrize("verb", ["share_draft", "unshare_draft", "discard_draft", "restore_draft"])
def test_a_draft_is_its_authors(verb: str) -> None:
    draft = DraftFactory()
    assert refusal(getattr(drafts, verb), draft, by=UserFactory()) == ["This draft is somebody else's."]
    draft.refresh_from_db()
    assert (draft.is_shared, draft.discarded_at, draft.version) == (False, None, 1)


def test_a_late_answer_goes_below_what_another_window_has_kept() -> None:
    draft = DraftFactory(text="Z jiného okna", version=4)
    kept = drafts.keep_text(draft.request, kind="answer", text="Z tohoto", by=draft.author, version=1)
    assert kept.text == "Z jiného okna\n\nZ tohoto"
    again = drafts.keep_text(draft.request, kind="answer", text="Z tohoto", by=draft.author, version=1)
    assert again.version == kept.version


def test_sharing_is_taken_back() -> None:
    draft = DraftFactory(is_shared=True)
    drafts.unshare_draft(draft, by=draft.author)
    draft.refresh_from_db()
    assert not draft.is_shared
    assert written(draft.request) == [("request.unshare_draft", draft.author.pk, {"kind": "answer"})]


def test_who_takes_over_has_not_written_it_and_works_on_requests() -> None:
    draft = DraftFactory(is_shared=True)
    assert refusal(drafts.take_over, draft, by=draft.author) == ["This draft is yours already."]
    assert refusal(drafts.take_over, draft, by=UserFactory(editor=True)) == [READS]


def test_two_drafts_that_are_too_long_together_stay_two() -> None:
    me, theirs = UserFactory(), DraftFactory(is_shared=True, text="x" * 20_000)
    DraftFactory(request=theirs.request, author=me, text="Moje věta")
    assert refusal(drafts.take_over, theirs, by=me) == ["Shorten the text by 11 characters."]
    assert Draft.objects.get(author=me).text == "Moje věta"


@pytest.mark.parametrize("quicker", ["its author writes on", "another colleague"])
def test_of_two_who_change_a_draft_at_once_one_is_told(quicker: str) -> None:
    me, theirs = UserFactory(), DraftFactory(is_shared=True)
    DraftFactory(request=theirs.request, author=me, text="Moje věta")
    author, row = theirs.author, Draft.objects.get(pk=theirs.pk)
    if quicker == "another colleague":
        drafts.take_over(row, by=UserFactory())
    else:
        drafts.save_draft(row.request, kind="answer", text="Dál", by=author, version=row.version)
    with pytest.raises(Conflict):
        drafts.take_over(theirs, by=me)
    assert Draft.objects.get(author=me).text == "Moje věta"
    assert "request.take_over_draft" not in [verb for verb, by, _more in written(row.request) if by == me.pk]


def test_what_does_not_fit_below_is_kept_nowhere() -> None:
    draft = DraftFactory(text="x" * 20_000, version=4)
    words = {"kind": "answer", "by": draft.author, "version": 1}
    assert drafts.keep_text(draft.request, text="Ještě.", **words) is None
    assert drafts.keep_text(draft.request, text="x" * 20_001, **words) is None
    assert Draft.objects.get().text == "x" * 20_000


def test_a_late_answer_whose_draft_was_sent_elsewhere_begins_a_new_one() -> None:
    request, me = SupportRequestFactory(open=True), UserFactory()
    kept = drafts.keep_text(request, kind="answer", text="Ano.", by=me, version=3)
    assert (kept.text, kept.version) == ("Ano.", 1)


@pytest.mark.parametrize(
    ("text", "version", "stays"), [("Jiný", 1, False), ("Rozepsaná odpověď.", 7, False), ("Jiný", 7, True)]
)
def test_what_was_sent_is_no_draft_any_more(text: str, version: int, stays: bool) -> None:
    draft, colleagues = DraftFactory(), DraftFactory()
    Draft.objects.filter(pk=colleagues.pk).update(request=draft.request)
    drafts.drop_sent(draft.request, kind="answer", text=text, by=draft.author, version=version)
    assert list(Draft.objects.order_by("pk")) == ([draft] if stays else []) + [colleagues]
