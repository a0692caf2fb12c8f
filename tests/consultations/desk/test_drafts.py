"""The address of a draft and the form that it stands in: nothing typed is lost on the way."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Draft, SupportRequest
from consultations.requests.actions import desk
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


def test_a_preview_shows_the_text_rendered_and_keeps_all_that_was_typed(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    there = reverse("desk-request-preview", args=[request.reference, "answer"])
    typed = {"text": "**Ano** <b>", "draft_version": 0, "minutes": 7}
    page = client.post(there, typed).content.decode()
    assert "<p><strong>Ano</strong> &lt;b&gt;</p>" in page
    assert "**Ano** &lt;b&gt;</textarea>" in page
    assert 'value="7"' in page
    part = client.post(there, typed, headers={"HX-Request": "true"}).content.decode()
    assert "<p><strong>Ano</strong>" in part
    assert "<textarea" not in part
    assert not Draft.objects.exists()


def test_a_link_that_leads_astray_is_not_sent(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    there = reverse("desk-request-answer", args=[request.reference])
    response = client.post(there, sent(request, "[sem](javascript:x)"))
    assert response.status_code == 422
    assert "https://" in str(response.context["panel"].words[0].form.errors["text"])


def test_sending_and_closing_is_one_step(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    there = reverse("desk-request-answer", args=[request.reference])
    response = client.post(there, {**sent(request, "Ano."), "then": "close"})
    request.refresh_from_db()
    assert request.state == "closed"
    offer = client.get(response.url).context["undo_offer"]
    assert client.post(offer["url"]).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.closed_at) == ("open", None)


def test_a_passage_is_quoted_below_what_was_typed(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    asked = request.contacts.get(direction="inbound")
    page = client.get(reverse("desk-request", args=[request.reference])).content.decode()
    assert f'form="words-answer" formnovalidate formaction="{address(request)}" name="quote"' in page
    client.post(address(request), {"text": "Ano.", "draft_version": 0, "quote": f"contact-{asked.pk}"})
    first = asked.text.splitlines()[0]
    assert Draft.objects.get(author=me).text.startswith(f"Ano.\n\n> {first}")
    other = SupportRequestFactory(open=True).contacts.get(direction="inbound")
    strange = {"text": "Ano.", "draft_version": 1, "quote": f"contact-{other.pk}"}
    assert client.post(address(request), strange).status_code == 404


def test_after_sending_the_next_request_of_the_list_follows(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    there = reverse("desk-request-answer", args=[request.reference])
    page = reverse("desk-request", args=[request.reference])
    came_from = {"Referer": f"http://testserver{page}?list=state%3Dopen"}
    response = client.post(there, {**sent(request, "Ano."), "then": "next"}, headers=came_from)
    answer = request.contacts.get(is_answer=True)
    onward = reverse("desk-request-next", args=[request.reference])
    assert response.url == f"{onward}?list=state%3Dopen&sent={answer.pk}"
