"""What is written to those who ask: whom it reaches, in which language, and what it never holds."""

import pytest

from consultations.models import IncomingMail, MailState
from consultations.requests import emails
from core.outbox.mail import OutgoingMail, Stopped
from municipalities.models import Membership
from tests.factories.consultations import ContactFactory, PersonFactory, SummaryFactory, SupportRequestFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db

QUESTION = "Prosím o radu, kde mohu požádat o byt."


def written():
    mail = OutgoingMail.objects.get()
    return mail, mail.subject + mail.text


def test_the_answer_holds_the_answer_and_not_the_question():
    case = SupportRequestFactory(answered=True, language="en")
    contact = ContactFactory(request=case, answer=True, text="Obraťte se <na> obec & úřad.")
    emails.answer(case, contact)
    mail, whole = written()
    assert (mail.to, mail.language, mail.about_id) == (case.requester.email, "en", case.pk)
    assert "Obraťte se <na> obec & úřad." in whole
    assert f"/en/requests/{case.link_token}/" in whole
    assert QUESTION not in whole
    assert case.subject not in whole


def test_a_question_back_stays_behind_the_link():
    case = SupportRequestFactory(open=True)
    emails.question_back(case, ContactFactory(request=case, answer=True, text="Kolik dlužíte?"))
    _mail, whole = written()
    assert case.link_token in whole
    assert case.reference in whole
    assert not any(
        words in whole for words in ("Kolik dlužíte?", QUESTION, case.subject, case.requester.name)
    )


def test_who_asked_is_told_where_the_answer_was_published():
    case, summary = SupportRequestFactory(language="en"), SummaryFactory()
    emails.published(case, summary)
    _mail, whole = written()
    assert f"/en/summaries/{summary.slug}/" in whole
    assert case.subject not in whole


@pytest.mark.parametrize("send", [emails.answer, emails.question_back])
def test_without_an_address_nothing_is_written(send):
    case = SupportRequestFactory(requester=PersonFactory(email=""))
    assert send(case, ContactFactory(request=case, answer=True)) is None
    assert OutgoingMail.objects.count() == 0


def test_it_is_known_whether_a_receipt_was_written():
    case = SupportRequestFactory()
    assert emails.was_receipt_written(case) is False
    emails.receipt(case)
    assert emails.was_receipt_written(case) is True


def test_where_a_link_only_is_wished_for_the_answer_stays_behind_it():
    case = SupportRequestFactory(answered=True, link_only=True, language="en")
    emails.answer(case, ContactFactory(request=case, answer=True, text="Obraťte se na obec."))
    _mail, whole = written()
    assert "Obraťte se na obec." not in whole
    assert f"/en/requests/{case.link_token}/" in whole


def test_a_persons_words_wait_and_are_not_marked_as_a_machines():
    case = SupportRequestFactory(open=True)
    contact = ContactFactory(request=case, answer=True)
    mail = emails.answer(case, contact)
    contact.refresh_from_db()
    assert (contact.sent_as, mail.automatic, mail.is_held) == (mail, "", True)


def test_a_receipt_says_that_it_is_automatic():
    assert emails.receipt(SupportRequestFactory()).automatic == "auto-replied"


def test_a_thread_names_what_they_and_we_wrote_and_nobody_elses():
    case = SupportRequestFactory(open=True)
    ContactFactory(request=case, message_id="<theirs@x>", person=case.requester)
    ContactFactory(request=case, message_id="<others@x>", person=PersonFactory())
    receipt = emails.receipt(case)
    answer = emails.answer(case, ContactFactory(request=case, answer=True))
    assert set(answer.references.split()) == {"<theirs@x>", receipt.message_id}


@pytest.mark.parametrize(
    ("sender", "subject"), [("Jana@example.org", "Re: Byt pro rodinu"), ("else@example.org", None)]
)
def test_their_subject_goes_back_only_to_the_address_it_came_from(sender, subject):
    case = SupportRequestFactory(open=True, requester__email="jana@example.org", language="en")
    IncomingMail.objects.create(
        key="a", size=1, digest="a", came_by="imap", state=MailState.PLACED, sender=sender,
        subject="RE: Fwd: Byt pro rodinu", request=case,
    )  # fmt: skip
    answer = emails.answer(case, ContactFactory(request=case, answer=True))
    assert answer.subject == (subject or f"Answer to your request {case.reference}")
    assert "Byt pro rodinu" not in emails.receipt(case).subject


def test_an_official_who_has_left_is_not_written_to():
    official = MembershipFactory().user
    place = Membership.objects.get(user=official).municipality
    case = SupportRequestFactory(
        is_official=True, municipality=place, created_by=official, requester=PersonFactory(user=official)
    )
    mail = emails.receipt(case)
    assert emails.reason_to_stop(mail) == ""
    Membership.objects.all().delete()
    assert emails.reason_to_stop(mail) == Stopped.NOT_THEIRS
