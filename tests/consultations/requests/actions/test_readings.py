"""Our reading of the law is read by a second person before it is sent."""

from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultations.choices import Certainty, ReadingState, State
from consultations.models import SecondReading
from consultations.requests.actions import desk, readings
from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import SecondReadingFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NEEDED = "A reading of the law needs a second reader before it is sent. Ask a colleague to read it."


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
        details = {"request": request.pk, "reader": reader.pk}
        assert written(reading) == [("reading.ask", request.assignee.pk, details)]

    def test_whoever_is_free_is_asked_without_mail(self):
        request = SupportRequestFactory(answered=True)
        reading = readings.ask_reading(request, text=" Výklad.\r\nA dál. ", by=request.assignee)
        assert (reading.text, reading.reader, reading.version) == ("Výklad.\nA dál.", None, 1)
        assert not OutgoingMail.objects.exists()

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"by": "editor"}, "Your role reads requests but does not work on them."),
            ({"state": State.CLOSED}, "The request is not being worked on. Reopen it first."),
            ({"text": " "}, "Write a text."),
            ({"reader": "author"}, "The second reader has to be somebody else."),
            ({"reader": "administrator"}, "Ada does not read answers."),
        ],
    )
    def test_it_is_refused(self, given, words):
        request = SupportRequestFactory(open=True)
        request.state = given.get("state", State.OPEN)
        people = {
            "author": request.assignee,
            "editor": UserFactory(editor=True),
            "administrator": UserFactory(administrator=True, name="Ada"),
        }
        asked = {"text": given.get("text", "Výklad."), "by": people[given.get("by", "author")]}
        assert refusal(readings.ask_reading, request, **asked, reader=people.get(given.get("reader"))) == [
            words
        ]
        assert not SecondReading.objects.exists()

    def test_the_same_text_waits_once(self):
        reading = SecondReadingFactory(text="Jedna\ndvě")
        asked = {"by": reading.asked_by, "text": " Jedna\r\ndvě"}
        assert refusal(readings.ask_reading, reading.request, **asked) == [
            "This text already waits for a second reader."
        ]
        readings.withdraw(reading, version=1, by=reading.asked_by)
        readings.ask_reading(reading.request, **asked)


