"""What a contact says, as a page and as a letter show it."""

import pytest

from consultations.requests.actions import desk
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db


def test_what_we_write_is_rendered_once_and_kept_beside_the_text():
    case = SupportRequestFactory(open=True)
    answer = desk.answer(case, text=" **Ano.** ", by=UserFactory(role="consultant"))
    answer.refresh_from_db()
    assert (answer.text, answer.text_html) == ("**Ano.**", "<p><strong>Ano.</strong></p>\n")
    assert (answer.html, answer.letter) == (answer.text_html, "Ano.")
    assert answer.sent_as.text.count("Ano.") == 1
    assert "**" not in answer.sent_as.text


def test_words_of_others_and_old_texts_stay_as_they_were_typed():
    contact = ContactFactory(text="**Ne** # 1 <b>\nnic")
    assert contact.html == "<p>**Ne** # 1 &lt;b&gt;<br>nic</p>"
    assert contact.letter == contact.text


def test_a_logged_call_is_no_markdown():
    case, me = SupportRequestFactory(open=True), UserFactory(role="consultant")
    logged = desk.log_contact(case, direction="outbound", channel="phone_out", text="* volala", by=me)
    assert logged.text_html == ""
    assert desk.add_note(case, text="*volala*", by=me).text_html == "<p><em>volala</em></p>\n"
