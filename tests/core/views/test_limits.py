"""Limits count networks by their real address, for an hour, and forget who it was."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory

from core.views import limits


def a_request(address="192.0.2.1", **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def test_the_limit_holds_for_one_network_and_not_for_another():
    assert [limits.take("ask", a_request(), 2) for _ in range(4)] == [True, True, False, False]
    assert limits.take("ask", a_request("192.0.2.2"), 2)
    assert limits.take("other", a_request(), 2)
    assert [limits.take("ask", a_request(), 5) for _ in range(2)] == [True, False]


def test_the_same_word_counts_once():
    assert [limits.take("ask", a_request(), 1, once="k") for _ in range(3)] == [True, True, True]
    assert limits.take("ask", a_request(), 1, once="l") is False


def test_after_an_hour_it_begins_anew():
    with time_machine.travel("2026-11-23 09:00+01:00") as now:
        assert [limits.take("ask", a_request(), 1) for _ in range(2)] == [True, False]
        now.shift(3601)
        assert limits.take("ask", a_request(), 1)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_network_is_one_address_or_the_first_half_of_a_long_one(address, network):
    assert limits.network_of(a_request(address)) == network


@pytest.mark.parametrize(
    ("proxies", "claimed", "network"),
    [
        (0, "10.9.9.9", "192.0.2.1"),
        (1, "10.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "10.9.9.9, 198.51.100.7, 203.0.113.5", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_what_a_client_claims_counts_only_behind_our_own_proxies(settings, proxies, claimed, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": claimed} if claimed else {}
    assert limits.network_of(a_request(**headers)) == network


def test_no_address_is_kept():
    limits.take("ask", a_request(), 2, once="k")
    assert not any("192.0.2.1" in key for key in cache._cache)
