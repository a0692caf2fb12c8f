"""The desk today and the page of a request: who may open them, what they show, what they cost."""

import gzip
from datetime import date, timedelta
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.choices import State
from consultations.models import Contact, SummaryOrigin, SupportRequest
from consultations.requests.actions import desk
from core.outbox.mail import OutgoingMail
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    ContactFactory,
    PersonFactory,
    SummaryEditionFactory,
    SupportRequestFactory,
)
from tests.factories.experts import ExpertQuestionFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.prepared import DraftFactory
from tests.files import stored, waiting_in

pytestmark = pytest.mark.django_db

# The session and its user are two of them, what the menus count is one.
PAGE_QUERIES = 6


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def at(name: str, request: SupportRequest) -> str:
    return reverse(name, args=[request.reference])


def words(request: SupportRequest, text: str, **more: Any) -> dict[str, Any]:
    """Return what the page sends with a text."""
    seen = request.contacts.order_by("pk").last()
    return {
        "version": request.version,
        "seen": seen.pk if seen else 0,
        "text": text,
        "channel": "email",
        **more,
    }


# The desk today


@pytest.mark.parametrize("role", ["consultant", "editor", "coordinator", "administrator"])
def test_everybody_at_the_desk_has_a_day(log_in: LogIn, role: str) -> None:
    client, me = log_in(role)
    mine = SupportRequestFactory(open=True, assignee=me, subject="Mé", due_on=date(2020, 1, 2))
    html = client.get(reverse("desk")).content.decode()
    assert mine.get_desk_url() in html
    assert "overdue since" in html


@pytest.mark.parametrize(("state", "is_there"), [("open", True), ("closed", False)])
def test_the_way_to_the_answer_is_in_reach_while_one_can_answer(
    log_in: LogIn, state: str, is_there: bool
) -> None:
    client, me = log_in("consultant")
    case = SupportRequestFactory(state=state, assignee=me)
    assert ('class="reach' in client.get(case.get_desk_url()).content.decode()) == is_there


def test_an_official_has_no_desk(log_in: LogIn) -> None:
    client, _official = log_in("official")
    request = SupportRequestFactory()
    for url in (reverse("desk"), reverse("desk-requests"), reverse("desk-log"), request.get_desk_url()):
        assert client.get(url).status_code == 403
    assert client.post(at("desk-request-answer", request), words(request, "Ano.")).status_code == 403


def test_a_visitor_is_led_to_the_login(client: Any) -> None:
    request = SupportRequestFactory()
    for url in (reverse("desk"), request.get_desk_url()):
        assert client.get(url).status_code == 302


# The page of a request


def test_the_page_tells_what_there_is(log_in: LogIn) -> None:
    client, me = log_in("consultant", name="Eva Malá")
    municipality = MunicipalityFactory(name="Bečov")
    request = SupportRequestFactory(municipality=municipality, requester__name="Jana Nováková")
    desk.take(request, by=me)
    desk.add_note(request, text="Volat odpoledne.", by=me)
    html = client.get(request.get_desk_url()).content.decode()
    for expected in (
        request.reference, "Prosím o radu", "Volat odpoledne.", "gave the request to Eva Malá",
        "Jana Nováková", "Bečov", f"{request.get_desk_url()}similar/",
    ):  # fmt: skip
        assert expected in html
    assert f"<title>{request.reference}" in " ".join(html.split()).replace("> ", ">")


