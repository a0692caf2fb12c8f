"""Filters of the desk's list under a name: kept, changed, removed, brought back; and who takes it away."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.models import SavedFilter
from core import audit
from core.states import Refused, verb

# More would be no row of links any more.
MOST = 30


def save(*, name: str, query: str, by: User, is_shared: bool = False, replaces: bool = False) -> SavedFilter:
    """Keep a filter under a name. `query` is RequestFilter.query; with `replaces` it takes a name's place.

    Raises Refused when nothing is filtered, the name is taken, or one has too many.
    """
    if not query:
        raise Refused([_("Nothing is filtered yet. Choose a filter first.")])
    own = SavedFilter.objects.kept().filter(owner=by)
    if own.count() >= MOST and not replaces:
        raise Refused([_("You have %(count)s filters. Remove one first.") % {"count": MOST}])
    last = own.aggregate(last=Max("position"))["last"] or 0
    values = {"query": query, "is_shared": is_shared, "updated_at": timezone.now()}
    with _once(name), transaction.atomic():
        if replaces:
            saved, _made = own.update_or_create(
                name=name, owner=by, defaults=values, create_defaults={**values, "position": last + 1}
            )
        else:
            saved = SavedFilter.objects.create(owner=by, name=name, position=last + 1, **values)
        audit.record("filter.save", saved, by=by, shared=is_shared)
    return saved


def reasons_against_changing(saved: SavedFilter, *, by: User) -> list[str]:
    """Return why `by` cannot change a filter; those of colleagues who left are everybody's."""
    if saved.owner_id == by.pk or not saved.owner.is_active:
        return []
    return [_("This filter is %(name)s’s. Save one of your own.") % {"name": saved.owner.name}]


@verb(against=reasons_against_changing)
def rename(saved: SavedFilter, *, name: str, by: User) -> None:
    """Give a filter another name. Raises Refused, too, when the name is taken."""
    with _once(name):
        _change(saved, "filter.rename", by, name=name)


@verb(against=reasons_against_changing)
def share(saved: SavedFilter, *, is_shared: bool, by: User) -> None:
    """Show a filter to all colleagues, or to oneself only."""
    _change(saved, "filter.share" if is_shared else "filter.keep_private", by, is_shared=is_shared)


@verb(against=reasons_against_changing)
def move_up(saved: SavedFilter, *, by: User) -> None:
    """Let a filter change places with the one before it."""
    rows = SavedFilter.objects.kept().filter(owner=saved.owner, position__lt=saved.position)
    before = rows.order_by("-position", "-pk").first()
    if before is not None:
        SavedFilter.objects.filter(pk=before.pk).update(position=saved.position)
        _change(saved, "filter.move_up", by, position=before.position)


@verb(against=reasons_against_changing)
def remove(saved: SavedFilter, *, by: User) -> None:
    """Remove a filter; what its owner removed before is gone for good."""
    SavedFilter.objects.filter(owner=saved.owner, removed_at__isnull=False).exclude(pk=saved.pk).delete()
    _change(saved, "filter.remove", by, removed_at=timezone.now())


@verb(against=reasons_against_changing)
def restore(saved: SavedFilter, *, by: User) -> None:
    """Bring a removed filter back. Raises Refused, too, when the name is taken."""
    with _once(saved.name):
        _change(saved, "filter.restore", by, removed_at=None)


@transaction.atomic
def _change(saved: SavedFilter, verb: str, by: User, **values: object) -> None:
    for name, value in values.items():
        setattr(saved, name, value)
    saved.updated_at = timezone.now()
    saved.save(update_fields=[*values, "updated_at"])
    audit.record(verb, saved, by=by)


@contextmanager
def _once(name: str) -> Iterator[None]:
    """Turn the database's word that a name is taken into a sentence."""
    try:
        yield
    except IntegrityError as error:
        raise Refused([_("There is a filter “%(name)s” already.") % {"name": name}]) from error


@transaction.atomic
def note_export(query: str, *, by: User) -> None:
    """Write down that `by` takes away the list as `query` filters it: which filters, not what they say."""
    audit.record("request.export", by, by=by, filters=[name for name, _value in parse_qsl(query)])
