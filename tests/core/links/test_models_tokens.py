"""Tokens of personal links."""

from core.links.models import digest_of, new_token


def test_a_thousand_tokens_are_long_and_all_different():
    tokens = {new_token() for _number in range(1000)}
    assert (len(tokens), {len(token) for token in tokens}) == (1000, {43})


def test_the_digest_is_always_the_same_and_not_the_token():
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
