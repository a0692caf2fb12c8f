"""Signs in addresses and Message-IDs."""

import pytest

from core.outbox import tokens

JANA = "jana@example.org"


@pytest.fixture(autouse=True)
def _inbox(settings):
    settings.MAIL_INBOX = "centrum@example.com"


def test_a_reply_address_is_known_again_for_whom_it_was_made():
    address = tokens.reply_address(7, JANA)
    assert address.startswith("centrum+7-")
    assert len(address.partition("@")[0]) <= 64
    [claim] = tokens.claims(f'"Kontaktní centrum" <{address}>')
    assert (claim.about_id, claim.is_for("Jana@Example.org ")) == (7, True)
    assert not claim.is_for("petr@example.org")


def test_without_a_mailbox_there_is_no_address(settings):
    settings.MAIL_INBOX = ""
    assert tokens.reply_address(7, JANA) == ""


def test_a_message_id_is_known_again_and_no_two_are_the_same():
    first, second = (tokens.message_id(7, JANA) for _ in range(2))
    assert first != second
    assert [claim.is_for(JANA) for claim in tokens.claims(f"{first} {second}")] == [True]


def test_retyped_letters_are_forgiven():
    address = tokens.reply_address(7, JANA)
    retyped = address.upper().replace("0", "O").replace("1", "l")
    assert [claim.is_for(JANA) for claim in tokens.claims(retyped)] == [True]


@pytest.mark.parametrize("place", [0, 10, 19])
def test_one_other_sign_is_not_believed(place):
    sign = tokens.claims(tokens.reply_address(7, JANA))[0].sign
    other = sign[:place] + ("a" if sign[place] != "a" else "b") + sign[place + 1 :]
    assert not tokens.Claim(7, other).is_for(JANA)


def test_a_sign_counts_for_its_own_number_only():
    sign = tokens.claims(tokens.reply_address(7, JANA))[0].sign
    assert not tokens.Claim(8, sign).is_for(JANA)


def test_an_old_key_still_counts(settings):
    address = tokens.reply_address(7, JANA)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert tokens.claims(address)[0].is_for(JANA)


@pytest.mark.parametrize("text", ["", "centrum+7@example.com", "7-abc", "SH-2026-000007", "<x@example.com>"])
def test_other_texts_claim_nothing(text):
    assert tokens.claims(text) == []
