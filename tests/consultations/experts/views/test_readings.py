"""The pages of second readings: the list, the text, what its reader and its author do there."""

import pytest

from consultations.models import SecondReading
from tests.factories.accounts import UserFactory
from tests.factories.experts import SecondReadingFactory

pytestmark = pytest.mark.django_db


def test_the_reader_finds_it_approves_it_and_the_author_sends_it(log_in):
    reading = SecondReadingFactory()
    reader, _user = log_in("editor")
    assert reading.request.subject in reader.get("/cs/desk/readings/").content.decode()
    page = reader.get(f"/cs/desk/readings/{reading.pk}/").content.decode()
    assert reading.text in page
    assert reading.request.contacts.first().text in page
    assert reader.post(f"/cs/desk/readings/{reading.pk}/approve/", {"version": "1"}).status_code == 302
    author, _user = log_in("consultant", user=reading.asked_by)
    there = f"/cs/desk/readings/{reading.pk}/send/"
    assert author.post(there, {"version": "99"}).status_code == 409
    assert author.post(there, {"version": str(reading.request.version)}).status_code == 302
    assert reading.request.contacts.get(is_answer=True).text == reading.text


def test_the_author_sees_what_is_to_be_mended_and_asks_again(log_in):
    reading = SecondReadingFactory()
    reader, _user = log_in("consultant")
    there = f"/cs/desk/readings/{reading.pk}/send-back/"
    late = reader.post(there, {"version": "9", "remark": "Chybí výjimka."})
    assert late.status_code == 409
    again = {"version": late.context["remark_form"]["version"].value(), "remark": "Chybí výjimka."}
    assert reader.post(there, again).status_code == 302
    author, _user = log_in("consultant", user=reading.asked_by)
    assert "Chybí výjimka." in author.get(f"/cs/desk/readings/{reading.pk}/").content.decode()
    ask = f"/cs/desk/requests/{reading.request.reference}/readings/ask/"
    page = author.post(ask, {"text": "Lepší výklad."})
    assert (page.status_code, "Lepší výklad." in page.content.decode()) == (200, True)
    assert author.post(ask, {"text": "Lepší výklad.", "reader": ""}).status_code == 302
    assert SecondReading.objects.waiting().get().text == "Lepší výklad."


def test_of_a_list_any_number_of_rows_costs_the_same(log_in, django_assert_num_queries):
    client, _user = log_in("coordinator")
    client.get("/cs/desk/readings/")
    for rows in (1, 2):
        SecondReadingFactory.create_batch(rows, reader=UserFactory())
        SecondReadingFactory.create_batch(rows)
        with django_assert_num_queries(4):
            client.get("/cs/desk/readings/")
