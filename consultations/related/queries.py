"""What a request has to do with others, and a person with other entries; in a bounded number of queries."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.models import Person, PersonMerge, Rearrangement, RequestLink, SupportRequest
from consultations.related.actions.merge import of_same_person, reasons_against_undoing_merge
from consultations.related.actions.split import reasons_against_undoing_split
from consultations.requests.queries import rows_of

SHOWN = 30


@dataclass(frozen=True)
class Step:
    """One merge or split, in words, with the reasons against undoing it."""

    done: Rearrangement
    words: str
    other: SupportRequest
    reasons: list[str]


class Related:
    """The other requests that one has to do with, as `reader` sees them."""

    def __init__(self, case: SupportRequest, *, reader: User) -> None:
        self.case, self.reader = case, reader

    @cached_property
    def steps(self) -> list[Step]:
        """What was merged and split, the newest first."""
        rows = Rearrangement.objects.of(self.case.pk)
        rows = rows.select_related("source__duplicate_of", "target__duplicate_of", "done_by", "undone_by")
        return [self._step(row) for row in rows[:SHOWN]]

    def _step(self, row: Rearrangement) -> Step:
        is_source = row.source_id == self.case.pk
        is_merge = row.kind == Rearrangement.Kind.MERGE
        words = {
            (True, True): _("Merged into"),
            (True, False): _("Merged into this one:"),
            (False, True): _("Split off into"),
            (False, False): _("Split off from"),
        }[is_merge, is_source]
        against = reasons_against_undoing_merge if is_merge else reasons_against_undoing_split
        reasons = [] if row.undone_at else against(row, by=self.reader)
        return Step(row, words, row.target if is_source else row.source, reasons)

    @cached_property
    def links(self) -> list[tuple[RequestLink, SupportRequest]]:
        rows = RequestLink.objects.filter(Q(first=self.case) | Q(second=self.case)).order_by("-pk")
        rows = rows.select_related("first", "second")
        return [(row, row.second if row.first_id == self.case.pk else row.first) for row in rows[:SHOWN]]

    @cached_property
    def same_matter(self) -> list[dict[str, Any]]:
        """Requests that go on from this one or before it, and those where the same was asked."""
        near = Q(follows=self.case) | Q(duplicate_of=self.case, is_merged=False)
        first = None if self.case.is_merged else self.case.duplicate_of_id
        near |= Q(pk__in=[pk for pk in (self.case.follows_id, first) if pk])
        return rows_of(SupportRequest.objects.visible_to(self.reader).filter(near).for_list()[:SHOWN])

    @cached_property
    def same_person(self) -> list[dict[str, Any]]:
        """Other requests of the requester: those with which this one may be merged (decision 6)."""
        return self._asked_by(of_same_person(self.case))

    @cached_property
    def same_address(self) -> list[dict[str, Any]]:
        """Requests of other entries with the same address or number, of whom nobody has said who they are."""
        person = self.case.requester
        known = Person.objects.known_by(email=person.email, phone=person.phone)
        theirs = Q(requester__in=list(known.values_list("pk", flat=True)))
        return self._asked_by(theirs, ~of_same_person(self.case))

    def _asked_by(self, *whose: Q) -> list[dict[str, Any]]:
        rows = SupportRequest.objects.visible_to(self.reader).filter(*whose)
        return rows_of(rows.exclude(pk=self.case.pk).for_list().order_by("-pk")[:SHOWN])

    @property
    def similar(self) -> list[dict[str, Any]]:
        """All of them that could get the same answer, each once."""
        linked = SupportRequest.objects.filter(pk__in=[other.pk for _link, other in self.links])
        rows = [*rows_of(linked.for_list()), *self.same_matter, *self.same_person, *self.same_address]
        return list({row["reference"]: row for row in rows}.values())


def likely_same(person: Person) -> list[tuple[Person, str]]:
    """Return who may be the same person and why: by an address, a number, or a name in one municipality."""
    addresses = [person.email, *person.addresses.values_list("email", flat=True)[:5]]
    people = [(Person.objects.known_by(email=address), _("the same e-mail")) for address in addresses]
    people.append((Person.objects.known_by(phone=person.phone), _("the same phone number")))
    if person.name and person.municipality_id:
        same = Person.objects.filter(name=person.name, municipality=person.municipality_id, merged_into=None)
        people.append((same.order_by("-pk"), _("the same name in the same municipality")))
    found: dict[int, tuple[Person, str]] = {}
    for rows, reason in people:
        for other in rows[:SHOWN]:
            found.setdefault(other.pk, (other, reason))
    found.pop(person.pk, None)
    return list(found.values())


def merges_of(person: Person) -> list[PersonMerge]:
    """Return which entries were merged into this one, or this one into which, the newest first."""
    rows = PersonMerge.objects.filter(Q(person=person) | Q(into=person)).order_by("-pk")
    return list(rows.select_related("person", "into", "done_by")[:SHOWN])
