"""Inside the portal, on one database of one size: fill it, and count the queries and bytes of each page."""

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.permissions import Role
from consultations.choices import Channel, Direction, State
from consultations.models import Contact, SupportRequest
from tests.bench.synthetic import PERCENT_WORD, RARE_WORD, load_requests, load_summaries

FILTER = "state=closed&channel=phone_in"
PAGES = {
    "desk today": "/cs/desk/",
    "desk list": "/cs/desk/requests/",
    "filtered list": f"/cs/desk/requests/?{FILTER}",
    "filtered list, page 30": f"/cs/desk/requests/?{FILTER}&page=30",
    "filtered list, last page": f"/cs/desk/requests/?{FILTER}&page=40",
    "filtered list, oldest": f"/cs/desk/requests/?{FILTER}&before=400",
    "desk search, rare word": f"/cs/desk/search/?q={RARE_WORD}",
    "desk search, 1 % word": f"/cs/desk/search/?q={PERCENT_WORD}",
    "summaries": "/cs/summaries/",
    "summary": "/cs/summaries/synteticka-0/",
    "public search, 1 % word": f"/cs/search/?q={PERCENT_WORD}",
    "home": "/cs/",
}
CONTACTS = (10, 50, 100)


@dataclass(frozen=True)
class PageFacts:
    """One page: where it is, how many queries it takes, how long it is."""

    address: str
    queries: int
    size: int


def prepare(size: int) -> dict[str, Any]:
    """Fill the database with `size` requests and summaries; return a login cookie and each page's facts."""
    call_command("setup", verbosity=0)
    call_command("load_demo", verbosity=0)
    staff = list(User.objects.staff())
    load_requests(size, staff=staff)
    load_summaries(size, staff=staff)
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(role=Role.COORDINATOR))
    pages = PAGES | {f"request, {count} contacts": _request_with(count) for count in CONTACTS}
    public = Client(headers={"host": "localhost"})
    facts = {
        name: asdict(_facts(client if "/desk/" in address else public, address))
        for name, address in pages.items()
    }
    return {"cookie": client.cookies[settings.SESSION_COOKIE_NAME].value, "pages": facts}


def _request_with(count: int) -> str:
    # All of one kind, so that only the number of contacts tells them apart.
    alike = SupportRequest.objects.filter(state=State.CLOSED, municipality__isnull=False)
    request = alike.order_by("-pk")[count]
    missing = count - request.contacts.count()
    Contact.objects.bulk_create(
        Contact(
            request=request,
            direction=(Direction.INBOUND, Direction.OUTBOUND, Direction.NOTE)[number % 3],
            channel=Channel.EMAIL,
            text=f"Zpráva číslo {number}: domluvili jsme se na dalším postupu a na termínu schůzky.",
            person=request.requester if number % 3 == 0 else None,
            spoken_by=request.assignee if number % 3 else None,
            logged_by=request.assignee,
        )
        for number in range(missing)
    )
    return request.get_desk_url()


def _facts(client: Client, address: str) -> PageFacts:
    # The first time fills what is kept between requests.
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return PageFacts(address, len(queries), len(response.content))
