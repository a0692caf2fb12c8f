"""What editions of a kind do whose texts rest on provisions of law."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from core.documents.law.citations import provisions_of
from core.documents.law.models import Provision
from core.documents.models import Edition

# What they are called among the words of an edition: citations, each with the day of its wording.
PROVISIONS = "provisions"


class RestsOnLaw(Edition):
    """An edition that rests on provisions.

    Its app makes a table of them: a CitedProvision with a foreign key `edition`, related name "provisions".
    """

    provisions: Any
    # Whether law on which it rests changes, where a list has asked for it (Recheck.objects.marks).
    is_to_check = False

    class Meta(Edition.Meta):
        abstract = True

    def words(self) -> dict[str, Any]:
        """Return all that was written; provisions with the day of their wording."""
        return {**super().words(), PROVISIONS: [(row.citation, row.valid_as_of) for row in self.cited()]}

    def cited(self) -> Iterable[Any]:
        """Return the provisions that it rests on, as they were written."""
        return self.provisions.select_related("provision")

    def write_beside(self, words: dict[str, Any]) -> None:
        """Write what it rests on, where it was written."""
        super().write_beside(words)
        if PROVISIONS in words:
            self._cite(words[PROVISIONS])

    def _cite(self, cited: Iterable[tuple[str, date]]) -> None:
        before = {row.provision_id for row in self.provisions.all()}
        self.provisions.all().delete()
        rows = list(cited)
        found = provisions_of(citation for citation, _day in rows)
        self.provisions.bulk_create(
            self.provisions.model(edition=self, provision=provision, valid_as_of=day)
            for provision, (_citation, day) in zip(found, rows, strict=True)
        )
        _forget(before - {row.pk for row in found})

    def all_texts(self) -> dict[str, str]:
        """Return all that its texts say, with what it rests on by the names of the form's fields."""
        cited = {f"provision_{number}_citation": row.citation for number, row in enumerate(self.cited())}
        return super().all_texts() | cited


def _forget(numbers: set[int]) -> None:
    """Drop what was never understood, and now stands nowhere: a slip of the pen, a name that had to go."""
    rows = Provision.objects.filter(pk__in=numbers, act="", version=1, changes=None) if numbers else ()
    for row in rows:
        with suppress(ProtectedError), transaction.atomic():
            row.delete()
