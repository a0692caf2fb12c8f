"""Reads of law that span kinds of texts: what rests on a provision, what a change concerns."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise

from core.documents.kind import Kind, kind_of
from core.documents.law.citations import touches
from core.documents.law.kind import citing_kinds
from core.documents.law.models import Provision, ProvisionChange, Recheck


def published(kind: Kind) -> Any:
    """Return the published editions of a kind."""
    edition: Any = kind.edition
    return edition.objects.published()


def _near(provision: Provision) -> list[int]:
    """Return the numbers of what a change of a provision concerns: itself, its parts, what has it as one."""
    # What was not understood stands in no act, and is near to itself alone.
    if not provision.act:
        return [provision.pk]
    rows = Provision.objects.filter(act=provision.act).values_list("pk", "place")
    return [pk for pk, place in rows if touches(provision.place, place)]


def resting_on(change: ProvisionChange) -> list[Any]:
    """Return the published editions that rest on what a change concerns, in a wording before it."""
    numbers = _near(change.provision)
    return [edition for kind in citing_kinds() for edition in _editions(kind, change, numbers)]


def _editions(kind: Kind, change: ProvisionChange, numbers: Iterable[int]) -> Any:
    cited = kind.citation.objects.filter(provision__in=numbers, valid_as_of__lt=change.in_force_on)
    rows = published(kind).filter(pk__in=cited.values("edition"))
    return rows.select_related("document__owner", "document__deputy").order_by("pk")


def changes_concerning(edition: Any) -> list[ProvisionChange]:
    """Return the changes of what an edition rests on, of which it has a wording before them."""
    cited = list(edition.cited())
    acts = {row.provision.act for row in cited if row.provision.act}
    own = {row.provision_id for row in cited}
    changes = ProvisionChange.objects.filter(Q(provision__act__in=acts) | Q(provision__in=own))
    return [
        change
        for change in changes.select_related("provision")
        if any(_concerns(change, row) for row in cited)
    ]


def _concerns(change: ProvisionChange, row: Any) -> bool:
    there, here = change.provision, row.provision
    is_same_act = bool(here.act) and here.act == there.act
    is_near = here.pk == there.pk or (is_same_act and touches(there.place, here.place))
    return is_near and row.valid_as_of < change.in_force_on


def changes_near(provision: Provision) -> list[ProvisionChange]:
    """Return the changes that concern a provision: its own, and those of what it is a part of, or has."""
    rows = ProvisionChange.objects.filter(Q(provision=provision) | Q(provision__act=provision.act))
    return [
        change
        for change in rows.select_related("provision")
        if change.provision_id == provision.pk
        or (provision.act and touches(change.provision.place, provision.place))
    ]


def marks_of(edition: Any) -> list[Recheck]:
    """Return what the readers of a document have to know: changes since which nobody has looked at it."""
    kind = kind_of(edition)
    if not kind.citation:
        return []
    rows = Recheck.objects.open().of(kind.name, edition.document_id).select_related("change__provision")
    return list(rows.order_by("change__in_force_on", "pk"))


def texts_on(provisions: Iterable[Provision]) -> Counter[int]:
    """Return how many published texts rest on each provision, in a query a kind."""
    numbers, found = [row.pk for row in provisions], Counter[int]()
    for kind in citing_kinds():
        cited = kind.citation.objects.filter(provision__in=numbers, edition__in=published(kind))
        counts = cited.order_by().values_list("provision").annotate(Count("edition", distinct=True))
        found.update(dict(counts))
    return found


@dataclass(frozen=True)
class Resting:
    """One published text that rests on a provision, or on a part of it."""

    kind: str | Promise
    title: str
    url: str
    citation: str
    valid_as_of: Any


def texts_near(provision: Provision, *, most: int) -> list[Resting]:
    """Return the published texts of all kinds that a change of a provision would concern, at most so many."""
    numbers = _near(provision)
    return [row for kind in citing_kinds() for row in _resting(kind, numbers, most)][:most]


def _resting(kind: Kind, numbers: Iterable[int], most: int) -> Iterable[Resting]:
    rows = kind.citation.objects.filter(provision__in=numbers, edition__in=published(kind))
    for row in rows.select_related("provision", "edition").order_by("edition_id", "pk")[:most]:
        address = reverse(kind.url_name(), args=[row.edition.document_id])
        yield Resting(kind.wording.plural, row.edition.heading, address, row.citation, row.valid_as_of)
