"""Drafts: kept as one types, shared, taken over, put away; nothing typed is ever written over."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Draft, SupportRequest
from consultations.requests.actions import desk, drafts
from core.states import Conflict, Refused
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory, SupportRequestFactory
from tests.factories.prepared import DraftFactory, PreparedAnswerFactory

pytestmark = pytest.mark.django_db

QUIET = {"X-Requested-With": "fetch"}


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def address(request: SupportRequest, kind: str = "answer") -> str:
    return reverse("desk-request-draft", args=[request.reference, kind])


def sent(request: SupportRequest, text: str, version: int = 0) -> dict[str, Any]:
    seen = request.contacts.order_by("pk").last()
    return {
        "version": request.version, "seen": seen.pk, "text": text, "channel": "email",
        "draft_version": version,
    }  # fmt: skip


# The verbs


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
    with pytest.raises(Refused):
        drafts.save_draft(request, kind="note", text="A", by=UserFactory(editor=True), version=0)


def test_a_text_that_is_too_long_is_refused() -> None:
    request = SupportRequestFactory(open=True)
    with pytest.raises(Refused) as refusal:
        drafts.save_draft(request, kind="note", text="x" * 20_002, by=UserFactory(), version=0)
    assert "2" in refusal.value.reasons[0]


def test_a_colleague_takes_a_shared_draft_over_below_their_own() -> None:
    theirs = DraftFactory(text="Začátek Evy")
    me = UserFactory()
    with pytest.raises(Refused):
        drafts.take_over(theirs, by=me)
    drafts.share_draft(theirs, by=theirs.author)
    theirs.refresh_from_db()
    DraftFactory(request=theirs.request, author=me, text="Moje věta")
    eva = theirs.author
    drafts.take_over(theirs, by=me)
    draft = Draft.objects.get()
    assert (draft.author, draft.taken_from, draft.updated_by) == (me, eva, eva)
    assert draft.text == "Moje věta\n\nZačátek Evy"
    with pytest.raises(Conflict) as conflict:
        drafts.save_draft(draft.request, kind="answer", text="Začátek Evy a dál", by=eva, version=1)
    assert conflict.value.current == draft


def test_a_draft_that_was_discarded_comes_back() -> None:
    draft = DraftFactory(text="Rozepsané")
    drafts.discard_draft(draft, by=draft.author)
    assert draft.discarded_at is not None
    drafts.restore_draft(draft, by=draft.author)
    draft.refresh_from_db()
    assert (draft.text, draft.discarded_at) == ("Rozepsané", None)


@pytest.mark.parametrize("verb", ["share_draft", "unshare_draft", "discard_draft", "restore_draft"])
def test_a_draft_is_its_authors(verb: str) -> None:
    with pytest.raises(Refused):
        getattr(drafts, verb)(DraftFactory(), by=UserFactory())


def test_a_late_answer_goes_below_what_another_window_has_kept() -> None:
    draft = DraftFactory(text="Z jiného okna", version=4)
    kept = drafts.keep_text(draft.request, kind="answer", text="Z tohoto", by=draft.author, version=1)
    assert kept.text == "Z jiného okna\n\nZ tohoto"
    again = drafts.keep_text(draft.request, kind="answer", text="Z tohoto", by=draft.author, version=1)
    assert again.version == kept.version


# The address


def test_the_script_saves_and_is_told_when(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    response = client.post(address(request), {"text": "Ano\r\nne", "draft_version": 0}, headers=QUIET)
    assert (response.status_code, response.json()["version"]) == (200, 1)
    assert response.json()["said"].startswith("Saved ")
    assert Draft.objects.get(author=me).text == "Ano\nne"


def test_the_script_is_told_of_a_conflict_and_keeps_both_texts(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    draft = DraftFactory(author=me, version=3, text="Z jiného okna")
    response = client.post(address(draft.request), {"text": "Z tohoto", "draft_version": 1}, headers=QUIET)
    assert (response.status_code, response.headers["X-Draft-Version"]) == (409, "3")
    assert "Z jiného okna" in response.content.decode()
    page = client.post(address(draft.request), {"text": "Z tohoto", "draft_version": 1})
    assert page.status_code == 409
    assert "Z jiného okna" in page.content.decode()
    assert "Z tohoto" in page.content.decode()
    both = {"text": "Z tohoto", "draft_version": 3, "below": draft.pk}
    assert client.post(address(draft.request), both).status_code == 200
    assert Draft.objects.get().text == "Z tohoto\n\nZ jiného okna"


def test_a_button_keeps_all_that_was_typed(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    response = client.post(address(request), {**sent(request, "Ano."), "minutes": "17", "draft": "save"})
    form = response.context["panel"].words[0].form
    assert (form["text"].value(), form["minutes"].value()) == ("Ano.", "17")
    assert form["draft_version"].value() == 1


def test_the_form_opens_with_my_draft_and_offers_the_colleagues(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    theirs = DraftFactory(is_shared=True, text="Text Evy", author__name="Eva Malá")
    DraftFactory(request=theirs.request, text="Tajný text")
    html = client.get(theirs.request.get_desk_url()).content.decode()
    assert "Eva Malá shares a draft." in html
    assert "Tajný text" not in html
    mine = DraftFactory(request=theirs.request, author=me, text="Můj text")
    response = client.get(theirs.request.get_desk_url())
    assert response.context["panel"].words[0].form["text"].value() == "Můj text"
    taken = client.post(address(mine.request), {"text": "Můj text", "draft_version": 1, "take": theirs.pk})
    assert taken.context["panel"].words[0].form["text"].value() == "Můj text\n\nText Evy"
    assert "Begun by Eva Malá." in taken.content.decode()


def test_share_discard_and_undo(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    client.post(address(request), {"text": "Ano.", "draft_version": 0, "share": "draft"})
    assert Draft.objects.get().is_shared
    client.post(address(request), {"text": "Ano.", "draft_version": 1, "unshare": "draft"})
    assert not Draft.objects.get().is_shared
    gone = client.post(address(request), {"text": "Ano, ano.", "draft_version": 1, "discard": "draft"})
    form = gone.context["panel"].words[0].form
    assert form["text"].value() == ""
    assert "The draft is discarded." in gone.content.decode()
    version = form["draft_version"].value()
    back = client.post(address(request), {"text": "", "draft_version": version, "restore": "draft"})
    assert back.context["panel"].words[0].form["text"].value() == "Ano, ano."


def test_sending_ends_the_draft_unless_another_window_changed_it(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    draft = DraftFactory(author=me, request__assignee=me, version=2)
    answer = reverse("desk-request-answer", args=[draft.request.reference])
    assert client.post(answer, sent(draft.request, "Odpověď.", 2)).status_code == 302
    assert not Draft.objects.exists()
    other = DraftFactory(author=me, request__assignee=me, version=5, text="Z jiného okna")
    answer = reverse("desk-request-answer", args=[other.request.reference])
    assert client.post(answer, sent(other.request, "Odpověď.", 2)).status_code == 302
    assert Draft.objects.get() == other


def test_who_was_late_has_their_answer_as_a_draft(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    late = sent(request, "Odpověď druhá.")
    desk.answer(request, text="Odpověď první.", by=UserFactory())
    response = client.post(reverse("desk-request-answer", args=[request.reference]), late)
    assert response.status_code == 409
    draft = Draft.objects.get()
    assert (draft.author, draft.kind, draft.text) == (me, "answer", "Odpověď druhá.")
    page = client.get(request.get_desk_url())
    assert page.context["panel"].words[0].form["text"].value() == "Odpověď druhá."


def test_a_prepared_answer_and_a_summary_are_put_below(log_in: LogIn) -> None:
    client, me = log_in("consultant", name="Karla Malá")
    request = SupportRequestFactory(open=True, requester__salutation="Vážená paní Nováková")
    row = PreparedAnswerFactory(text_cs="{salutation}, {{7*7}} {consultant}")
    client.post(address(request), {"text": "Moje.", "draft_version": 0, "prepared": row.pk})
    assert Draft.objects.get().text == "Moje.\n\nVážená paní Nováková, {{7*7}} Karla Malá"
    edition = SummaryEditionFactory(published=True)
    # A button beside the box brings no text: what is kept stays.
    client.post(address(request), {"summary": edition.document_id})
    text = Draft.objects.get(author=me).text
    assert text.startswith("Moje.\n\n")
    assert edition.question_cs in text
    assert edition.document.slug in text
    assert "1.\u00a0listopadu\u00a02026" in text
    for missing in ("prepared", "summary", "below", "take"):
        assert (
            client.post(address(request), {"text": "x", "draft_version": 2, missing: 999}).status_code == 404
        )


@pytest.mark.parametrize("data", [{"text": "x" * 20_001}, {"text": "a", "draft_version": "nic"}])
def test_what_cannot_be_kept_says_why_and_comes_back(log_in: LogIn, data: dict[str, str]) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    assert client.post(address(request), data, headers=QUIET).status_code == 422
    response = client.post(address(request), data)
    assert response.status_code == 422
    assert data["text"] in response.content.decode()


def test_there_is_no_other_kind(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    assert client.post(address(request, "poem"), {"text": "A"}).status_code == 404
