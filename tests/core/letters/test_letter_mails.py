"""Every mail of tests/mails is read as its row says."""

from typing import Any

import pytest

from core.letters.letter import Letter, Unreadable, read
from tests.mails import SETTINGS, World, build_world, load, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    return build_world()


def facts(letter: Letter) -> dict[str, Any]:
    """Return a letter in the words of the table."""
    bounce = letter.bounce and {
        "addresses": list(letter.bounce.addresses),
        "is_permanent": letter.bounce.is_permanent,
        "status": letter.bounce.status,
        "original_message_id": letter.bounce.original_message_id,
    }
    return {
        "subject": letter.subject,
        "plain_subject": letter.plain_subject,
        "sender": letter.sender.email,
        "sender_name": letter.sender.name,
        "reply_to": letter.reply_to.email if letter.reply_to else "",
        "to": [box.email for box in letter.to],
        "cc": len(letter.cc),
        "references": list(letter.references),
        "sent_at": letter.sent_at.isoformat() if letter.sent_at else "",
        "text": letter.text,
        "quoted": letter.quoted,
        "automatic": letter.automatic,
        "takes_automatic_mail": letter.takes_automatic_mail,
        "files": [part.name for part in letter.files],
        "enclosed": [[mail.sender.email, mail.subject, mail.text] for mail in letter.enclosed],
        "is_guessed": letter.is_guessed,
        "forwarded_from": letter.forwarded_from.email if letter.forwarded_from else "",
        "forwarded_text": letter.forwarded_text,
        "authentication": letter.authentication,
        "is_spam": letter.is_spam,
        "bounce": bounce,
    }


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_mail_is_read_as_the_table_says(row, world, settings):
    for name, value in row.get("settings", {}).items():
        setattr(settings, name, value)
    raw = load(row["file"], world)
    if row["end"]["verdict"] == "unreadable":
        with pytest.raises(Unreadable):
            read(raw)
        return
    letter = read(raw)
    expected = world.fill_in(row["reading"])
    found = facts(letter)
    assert {name: found[name] for name in expected if name in found} == {
        name: value for name, value in expected.items() if name in found
    }
    assert [words for words in expected.get("text_has", []) if words not in letter.text] == []
    assert [words for words in expected.get("text_lacks", []) if words in letter.text + letter.quoted] == []
    assert [words for words in expected.get("quoted_has", []) if words not in letter.quoted] == []
    assert letter.message_id.endswith(expected.get("message_id_ends", ">"))
    assert len(letter.message_id) <= 250


def test_no_row_names_what_is_not_checked(world):
    known = {
        *facts(read(b"From: a@example.org\n\n")),
        "text_has",
        "text_lacks",
        "quoted_has",
        "message_id_ends",
    }
    assert {name for row in rows() for name in row["reading"]} <= known
