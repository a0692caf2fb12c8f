"""Our reading of the law is read by a second person before it is sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultations.choices import Certainty, ReadingState, State
from consultations.models import SecondReading
from consultations.requests.actions import desk, readings
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import SecondReadingFactory

pytestmark = pytest.mark.django_db

NEEDED = "A reading of the law needs a second reader before it is sent. Ask a colleague to read it."


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def reasons(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.reasons


def answer(reading: SecondReading, text: str = "", **more: Any) -> Any:
    more.setdefault("certainty", Certainty.INTERPRETATION)
    return desk.answer(reading.request, text=text or reading.text, by=reading.asked_by, **more)


class TestAsking:
    def test_the_reader_is_told_without_the_text(self):
        request, reader = SupportRequestFactory(open=True), UserFactory(editor=True)
        reading = readings.ask_reading(request, text="Náš výklad.", by=request.assignee, reader=reader)
        mail = OutgoingMail.objects.get()
        assert (mail.kind, mail.to) == ("consultations/reading_asked", reader.email)
        assert "Náš výklad" not in mail.text
        assert reading.state == ReadingState.ASKED

    def test_nobody_reads_their_own(self):
        request = SupportRequestFactory(open=True)
        by = request.assignee
        assert reasons(lambda: readings.ask_reading(request, text="Výklad.", by=by, reader=by)) == [
            "The second reader has to be somebody else."
        ]

    def test_an_administrator_judges_no_text(self):
        request, reader = SupportRequestFactory(open=True), UserFactory(administrator=True, name="Ada")
        assert reasons(
            lambda: readings.ask_reading(request, text="Výklad.", by=request.assignee, reader=reader)
        ) == ["Ada does not read answers."]


class TestDeciding:
    def test_the_author_cannot_approve(self):
        reading = SecondReadingFactory()
        assert readings.reasons_against_approving_reading(reading, by=reading.asked_by) == [
            "You wrote it, so somebody else has to read it."
        ]

    @pytest.mark.parametrize("role", ["consultant", "editor", "coordinator"])
    def test_a_colleague_can(self, role):
        reading, by = SecondReadingFactory(), UserFactory(role=role)
        readings.approve(reading, version=1, by=by)
        assert (reading.state, reading.decided_by) == (ReadingState.APPROVED, by)

    def test_an_administrator_cannot(self):
        reading = SecondReadingFactory()
        assert readings.reasons_against_approving_reading(reading, by=UserFactory(administrator=True)) == [
            "Your role does not read answers for others."
        ]

    def test_of_two_readers_one_decides(self):
        reading = SecondReadingFactory()
        other = SecondReading.objects.get()
        readings.approve(reading, version=1, by=UserFactory())
        with pytest.raises(Conflict):
            readings.send_back(other, remark="Ne.", version=1, by=UserFactory())

    def test_sending_back_needs_words(self):
        reading = SecondReadingFactory()
        assert reasons(lambda: readings.send_back(reading, remark=" ", version=1, by=UserFactory())) == [
            "Write what is to be mended."
        ]


class TestSending:
    def test_a_reading_of_the_law_is_refused_without_a_second_reader(self):
        request = SupportRequestFactory(open=True)
        assert reasons(
            lambda: desk.answer(
                request, text="Výklad.", by=request.assignee, certainty=Certainty.INTERPRETATION
            )
        ) == [NEEDED]
        request.refresh_from_db()
        assert request.state == State.OPEN

    @pytest.mark.parametrize("certainty", [Certainty.FACT, Certainty.OPINION, ""])
    def test_anything_else_needs_none(self, certainty):
        request = SupportRequestFactory(open=True)
        contact = desk.answer(request, text="Ano.", by=request.assignee, certainty=certainty)
        assert contact.certainty == certainty

    def test_the_approved_text_is_sent_once(self):
        reading = SecondReadingFactory(approved=True)
        contact = answer(reading)
        reading.refresh_from_db()
        assert (reading.state, reading.used_as) == (ReadingState.USED, contact)
        assert contact.certainty == Certainty.INTERPRETATION
        assert reasons(
            lambda: desk.add_to_answer(
                reading.request, text=reading.text, by=reading.asked_by, certainty=Certainty.INTERPRETATION
            )
        ) == [NEEDED]

    def test_the_requester_reads_how_certain_it_is(self, client):
        reading = SecondReadingFactory(approved=True)
        answer(reading)
        OutgoingMail.objects.update(next_try_at=timezone.now())
        with override("cs"):
            sentence = f"{Certainty.INTERPRETATION.label}."
        assert sentence in OutgoingMail.objects.get().text
        assert sentence in client.get(f"/cs/requests/{reading.request.link_token}/").content.decode()

    def test_line_ends_make_no_other_text(self):
        reading = SecondReadingFactory(approved=True, text="Jedna\ndvě")
        assert answer(reading, text=" Jedna\r\ndvě\n").is_answer

    def test_a_text_changed_after_the_approval_is_refused(self):
        reading = SecondReadingFactory(approved=True)
        assert reasons(lambda: answer(reading, text=reading.text + " A naopak.")) == [
            "The text is not the one that the second reader approved. Ask for a second reading of it."
        ]

    def test_a_text_that_still_waits_is_refused(self):
        reading = SecondReadingFactory()
        assert reasons(lambda: answer(reading)) == ["This text still waits for its second reader."]

    def test_an_approval_for_another_request_does_not_count(self):
        reading = SecondReadingFactory(approved=True)
        other = SupportRequestFactory(open=True)
        assert readings.reasons_against_sending_interpretation(
            other, text=reading.text, by=reading.asked_by
        ) == [NEEDED]

    def test_an_approval_that_was_taken_back_does_not_count(self):
        reading = SecondReadingFactory(approved=True)
        readings.withdraw(reading, version=1, by=reading.asked_by)
        assert reasons(lambda: answer(reading)) == [NEEDED]

    def test_what_never_left_can_be_sent_again(self):
        reading = SecondReadingFactory(approved=True)
        contact = answer(reading)
        readings.give_back(contact)
        reading.refresh_from_db()
        assert (reading.state, reading.used_as) == (ReadingState.APPROVED, None)


class TestPages:
    def test_the_reader_finds_it_approves_it_and_the_author_sends_it(self, log_in):
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

    def test_the_author_sees_what_is_to_be_mended_and_asks_again(self, log_in):
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

    def test_of_a_list_any_number_of_rows_costs_the_same(self, log_in, django_assert_num_queries):
        client, _user = log_in("coordinator")
        client.get("/cs/desk/readings/")
        for rows in (1, 2):
            SecondReadingFactory.create_batch(rows, reader=UserFactory())
            SecondReadingFactory.create_batch(rows)
            with django_assert_num_queries(4):
                client.get("/cs/desk/readings/")
