"""Who a sender is: whose address is known on which request, and which municipality it suggests."""

from collections.abc import Collection
from pathlib import Path

from consultations.models import Participant, Person, PersonAddress, SupportRequest
from core.search.prefix import plain
from municipalities.models import Membership, Municipality

_MOST_PEOPLE = 500
# Anybody may have an address there.
_FREE_MAIL = frozenset((Path(__file__).parent / "data" / "free_mail.txt").read_text().split())
# What municipalities put before and after their names; the longer ones first.
_BEFORE = ("mestys", "mesto", "obec", "urad", "mesta", "obce", "mu", "ou", "umc", "mc")
_AFTER = ("-cr", "-mesto", "-obec", "mesto", "obec")


def addresses_on(requests: Collection[SupportRequest]) -> dict[int, dict[str, int]]:
    """Return for each request's number the addresses that are known on it, each with whose it is.

    These are all addresses of its requester and of its participants; whoever was merged into
    somebody else has left all of theirs to them. The number of queries is always the same.
    """
    there = Participant.objects.filter(request__in=requests, person__merged_into=None).order_by("person")
    pairs = {(request.pk, request.requester_id) for request in requests}
    pairs |= set(there.values_list("request", "person")[:_MOST_PEOPLE])
    people = {person for _request, person in pairs}
    first = Person.objects.filter(pk__in=people).exclude(email="").values_list("pk", "email")
    further = PersonAddress.objects.filter(person__in=people).values_list("person", "email")[:_MOST_PEOPLE]
    addresses = sorted([*first, *further])
    return {
        request.pk: {email.lower(): person for person, email in addresses if (request.pk, person) in pairs}
        for request in requests
    }


def municipality_of(email: str) -> Municipality | None:
    """Return the one municipality that an address suggests by its domain: only ever a guess."""
    domain = email.rpartition("@")[2].lower()
    if "." not in domain or domain in _FREE_MAIL:
        return None
    return _by_accounts(domain) or _by_name(domain)


def _by_accounts(domain: str) -> Municipality | None:
    """Return the municipality whose officials have addresses of this domain."""
    theirs = Membership.objects.current().filter(user__email__iendswith=f"@{domain}")
    found = list(Municipality.objects.filter(pk__in=theirs.values("municipality"))[:2])
    return found[0] if len(found) == 1 else None


def _by_name(domain: str) -> Municipality | None:
    """Return the only municipality of the register that is called like the domain."""
    *_subdomains, label, ending = domain.split(".")
    if ending != "cz":
        return None
    candidates = _names_in(label)
    rows = Municipality.objects.existing().filter(search_name__in=candidates)[: len(candidates) * 20]
    # The whole word first: Mutěnice is not "MÚ Těnice".
    for name in candidates:
        if called := [row for row in rows if row.search_name == name]:
            return called[0] if len(called) == 1 else None
    return None


def _names_in(label: str) -> list[str]:
    """Return the names that a domain's label may hold, as they are searched for."""
    forms = [label]
    forms += [label.removesuffix(after) for after in _AFTER if label.endswith(after)]
    forms += [
        form.removeprefix(before) for form in list(forms) for before in _BEFORE if form.startswith(before)
    ]
    names = [plain(form.strip("-")) for form in forms]
    return [name for name in dict.fromkeys(names) if len(name) >= 2]
