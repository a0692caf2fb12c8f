"""Private links withstand guessing: few tries for a network, and always the same answer."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import SupportRequest
from core.links.models import new_token
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory

pytestmark = pytest.mark.django_db

PARTS = ("", "received/", "withdraw/", "deletion/", "reach/", "code/", "files/1/")


def answer(token: str, part: str = "") -> tuple[int, bytes, dict[str, str], list[str]]:
    """Return all that an answer can tell of a token: status, page, headers, what the database was asked."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(f"/cs/requests/{token}/{part}")
    page = response.content.replace(token.encode(), b"")
    headers = {
        name: value
        for name, value in response.headers.items()
        if name in ("Content-Type", "Cache-Control", "X-Robots-Tag", "Referrer-Policy", "Location")
    }
    return response.status_code, page, headers, [query["sql"].split("WHERE")[0] for query in queries]


def near_misses(case: SupportRequest) -> list[str]:
    """Return tokens that are nearly right, were right, or are right for something else."""
    token, renewed = case.link_token, SupportRequestFactory()
    was_right, expert = renewed.link_token, ExpertQuestionFactory(sent=True).link_token
    renewed.give_link()
    renewed.save()
    others = [("A" if sign != "A" else "B") for sign in token]
    ends = [others[0] + token[1:], token[:-1] + others[-1], token.swapcase()]
    return [new_token(), *ends, was_right, expert]


@pytest.mark.parametrize("part", PARTS)
def test_every_wrong_token_gets_the_same_answer(part: str) -> None:
    answers = [answer(token, part) for token in near_misses(SupportRequestFactory())]
    assert answers[0][0] == 404
    assert answers == [answers[0]] * len(answers)


def test_the_link_of_an_official_who_has_left_answers_as_one_that_never_was() -> None:
    left = SupportRequestFactory(official=True)
    left.requester.user = left.created_by
    left.requester.save()
    assert answer(left.link_token) == answer(new_token())


def test_all_pages_behind_links_and_all_ways_to_ask_count_as_one(client: Client, settings: Any) -> None:
    settings.LINK_TRIES_PER_HOUR = 3
    case = SupportRequestFactory()
    asked = [
        client.get(f"/cs/requests/{new_token()}/"),
        client.post(f"/cs/requests/{new_token()}/reach/", {"email": "a@example.org"}),
        client.head(f"/en/expert/{new_token()}/"),
        client.get(f"/en/requests/{new_token()}/code/"),
        client.post(f"/cs/requests/{new_token()}/rating/", {"value": "helped"}),
    ]
    assert [response.status_code for response in asked] == [404, 404, 404, 429, 429]
    # A right one is no guess: who has it is not kept out by others of their network.
    assert client.get(case.get_link()).status_code == 200


def test_other_addresses_of_one_household_and_forged_headers_count_as_one(settings: Any) -> None:
    settings.LINK_TRIES_PER_HOUR = 2
    asked = [
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number}", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").get(
            f"/cs/requests/{new_token()}/"
        )
        for number in range(1, 4)
    ]
    assert [response.status_code for response in asked] == [404, 404, 429]


def test_after_the_limit_the_answer_still_tells_nothing(client: Client, settings: Any) -> None:
    settings.LINK_TRIES_PER_HOUR = 0
    tokens = near_misses(SupportRequestFactory())
    wrong = [client.get(f"/cs/requests/{token}/") for token in tokens]
    # Each answer names its event, by which we find it in the log.
    pages = {
        re.sub(r"<code>\w+</code>", "", page.content.decode()).replace(token, "")
        for page, token in zip(wrong, tokens, strict=True)
    }
    assert ({page.status_code for page in wrong}, len(pages)) == ({429}, 1)
