"""What is to be checked at the desk: the list, settling, and two people at once."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Absence
from core.documents.law import actions
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.law import CITATION, cite, marked

pytestmark = pytest.mark.django_db

LIST = "/en/desk/to-check/"
IN_FORCE = date(2027, 1, 1)


def resting(**fields):
    edition = SummaryEditionFactory(published=True, **fields)
    cite(edition)
    return edition


def change(**words):
    return marked(by=UserFactory(editor=True), in_force_on=IN_FORCE, **words)


def shown(client, **query):
    return {one["row"].document_id for one in client.get(LIST, query).context["rows"]}


def text(response):
    return response.content.decode()


def test_the_list_is_filtered(log_in):
    client, user = log_in("consultant")
    today, colleague = timezone.localdate(), UserFactory()
    Absence.objects.create(user=colleague, deputy=user, since=today, until=today, written_by=user)
    mine, deputised = resting(document__owner=user), resting(document__deputy=user)
    covered, nobodys = resting(document__owner=colleague), resting()
    other = resting(document__owner=UserFactory())
    made = change()
    everything = {row.document_id for row in (mine, deputised, covered, nobodys, other)}
    assert shown(client) == everything
    assert shown(client, who="mine") == {row.document_id for row in (mine, deputised, covered)}
    assert shown(client, who="nobody") == {nobodys.document_id}
    assert shown(client, kind="summary", change=made.pk) == everything
    assert shown(client, kind="practice") == set()
    actions.settle(made.rechecks.get(document_id=mine.document_id), note="Platí.", version=1, by=user)
    assert shown(client) == everything - {mine.document_id}
    assert shown(client, state="settled") == {mine.document_id}
    assert "1 of 5 settled" in text(client.get(LIST))


def test_still_right_is_said_from_the_list_and_leads_back_to_its_filters(log_in):
    client, user = log_in("consultant")
    resting()
    row = change().rechecks.get()
    response = client.post(f"{LIST}{row.pk}/?who=nobody", {"note": "Platí dál.", "version": 1})
    assert response.headers["Location"] == f"{LIST}?who=nobody"
    row.refresh_from_db()
    assert (row.settled_by, row.note) == (user, "Platí dál.")
    page = text(client.get(LIST, {"state": "settled"}))
    assert "Platí dál." in page
    client.post(f"{LIST}{row.pk}/reopen/", {"version": 2})
    row.refresh_from_db()
    assert row.settled_at is None


def test_the_desk_page_of_a_text_has_it_too(log_in):
    client, _user = log_in("consultant")
    edition = resting()
    row, page = change().rechecks.get(), f"/en/desk/summaries/{edition.document_id}/"
    assert CITATION in text(client.get(page))
    assert "To be checked: the law changes" in text(client.get(page))
    response = client.post(f"{LIST}{row.pk}/?from=text", {"note": "Platí.", "version": 1})
    assert response.headers["Location"] == page
    assert "To be checked: the law changes" not in text(client.get(page))


def test_the_second_of_two_reads_who_was_quicker(log_in):
    client, _user = log_in("consultant")
    resting()
    row = change().rechecks.get()
    actions.settle(row, note="Platí.", version=1, by=UserFactory(name="Ota Rychlý"))
    response = client.post(f"{LIST}{row.pk}/", {"note": "Také platí.", "version": 1})
    assert response.status_code == 409
    assert "Ota Rychlý" in text(response)
    assert "Také platí." in text(response)


def test_a_note_is_needed(log_in):
    client, _user = log_in("consultant")
    resting()
    row = change().rechecks.get()
    response = client.post(f"{LIST}{row.pk}/", {"note": "", "version": 1})
    assert response.status_code == 422
    assert client.get(f"{LIST}{row.pk}/").status_code == 200


def test_who_only_reads_has_no_buttons(log_in):
    client, _user = log_in("administrator")
    resting()
    row = change().rechecks.get()
    assert "It is still right" not in text(client.get(LIST))
    assert client.post(f"{LIST}{row.pk}/", {"note": "x", "version": 1}).status_code == 403
