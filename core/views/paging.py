"""Pages of long lists: bounded, without counting a million rows.

A list shows at most MAX_PAGES pages of one query; from there a link "older"
goes on behind the last row seen (keyset), so that no page is reached by
skipping thousands of rows.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format

PER_PAGE = 25
MAX_PAGES = 40
COUNT_STOPS_AT = PER_PAGE * MAX_PAGES


@dataclass
class Page:
    """One page of a list: its items, and what a pager needs to know."""

    rows: QuerySet[Any]
    number: int
    per_page: int = PER_PAGE

    @cached_property
    def _fetched(self) -> list[Any]:
        start = (self.number - 1) * self.per_page
        return list(self.rows[start : start + self.per_page + 1])

    @cached_property
    def items(self) -> list[Any]:
        return self._fetched[: self.per_page]

    @property
    def has_next(self) -> bool:
        return len(self._fetched) > self.per_page and self.number < MAX_PAGES

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def older_than(self) -> int | None:
        """The row behind which the list goes on after the last numbered page, or None."""
        if self.number < MAX_PAGES or len(self._fetched) <= self.per_page:
            return None
        return self.items[-1].pk

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted no further than COUNT_STOPS_AT + 1."""
        if self.number == 1 and len(self._fetched) <= self.per_page:
            return len(self._fetched)
        return self.rows.order_by()[: COUNT_STOPS_AT + 1].count()

    @property
    def count_label(self) -> str:
        known = number_format(min(self.count, COUNT_STOPS_AT), force_grouping=True)
        return f"{known}+" if self.count > COUNT_STOPS_AT else known

    @property
    def last_number(self) -> int:
        return min(MAX_PAGES, max(1, -(-self.count // self.per_page)))


def page_of(
    rows: QuerySet[Any], request: HttpRequest, *, per_page: int = PER_PAGE, order: str = "pk"
) -> Page:
    """Return the page of `rows` that the address asks for (`?page=`, `?before=`).

    `order` names the column by which the rows come newest first (then by pk).
    Whatever is no number, or lies outside, becomes the nearest page there is.
    """
    before = whole_number(request.GET.get("before"))
    if before:
        rows = rows.filter(_behind(rows, before, order))
    page = Page(rows, min(MAX_PAGES, max(1, whole_number(request.GET.get("page")) or 1)), per_page)
    is_past_the_end = page.number > 1 and not page.items
    return Page(rows, page.last_number, per_page) if is_past_the_end else page


def _behind(rows: QuerySet[Any], pk: int, order: str) -> Q:
    """Return the condition for rows that come after the row `pk` in the list."""
    last = rows.model._base_manager.filter(pk=pk).values_list(order, flat=True).first()
    if order == "pk" or last is None:
        return Q(pk__lt=pk)
    return Q(**{f"{order}__lt": last}) | Q(**{order: last, "pk__lt": pk})


def neighbour(rows: QuerySet[Any], row: Any, *, backwards: bool = False) -> Any | None:
    """Return what comes after `row` in an ordered list, with `backwards` before it; None where nothing does.

    Where the row has no place in the order, it counts as standing before the first one. Each look begins at
    the row's own place in the index of the order, and fetches one.
    """
    columns = [str(column) for column in rows.query.order_by]
    names = [column.lstrip("-") for column in columns]
    values = rows.model._base_manager.filter(pk=row.pk).values_list(*names).first()
    ordered = (rows.reverse() if backwards else rows).exclude(pk=row.pk)
    if values is None or None in values:
        return None if backwards else ordered.first()
    # Those that are alike in all columns but the last are nearest.
    for last in reversed(range(len(names))):
        alike = dict(zip(names[:last], values[:last], strict=True))
        way = "lt" if columns[last].startswith("-") != backwards else "gt"
        found = ordered.filter(**alike, **{f"{names[last]}__{way}": values[last]}).first()
        if found is not None:
            return found
    return None


def whole_number(text: str | None) -> int | None:
    """Return the number that an address says, or None when it says none that a database could hold."""
    if text and text.isascii() and text.isdigit() and len(text) <= 15:
        return int(text)
    return None
