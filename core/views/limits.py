"""How often one network may do what needs no account.

Counters live in the cache under a keyed digest, so that no address of a
visitor is kept. The window is an hour from the first time.
"""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW_SECONDS = 3600
# One household or office of IPv6 has at least this much to itself.
IPV6_PREFIX = 64


def take(name: str, request: HttpRequest, limit: int, *, once: str = "") -> bool:
    """Count one more `name` for the visitor's network; tell whether it is still within `limit` an hour.

    With `once`, the same word counts a single time: a form that is sent twice
    does not use up two.
    """
    digest = salted_hmac("core.views.limits", network_of(request), algorithm="sha256").hexdigest()
    counter = f"limit:{name}:{digest[:32]}"
    if once and not cache.add(f"{counter}:{once}", True, WINDOW_SECONDS):
        return cache.get(counter, 0) <= limit
    cache.add(counter, 0, WINDOW_SECONDS)
    try:
        return cache.incr(counter) <= limit
    except ValueError:
        # The hour ended between the two calls.
        cache.set(counter, 1, WINDOW_SECONDS)
        return limit >= 1


def network_of(request: HttpRequest) -> str:
    """Return the network a request comes from: an IPv4 address, or the first half of an IPv6 one.

    What the client claims about itself (X-Forwarded-For) counts only behind
    as many proxies of our own as the settings name.
    """
    address, proxies = request.META.get("REMOTE_ADDR", ""), settings.ALLAUTH_TRUSTED_PROXY_COUNT
    claimed = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if proxies and len(claimed) >= proxies:
        address = claimed[-proxies]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if ip.version == 6 and not ip.ipv4_mapped:
        return str(ipaddress.ip_network((ip, IPV6_PREFIX), strict=False))
    return str(ip if ip.version == 4 else ip.ipv4_mapped)
