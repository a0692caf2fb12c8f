"""Where a report goes to: the address of those who speak for a municipality, else that of its office."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.outbox.dead_addresses import dead_among
from municipalities.models import Membership, Municipality
from municipalities.models.membership import MembershipQuerySet

OFFICE_LANGUAGE = "cs"


@dataclass(frozen=True)
class Address:
    """An address, the language of whoever reads there, and whether mail came back from it for good."""

    email: str
    language: str = OFFICE_LANGUAGE
    is_dead: bool = False


NOWHERE = Address("")


def addresses_of(municipalities: Iterable[Municipality]) -> dict[int, Address]:
    """Return the address of each municipality, by its number; of those that it has the first that works.

    Whoever speaks for it longest comes first, and its office last.
    """
    rows = list(municipalities)
    known = _officials(rows)
    for row in rows:
        known[row.pk] += [Address(row.office_email)] if row.office_email else []
    dead = dead_among(address.email for found in known.values() for address in found)
    return {row.pk: _best(known[row.pk], dead) for row in rows}


def emails_of(municipality: Municipality) -> set[str]:
    """Return all addresses at which a municipality is reached now."""
    officials = _officials([municipality])[municipality.pk]
    return {address.email for address in officials} | {municipality.office_email}


def _officials(rows: list[Municipality]) -> dict[int, list[Address]]:
    """Return the addresses of current officials; of a municipality that was merged, of those it went to."""
    found: dict[int, list[Address]] = defaultdict(list)
    current = Membership.objects.current().filter(municipality__in=[row.pk for row in rows])
    for member in _first_come(current):
        found[member.municipality_id].append(Address(member.user.email, member.user.language))
    for row in rows:
        if row.dissolved_on and not found[row.pk]:
            heirs = _first_come(Membership.objects.speaking_for(row.pk))
            found[row.pk] = [Address(member.user.email, member.user.language) for member in heirs]
    return found


def _first_come(rows: MembershipQuerySet) -> MembershipQuerySet:
    return rows.filter(user__is_active=True).select_related("user").order_by("starts_on", "pk")


def _best(known: list[Address], dead: set[str]) -> Address:
    works = next((address for address in known if address.email not in dead), None)
    if works or not known:
        return works or NOWHERE
    return Address(known[0].email, known[0].language, is_dead=True)


def living(addresses: Iterable[Address]) -> list[Address]:
    """Return some addresses, each with whether mail came back from it for good."""
    rows = list(addresses)
    dead = dead_among(address.email for address in rows)
    return [Address(row.email, row.language, row.email in dead) for row in rows]
