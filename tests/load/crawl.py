"""Follow every link that each role sees, on the database that DATABASE_URL or VAR_DIR names.

    VAR_DIR=/path/to/a/copy python -m tests.load.crawl [MOST]

For a database that an older version made: migrate it, then see that all its pages answer. Reads only; MOST
is how many addresses each reader tries (default 400). Ends with 1 when a page did not answer.
"""

import os
import re
import sys
from collections import deque

import django
from django.test import Client
from django.test.utils import setup_test_environment

STARTS = ("/cs/", "/en/", "/cs/desk/", "/cs/my/", "/en/desk/", "/en/my/")
LINK = re.compile(r'href="(/[^"#]*)')
FINE = {200, 302, 403, 404}


def crawl(client: Client, most: int) -> tuple[dict[str, int], list[str]]:
    """Return the addresses that were opened by their status, and those that did not answer as they should."""
    waiting, seen, opened, wrong = deque(STARTS), set(STARTS), {}, []
    while waiting and len(opened) < most:
        address = waiting.popleft()
        response = client.get(address)
        opened[address] = response.status_code
        # A start may be closed to this reader; what a page leads to may not be missing.
        if response.status_code not in ({200, 302} if address not in STARTS else FINE):
            wrong.append(f"{response.status_code} {address}")
        if response.status_code != 200 or not response.get("Content-Type", "").startswith("text/html"):
            continue
        for link in LINK.findall(response.content.decode()):
            link = link.replace("&amp;", "&")
            # One page of each list and filter is enough.
            if link.split("?")[0] not in seen and not link.startswith("/static/"):
                seen.add(link.split("?")[0])
                waiting.append(link)
    return opened, wrong


def main() -> int:
    """Crawl as a visitor and as the first account of each role; print what was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shsp.settings")
    os.environ.setdefault("LOCAL", "1")
    django.setup()
    from accounts.models import User
    from accounts.permissions import Role

    setup_test_environment()
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    readers = {"visitor": None, **{role: User.objects.filter(role=role).first() for role in Role.values}}
    faults = []
    for name, user in readers.items():
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        elif name != "visitor":
            sys.stdout.write(f"{name}: nobody\n")
            continue
        opened, wrong = crawl(client, most)
        sys.stdout.write(f"{name}: {len(opened)} pages, {len(wrong)} wrong\n")
        faults += [f"{name}: {fault}" for fault in wrong]
    sys.stdout.write("\n".join(faults) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