class TestDeciding:
    @pytest.mark.parametrize("role", ["consultant", "editor", "coordinator"])
    def test_a_colleague_approves_and_its_author_is_told(self, role):
        reading, by = SecondReadingFactory(), UserFactory(role=role)
        readings.approve(reading, version=1, by=by)
        reading.refresh_from_db()
        assert (reading.state, reading.decided_by) == (ReadingState.APPROVED, by)
        mail = OutgoingMail.objects.get()
        assert (mail.kind, mail.to) == ("consultations/reading_decided", reading.asked_by.email)
        assert reading.text not in mail.text
        assert written(reading) == [("reading.approve", by.pk, {"request": reading.request_id})]

    def test_what_its_reader_was_told_of_is_done(self):
        request, reader = SupportRequestFactory(open=True), UserFactory(editor=True)
        reading = readings.ask_reading(request, text="Výklad.", by=request.assignee, reader=reader)
        assert Notice.objects.filter(read_at=None).get().receiver == reader
        readings.approve(reading, version=1, by=reader)
        assert Notice.objects.filter(read_at=None).get().receiver == request.assignee

    def test_a_text_is_sent_back_with_what_is_to_be_mended(self):
        reading, by = SecondReadingFactory(), UserFactory()
        readings.send_back(reading, remark=" Chybí výjimka. ", version=1, by=by)
        reading.refresh_from_db()
        assert (reading.state, reading.remark) == (ReadingState.SENT_BACK, "Chybí výjimka.")
        assert "Chybí výjimka" not in OutgoingMail.objects.get().text
        assert written(reading) == [("reading.send_back", by.pk, {"request": reading.request_id})]

    @pytest.mark.parametrize("verb", ["approve", "send_back"])
    @pytest.mark.parametrize(
        ("who", "words"),
        [
            ("author", "You wrote it, so somebody else has to read it."),
            ("administrator", "Your role does not read answers for others."),
        ],
    )
    def test_it_is_not_for_everybody(self, verb, who, words):
        reading = SecondReadingFactory()
        by = reading.asked_by if who == "author" else UserFactory(administrator=True)
        remark = {"remark": "Ne."} if verb == "send_back" else {}
        assert refusal(getattr(readings, verb), reading, version=1, by=by, **remark) == [words]
        assert SecondReading.objects.get().state == ReadingState.ASKED

    def test_sending_back_needs_words(self):
        reading = SecondReadingFactory()
        assert refusal(readings.send_back, reading, remark=" ", version=1, by=UserFactory()) == [
            "Write what is to be mended."
        ]

    def test_what_is_decided_is_decided(self):
        reading = SecondReadingFactory(approved=True)
        assert refusal(readings.send_back, reading, remark="Ne.", version=1, by=UserFactory()) == [
            "“approved, may be sent” cannot become “sent back to its author”."
        ]

    @pytest.mark.parametrize("is_read_before", [True, False])
    def test_of_two_readers_one_decides(self, is_read_before):
        reading = SecondReadingFactory()
        other = SecondReading.objects.get()
        readings.approve(reading, version=1, by=UserFactory())
        if not is_read_before:
            other = SecondReading.objects.get()
        with pytest.raises(Conflict):
            readings.send_back(other, remark="Ne.", version=1, by=UserFactory())
        assert SecondReading.objects.get().remark == ""

    def test_its_author_and_colleagues_take_it_back_until_it_is_sent(self):
        reading, colleague = SecondReadingFactory(), UserFactory()
        assert refusal(readings.withdraw, reading, version=1, by=UserFactory(editor=True)) == [
            "Your role reads requests but does not work on them."
        ]
        with pytest.raises(Conflict):
            readings.withdraw(reading, version=2, by=colleague)
        readings.withdraw(reading, version=1, by=colleague)
        assert SecondReading.objects.get().state == ReadingState.WITHDRAWN
        assert written(reading) == [("reading.withdraw", colleague.pk, {"request": reading.request_id})]
        assert refusal(readings.withdraw, reading, version=2, by=colleague) == [
            "“taken back” cannot become “taken back”."
        ]


class TestSending:
    def test_a_reading_of_the_law_is_refused_without_a_second_reader(self):
        request = SupportRequestFactory(open=True)
        assert refusal(
            desk.answer, request, text="Výklad.", by=request.assignee, certainty=Certainty.INTERPRETATION
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
        assert refusal(
            desk.add_to_answer,
            reading.request,
            text=reading.text,
            by=reading.asked_by,
            certainty=Certainty.INTERPRETATION,
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
        assert refusal(answer, reading, text=reading.text + " A naopak.") == [
            "The text is not the one that the second reader approved. Ask for a second reading of it."
        ]

    def test_a_text_that_still_waits_is_refused(self):
        reading = SecondReadingFactory()
        assert refusal(answer, reading) == ["This text still waits for its second reader."]

    def test_an_approval_for_another_request_does_not_count(self):
        reading = SecondReadingFactory(approved=True)
        other = SupportRequestFactory(open=True)
        assert readings.reasons_against_sending_interpretation(
            other, text=reading.text, by=reading.asked_by
        ) == [NEEDED]

    def test_an_approval_that_was_taken_back_does_not_count(self):
        reading = SecondReadingFactory(approved=True)
        readings.withdraw(reading, version=1, by=reading.asked_by)
        assert refusal(answer, reading) == [NEEDED]

    def test_what_never_left_can_be_sent_again(self):
        reading = SecondReadingFactory(approved=True)
        contact = answer(reading)
        readings.give_back(contact)
        reading.refresh_from_db()
        assert (reading.state, reading.used_as) == (ReadingState.APPROVED, None)
