"""What is written to those who ask: whom it reaches, in which language, and what it never holds."""

import pytest

from consultations import emails
from core.mail import OutgoingMail
from tests.factories.consultations import ContactFactory, PersonFactory, SummaryFactory, SupportRequestFactory

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