def test_the_timeline_is_in_the_order_of_events(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(with_contact=False)
    now = timezone.now()
    ContactFactory(request=request, text="druhý", took_place_at=now - timedelta(hours=1))
    ContactFactory(request=request, text="první, zapsaný později", took_place_at=now - timedelta(days=1))
    desk.take(request, by=me)
    entries = client.get(request.get_desk_url()).context["page"].timeline
    assert [(entry.text, entry.direction) for entry in entries] == [
        ("první, zapsaný později", "inbound"),
        ("druhý", "inbound"),
        ("", "system"),
    ]
    assert "written down" in entries[0].facts


@pytest.mark.parametrize("count", [10, 50, 100, 130])
def test_the_page_costs_the_same_whatever_was_said(log_in: LogIn, count: int) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, municipality=MunicipalityFactory(), with_contact=False)
    people = [PersonFactory(), PersonFactory()]
    for n in range(count):
        contact = ContactFactory(request=request, person=people[n % 2], logged_by=me, spoken_by=me)
        if n < 3:
            file = stored(SimpleUploadedFile(f"{n}.txt", b"A"), by=me)
            contact.files.create(attachment=file)
    desk.assign(request, to=UserFactory(), by=me)
    DraftFactory(request=request, author=me)
    for _n in range(count // 50):
        DraftFactory(request=request, is_shared=True)
    client.get(reverse("about"))
    # Django asks the database about JSON once a process.
    assert connection.features.supports_json_field
    with CaptureQueriesContext(connection) as queries:
        response = client.get(request.get_desk_url())
    assert len(queries) == PAGE_QUERIES
    shown = [entry for entry in response.context["page"].timeline if entry.direction == "inbound"]
    assert len(shown) == min(count, 100)


def test_older_contacts_stand_on_pages_of_their_own(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(with_contact=False)
    now = timezone.now()
    Contact.objects.bulk_create(
        ContactFactory.build(request=request, text=f"č. {n}", took_place_at=now - timedelta(minutes=200 - n))
        for n in range(130)
    )
    first = client.get(request.get_desk_url())
    older = first.context["page"].older
    assert [entry.text for entry in first.context["page"].timeline][:1] == ["č. 30"]
    assert f'href="?before={older}"' in first.content.decode()
    second = client.get(request.get_desk_url(), {"before": older})
    assert [entry.text for entry in second.context["page"].timeline] == [f"č. {n}" for n in range(30)]
    assert second.context["page"].older is None


@pytest.mark.parametrize("before", ["x", "999999999999999999999", "-1", "0", "1²"])
def test_a_strange_place_in_the_timeline_is_the_newest(log_in: LogIn, before: str) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    assert client.get(request.get_desk_url(), {"before": before}).status_code == 200


@pytest.mark.parametrize("reference", ["SH-2026-999999", "SH-1999-000001", "nonsense", "SH-2026-000001x"])
def test_no_such_request(log_in: LogIn, reference: str) -> None:
    client, _me = log_in("consultant")
    SupportRequestFactory()
    assert client.get(reverse("desk-request", args=[reference])).status_code == 404


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_who_only_reads_sees_the_buttons_off_and_why(log_in: LogIn, role: str) -> None:
    client, _me = log_in(role)
    request = SupportRequestFactory(sensitive_note="Násilí v rodině")
    response = client.get(request.get_desk_url())
    html = response.content.decode()
    steps = response.context["panel"].steps
    assert [*steps.first, *steps.others, *steps.apart] == []
    assert {reason for step in steps.impossible for reason in step.reasons} >= {
        "Your role reads requests but does not work on them."
    }
    assert 'aria-disabled="true"' in html
    assert "Násilí" not in html
    assert request.link_token not in html
    assert client.post(at("desk-request-take", request), {"version": 1}).status_code == 403
    assert client.post(at("desk-request-sensitive-note", request), {"version": 1}).status_code == 403
    assert client.get(at("desk-request-details", request)).status_code == 403


def test_a_request_for_deletion_stands_out(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(deletion_requested_at=timezone.now())
    html = client.get(request.get_desk_url()).content.decode()
    assert "The requester has asked for their data to be deleted" in html
    assert "Nothing has been deleted yet." in html


def test_a_request_without_a_contact_says_so(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(requester__email="", requester__name="", municipality=None, topic=None)
    assert "They left no e-mail." in client.get(request.get_desk_url()).content.decode()


# What is done there


def test_answer(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me, requester__email="jana@example.org")
    upload = SimpleUploadedFile("rada.txt", b"Rada.", content_type="text/plain")
    sent = words(request, "Obraťte se na obec.", minutes="15", files=upload)
    response = client.post(at("desk-request-answer", request), sent, follow=True)
    request.refresh_from_db()
    answer = request.contacts.get(is_answer=True)
    assert response.redirect_chain == [(f"{request.get_desk_url()}?sent={answer.pk}", 302)]
    assert (request.state, answer.text, answer.minutes) == ("answered", "Obraťte se na obec.", 15)
    assert OutgoingMail.objects.get().to == "jana@example.org"
    html = response.content.decode()
    assert "The message leaves in 20 seconds." in html
    assert "Send the addition" in html
    file = answer.files.get()
    got = client.get(reverse("desk-file", args=[file.pk]))
    assert b"".join(got.streaming_content) == b"Rada."


def test_an_answer_with_errors_comes_back_whole(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me)
    sent = words(request, "Obraťte se na obec.", minutes="mnoho")
    response = client.post(at("desk-request-answer", request), sent)
    assert response.status_code == 422
    assert "Obraťte se na obec." in response.content.decode()
    request.refresh_from_db()
    assert request.state == "open"


def test_a_reading_of_the_law_without_a_second_reader_leads_to_one(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me)
    sent = words(request, "Zákon to dovoluje.", certainty="interpretation")
    response = client.post(at("desk-request-answer", request), sent)
    assert response.status_code == 422
    assert "Zákon to dovoluje." in response.content.decode()
    assert f'formaction="{at("desk-reading-ask", request)}"' in response.content.decode()
    sent = words(request, "Zákon to dovoluje.", certainty="fact")
    assert client.post(at("desk-request-answer", request), sent).status_code == 302
    assert request.contacts.get(is_answer=True).certainty == "fact"


def test_a_new_request_offers_to_be_taken_instead_of_answered(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    response = client.get(request.get_desk_url())
    assert response.context["panel"].words[0].reasons == ["Nobody has taken the request yet. Take it first."]
    refused = client.post(at("desk-request-answer", request), words(request, "Hned."))
    assert refused.status_code == 422
    assert "Hned." in refused.content.decode()
    assert "Take it first." in refused.content.decode()


def test_the_second_of_two_sees_the_first_answer_and_keeps_their_own(log_in: LogIn) -> None:
    first, _colleague = log_in("consultant", name="Eva Malá")
    second, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    sent = words(request, "Odpověď první.")
    late = words(request, "Odpověď druhá.", minutes="7")
    first.post(at("desk-request-answer", request), sent)
    response = second.post(at("desk-request-answer", request), late)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Eva Malá answered just now. Here is the answer." in html
    assert "Odpověď první." in html
    assert "Odpověď druhá." in html
    assert 'value="7"' in html
    assert [way["label"] for way in response.context["ways"]] == [
        "Send mine as an addition",
        "Keep mine as a note",
    ]
    assert request.contacts.filter(is_answer=True).count() == 1
    again = {**late, "version": response.context["form"]["version"].value()}
    assert second.post(response.context["ways"][0]["url"], again).status_code == 302
    assert list(request.contacts.filter(is_answer=True).order_by("pk").values_list("text", flat=True)) == [
        "Odpověď první.",
        "Odpověď druhá.",
    ]


def test_the_files_of_what_was_late_go_with_it_whatever_it_becomes(log_in: LogIn) -> None:
    first, _colleague = log_in("consultant")
    second, me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    late = words(request, "Odpověď druhá.", files=SimpleUploadedFile("rada.txt", b"Rada."))
    first.post(at("desk-request-answer", request), words(request, "Odpověď první."))
    conflict = second.post(at("desk-request-answer", request), late)
    request.refresh_from_db()
    sent = words(request, "Odpověď druhá.", files_token=waiting_in(conflict))
    assert second.post(at("desk-request-note", request), sent).status_code == 302
    assert request.contacts.get(logged_by=me).files.get().attachment.name == "rada.txt"


def test_the_files_of_an_answer_with_errors_wait_for_their_writer_alone(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    other, _colleague = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me)
    upload = SimpleUploadedFile("rada.txt", b"Rada.")
    tickets = waiting_in(client.post(at("desk-request-answer", request), words(request, "", files=upload)))
    note = words(request, "Poznámka.", files_token=tickets)
    other.post(at("desk-request-note", request), note)
    assert request.contacts.get(direction="note").files.count() == 0
    request.refresh_from_db()
    client.post(at("desk-request-answer", request), words(request, "Rada.", files_token=tickets))
    assert request.contacts.get(is_answer=True).files.count() == 1


def test_what_was_late_may_become_a_note(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    late = words(request, "Má odpověď.")
    desk.answer(request, text="Jiná.", by=UserFactory())
    response = client.post(at("desk-request-answer", request), late)
    url = response.context["ways"][1]["url"]
    assert client.post(url, {**late, "version": 2}).status_code == 302
    assert request.contacts.filter(direction="note").get().text == "Má odpověď."


def test_a_reply_that_came_meanwhile_is_read_first(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True, requester__name="Jana Nováková")
    late = words(request, "Má odpověď.")
    SupportRequest.objects.filter(pk=request.pk).update(version=2)
    ContactFactory(request=request, person=request.requester, text="Ještě něco.")
    response = client.post(at("desk-request-answer", request), late)
    assert response.status_code == 409
    assert "Jana Nováková wrote just now. Here it is." in response.content.decode()
    assert [way["label"] for way in response.context["ways"]] == [
        "Send my answer all the same",
        "Keep mine as a note",
    ]


def test_a_button_pressed_twice_is_one_answer(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me)
    sent = words(request, "Jednou.")
    assert client.post(at("desk-request-answer", request), sent).status_code == 302
    assert client.post(at("desk-request-answer", request), sent).status_code == 302
    assert request.contacts.filter(is_answer=True).count() == 1


def test_a_step_that_was_late(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    desk.wait_for_expert(request, by=UserFactory(name="Eva Malá"))
    sent = {"version": 1, "seen": request.contacts.get().pk, "to": "Úřad práce"}
    response = client.post(at("desk-request-refer", request), sent)
    assert response.status_code == 409
    html = response.content.decode()
    assert "Eva Malá changed the request just now." in html
    assert "Úřad práce" in html
    sent = {"version": 2, "to": "Úřad práce"}
    assert client.post(response.context["ways"][0]["url"], sent).status_code == 302


@pytest.mark.parametrize(
    ("name", "before", "after", "more"),
    [
        ("take", "new", "open", {}),
        ("wait-for-expert", "open", "waiting_expert", {}),
        ("go-on", "waiting_expert", "open", {}),
        ("ask-back", "open", "waiting_requester", {"text": "Kde?", "channel": "email"}),
        ("refer", "open", "referred", {"to": "Úřad práce"}),
        ("close", "answered", "closed", {}),
        ("spam", "new", "spam", {}),
        ("reopen", "closed", "open", {}),
        ("add-to-answer", "answered", "answered", {"text": "Ještě.", "channel": "email"}),
        ("note", "new", "new", {"text": "Volat."}),
    ],
)
def test_steps(log_in: LogIn, name: str, before: str, after: str, more: dict[str, str]) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(state=before)
    response = client.post(at(f"desk-request-{name}", request), {"version": 1, **more})
    assert response.status_code == 302
    request.refresh_from_db()
    assert request.state == after


@pytest.mark.parametrize(("name", "state"), [("close", "answered"), ("spam", "new"), ("refer", "open")])
def test_undo(log_in: LogIn, name: str, state: str) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(state=state)
    response = client.post(at(f"desk-request-{name}", request), {"version": 1, "to": "Obec"}, follow=True)
    assert response.request["QUERY_STRING"] == f"done={name}"
    undo = response.context["panel"].undo
    assert client.post(undo.url, {"version": response.context["case"].version}).status_code == 302
    request.refresh_from_db()
    assert request.state == "open"
    assert client.get(request.get_desk_url(), {"done": name}).context["panel"].undo is None


def test_duplicate(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request, first = SupportRequestFactory(), SupportRequestFactory()
    url = at("desk-request-duplicate", request)
    wrong = client.post(url, {"version": 1, "of": "SH-2026-999999"})
    assert wrong.status_code == 422
    assert "There is no request with this reference." in wrong.content.decode()
    response = client.post(url, {"version": 1, "of": f" {first.reference.lower()} "}, follow=True)
    request.refresh_from_db()
    assert (request.state, request.duplicate_of) == (State.DUPLICATE, first)
    assert first.get_desk_url() in response.content.decode()


def test_assign(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    colleague = UserFactory()
    request = SupportRequestFactory()
    assert (
        client.post(at("desk-request-assign", request), {"version": 1, "to": colleague.pk}).status_code == 302
    )
    request.refresh_from_db()
    assert (request.assignee, request.state) == (colleague, "open")
    editor = UserFactory(editor=True, name="Ivo Krátký")
    refused = client.post(at("desk-request-assign", request), {"version": 2, "to": editor.pk})
    assert refused.status_code == 422
    assert "Ivo Krátký does not answer requests." in refused.content.decode()


def test_log_a_contact_on_a_request(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    sent = {
        "version": 1, "text": "Volala.", "direction": "inbound", "channel": "phone_in",
        "took_place_at": "2026-01-02T10:00", "spoken_by": me.pk, "minutes": "5", "place": "",
    }  # fmt: skip
    url = at("desk-request-contact", request)
    future = client.post(url, {**sent, "took_place_at": "2999-01-01T10:00"})
    assert future.status_code == 422
    assert "This is still to come." in future.content.decode()
    assert client.post(url, sent).status_code == 302
    contact = request.contacts.get(channel="phone_in")
    assert (contact.text, contact.minutes, contact.spoken_by) == ("Volala.", 5, me)
    assert contact.took_place_at < contact.logged_at


def test_sensitive_note(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    url = at("desk-request-sensitive-note", request)
    response = client.post(url, {"version": 1, "note": "Násilí"}, follow=True)
    assert "Násilí" in response.content.decode()


def test_people_and_link(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    before = request.link_token
    response = client.post(
        at("desk-request-people", request), {"version": 1, "name": "Eva", "relation": "dcera"}, follow=True
    )
    assert "dcera" in response.content.decode()
    assert client.post(at("desk-request-link", request), {"version": 1}).status_code == 302
    assert not SupportRequest.objects.behind_link(before).exists()
    empty = client.post(at("desk-request-people", request), {"version": 2})
    assert empty.status_code == 422
    assert "Write at least a name or a contact." in empty.content.decode()


def test_details(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    municipality = MunicipalityFactory()
    request = SupportRequestFactory()
    url = at("desk-request-details", request)
    assert client.get(url).status_code == 200
    sent = {
        "version": 1, "subject": "Jinak", "topic": request.topic.pk, "municipality": municipality.code,
        "priority": "2", "home_loss": "month", "home_at_risk_by": "2026-12-24", "requester_kind": "owner",
        "name": "Jana",
        "email": "nova@example.org", "phone": "601 123 456", "salutation": "Vážená paní Nová",
    }  # fmt: skip
    assert client.post(url, sent).status_code == 302
    request = SupportRequest.objects.get(pk=request.pk)
    assert (request.subject, request.municipality, request.priority) == ("Jinak", municipality, 2)
    assert (request.requester.email, request.requester.phone) == ("nova@example.org", "+420601123456")
    assert request.requester.salutation == "Vážená paní Nová"
    assert (request.home_loss, request.home_at_risk_by) == ("month", date(2026, 12, 24))
    late = client.post(url, {**sent, "subject": "Pozdě"})
    assert late.status_code == 409
    assert 'value="Pozdě"' in late.content.decode()
    assert 'name="version" value="2"' in late.content.decode()
    wrong = client.post(url, {**sent, "version": 2, "subject": ""})
    assert wrong.status_code == 422


def test_buttons_take_no_get(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    for name in ("take", "close", "spam", "link", "go-on"):
        assert client.get(at(f"desk-request-{name}", request)).status_code == 405


# Forms are drawn when they are opened


@pytest.mark.parametrize("name", ["answer", "ask-back", "note", "contact"])
def test_one_form_is_drawn_and_the_others_have_addresses(log_in: LogIn, name: str) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me)
    page = client.get(at(f"desk-request-{name}", request))
    drawn = [choice.name for choice in page.context["panel"].words if choice.form]
    assert (page.status_code, drawn) == (200, [name])
    assert page.content.decode().count("<textarea") == 1
    part = client.get(at(f"desk-request-{name}", request), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'name="text"' in part
    assert "autofocus" in part


@pytest.mark.parametrize(
    ("name", "field"),
    [("assign", "to"), ("refer", "to"), ("duplicate", "of"), ("snooze", "until"), ("people", "email"),
     ("sensitive-note", "note"), ("code", "word")],
)  # fmt: skip
def test_the_form_of_a_step_is_a_part_or_a_page(log_in: LogIn, name: str, field: str) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me)
    url = at(f"desk-request-{name}", request)
    page, part = client.get(url), client.get(url, headers={"HX-Request": "true"})
    assert f'name="{field}"' in page.content.decode()
    assert request.subject in page.content.decode()
    assert f'name="{field}"' in part.content.decode()
    assert "<html" not in part.content.decode()
    assert f'name="{field}"' not in client.get(request.get_desk_url()).content.decode()


def test_the_form_of_a_step_that_is_not_possible_says_why(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    html = client.get(at("desk-request-snooze", SupportRequestFactory(closed=True))).content.decode()
    assert 'aria-disabled="true"' in html
    assert 'name="until"' not in html


@pytest.mark.parametrize("is_agreed", [True, False])
def test_a_summary_is_begun_from_the_next_step_until_there_is_one(log_in: LogIn, is_agreed: bool) -> None:
    client, me = log_in("consultant")
    case = SupportRequestFactory(answered=True, assignee=me, consent_publish=is_agreed)
    link = f'href="{reverse("desk-summary-new")}?request={case.reference}"'
    assert (link in client.get(case.get_desk_url()).content.decode()) == is_agreed
    if is_agreed:
        SummaryOrigin.objects.create(summary=SummaryEditionFactory().document, request=case)
        assert link not in client.get(case.get_desk_url()).content.decode()


@pytest.mark.parametrize(
    ("state", "first"),
    [("new", "take"), ("open", "answer"), ("waiting_requester", "go-on"), ("waiting_expert", "answer"),
     ("answered", "close"), ("closed", "reopen"), ("spam", "reopen")],
)  # fmt: skip
def test_the_likeliest_step_comes_first(log_in: LogIn, state: str, first: str) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(state=state, assignee=None if state == "new" else me)
    steps = client.get(request.get_desk_url()).context["panel"].steps
    assert steps.first[0].name == first
    assert len(steps.first) <= 3
    assert {step.name for step in steps.apart} <= {"duplicate", "spam"}


def test_the_heading_says_how_it_stands_in_one_sentence(log_in: LogIn) -> None:
    client, me = log_in("consultant", name="Eva Malá")
    request = SupportRequestFactory(open=True, assignee=me, due_on=date(2020, 1, 2))
    said = client.get(request.get_desk_url()).context["page"].standing
    assert said == "Being worked on, Eva Malá has it, the answer was due on Thursday 2\xa0January\xa02020."


# What the page costs


def test_the_page_is_small_and_short_to_walk_through(log_in: LogIn) -> None:
    client, me = log_in("coordinator")
    request = SupportRequestFactory(open=True, assignee=me, municipality=MunicipalityFactory())
    for _n in range(9):
        ContactFactory(request=request, logged_by=me)
    html = client.get(request.get_desk_url()).content
    assert len(gzip.compress(html)) <= 15_000
    assert stops_of(html.decode()) < 60


def stops_of(html: str) -> int:
    """Count what Tab stops at in a wide window: not what is folded away, nor the menu of phones."""
    page = lxml.html.fromstring(html)
    # The menu at the side is folded on phones only, and opened boxes of the page's frame wait hidden.
    shut = "//details[not(@open) and not(@class='rail-fold')]/*[not(self::summary)]"
    for folded in page.xpath(f"{shut} | //dialog | //*[@hidden] | //details[@class='rail-fold']/summary"):
        folded.drop_tree()
    found = page.xpath("//a[@href] | //button | //select | //textarea | //summary | //input[@type!='hidden']")
    return len([one for one in found if one.get("aria-disabled") != "true"])


def test_the_tabs_say_how_much_is_behind_them(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me)
    ExpertQuestionFactory(request=request)
    page = client.get(request.get_desk_url())
    assert page.context["page"].dossier.counts == {"experts": 1, "peers": 0, "summaries": 0}
    assert '<span class="tab-count">1</span>' in page.content.decode()


def test_summaries_and_history_are_tabs(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(closed=True)
    desk.reopen(request, by=me)
    html = client.get(at("desk-request-summaries", request)).content.decode()
    assert "Start a summary" in html
    assert "reopened the request" in client.get(at("desk-request-history", request)).content.decode()
    reader, _editor = log_in("administrator")
    assert reader.get(at("desk-request-summaries", request)).status_code == 200


def test_a_file_is_not_for_officials(log_in: LogIn) -> None:
    client, me = log_in("official")
    contact = ContactFactory()
    row = contact.files.create(attachment=stored(SimpleUploadedFile("a.txt", b"A"), by=me))
    assert client.get(reverse("desk-file", args=[row.pk])).status_code == 403


# A home at risk


def home_of(client: Any, request: SupportRequest) -> str:
    return " ".join(client.get(request.get_desk_url()).content.decode().split())


def test_what_became_of_a_home_is_asked_while_it_is_awaited(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(answered=True, home_loss="days", home_at_risk_by=timezone.localdate())
    html = home_of(client, request)
    assert "is still to come" in html
    assert "Write what became of the home" not in html
    SupportRequest.objects.update(home_at_risk_by=timezone.localdate() - timedelta(days=1))
    assert "Write what became of the home" in home_of(client, request)
    assert "home-outcome_outcome" in client.get(at("desk-request-home-outcome", request)).content.decode()
    empty = client.post(at("desk-request-home-outcome", request), {"version": 1})
    assert (empty.status_code, "Choose what became of the home." in empty.content.decode()) == (422, True)
    sent = {"version": 1, "outcome": "found"}
    assert client.post(at("desk-request-home-outcome", request), sent).status_code == 302
    request.refresh_from_db()
    assert (request.home_outcome, request.home_outcome_by, request.is_home_at_risk) == ("found", me, False)
    html = home_of(client, request)
    assert "wrote what became of the home" in html
    assert "other housing was found" in html
    assert "Put right what became of the home" in html


def test_words_that_speak_of_losing_a_home_are_pointed_out_until_it_is_written(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(with_contact__text="Zítra nás vystěhují.")
    hint = "The text speaks of losing a home"
    assert hint in home_of(client, request)
    assert hint not in home_of(client, SupportRequestFactory())
    SupportRequest.objects.filter(pk=request.pk).update(home_loss="days")
    html = home_of(client, request)
    assert hint not in html
    assert "Whoever loses their home hears from us within 3 working days" in html


def test_our_own_words_point_nothing_out(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    ContactFactory(
        request=request, answer=True, text="Napište nám, až vás vystěhují a nebudete mít kde spát."
    )
    assert "The text speaks of losing a home" not in home_of(client, request)


def test_the_note_offers_whom_it_can_mention(log_in: LogIn) -> None:
    client, me = log_in("consultant", name="Petr Vlastní")
    UserFactory(name="Jana Nová", editor=True)
    UserFactory(name="Jan Úřední", official=True)
    request = SupportRequestFactory(open=True, assignee=me)
    page = client.get(at("desk-request-note", request)).content.decode()
    assert ">@Jana Nová<" in page
    assert not any(name in page for name in ("@Petr Vlastní", "@Jan Úřední"))


def test_a_step_without_fields_that_is_refused_comes_back_as_a_part(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    case = SupportRequestFactory(state="closed", assignee=me)
    sent = {"version": case.version}
    assert (
        client.post(at("desk-request-close", case), sent, headers={"HX-Request": "true"}).status_code == 422
    )
