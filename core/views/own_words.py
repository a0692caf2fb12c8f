"""The pages on which words of the Centre are kept: a list, one row with its history, buttons, and a merge.

A `Kind` says what is its own; `own_words_urls` binds the views to it and marks who may.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.audit import entries_of, terms, words
from core.states import check_seen, refuse_for
from core.views.verbs import back_to, run_verb, template_page, version_of

View = Callable[..., Any]
# Cells of the list: the head of the column, and what a row says there.
Column = tuple[Promise, Callable[[Any], Any]]


def _nothing(*_given: Any) -> Any:
    return []


@dataclass(frozen=True)
class Kind:
    """What one kind of words says of itself."""

    # Names of routes: desk-banner-edit, and desk-banners, which is also the address.
    name: str
    plural: str
    model: type[words.OwnWords]
    # A core.forms.own_words.WordsForm.
    form: Any
    permission: Any
    heading: Promise
    lead: Promise
    # What the page of a new row is called, and that of one there is.
    new: Promise
    edit: Promise
    columns: tuple[Column, ...] = ()
    # A new row as it begins, from the words that were typed.
    begin: Callable[[dict[str, Any]], dict[str, Any]] = dict
    # Columns that follow of the words typed for a row that there is, beside them.
    follow: Callable[[Any, dict[str, Any]], dict[str, Any]] = lambda _row, _typed: {}
    # Why a row cannot be retired.
    against_retiring: Callable[[Any], list[str]] = _nothing
    # What follows of a change.
    after: Callable[[Any], Any] = _nothing
    # Whether there is one row only, which is neither added nor retired.
    is_single: bool = False
    # Whether its capability has a list and a page of each row of its own, `get_desk_url`.
    has_pages: bool = False
    # Of terms (core.audit.terms), of which two can become one: a core.forms.own_words.MergeForm, and how
    # people call what has a term, by the name of its model.
    merge_form: Any = None
    names: Mapping[str, Promise] = field(default_factory=dict)

    @property
    def list_url_name(self) -> str:
        return f"desk-{self.plural}"

    @property
    def has_order(self) -> bool:
        return any(column.name == "position" for column in self.model._meta.concrete_fields)

    @property
    def has_merge(self) -> bool:
        return self.merge_form is not None

    def url_name(self, verb: str) -> str:
        return f"desk-{self.name}-{verb}"

    @property
    def urls(self) -> dict[str, str]:
        """The names of routes, for templates."""
        return {
            verb: self.url_name(verb.replace("_", "-"))
            for verb in ("new", "edit", "use", "move", "put_back", "merge")
        }

    def url_of(self, row: Any) -> str:
        """Return where a row is kept."""
        if self.has_pages:
            return str(row.get_desk_url())
        return (
            reverse(self.list_url_name) if self.is_single else reverse(self.url_name("edit"), args=[row.pk])
        )

    def reasons_against(self, by: Any) -> list[str]:
        """Return why `by` cannot change words of this kind; empty when nothing stands against it."""
        return by.reasons_without(self.permission, _("Your role does not keep the portal's words."))


def with_slug(model: Any, name: str, **more: Callable[[], Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return how a new row begins: with a name for addresses made of its English words, and `more`."""

    def begin(typed: dict[str, Any]) -> dict[str, Any]:
        slug = words.free_slug(model, typed[name])
        return {**typed, "slug": slug, **{key: of() for key, of in more.items()}}

    return begin


def all_but_last(row: words.OwnWords) -> list[str]:
    """Return why the last row in use cannot be retired; empty for the others."""
    others = type(row).objects.in_use().exclude(pk=row.pk)
    return [] if others.exists() else [_("It is the last one. Add another one first.")]


@require_safe
def listed(request: HttpRequest, kind: Kind) -> HttpResponse:
    """All rows: those in use in their order, then those retired."""
    rows = sorted(kind.model.objects.all(), key=lambda row: not row.is_in_use)
    table = [(row, [(head, cell(row)) for head, cell in kind.columns]) for row in rows]
    used = sum(row.is_in_use for row in rows)
    return render(request, "own_words/list.html", {"kind": kind, "table": table, "used": used})


def add(request: HttpRequest, kind: Kind) -> HttpResponse:
    """A new row."""
    form = kind.form(request.POST or None)

    def verb() -> None:
        row = kind.model(**kind.begin(form.words()))
        words.add(row, by=request.user)
        kind.after(row)

    show = template_page(
        request, "own_words/edit.html", {"kind": kind, "form": form, "row": None, "history": []}
    )
    return _run(request, kind, verb, to=kind.list_url_name, show=show, done=_("It is added."), form=form)


def edit(request: HttpRequest, kind: Kind, pk: int | None = None) -> HttpResponse:
    """The words of a row, to be changed, with all that was done to them."""
    row = _row(kind, pk)
    form = kind.form(request.POST or None, initial=kind.form.initial_of(row))

    def verb() -> None:
        check_seen(row, form.cleaned_data["version"] or 0)
        typed = form.words()
        words.change(row, typed, by=request.user, also=kind.follow(row, typed))
        kind.after(row)

    context = {"kind": kind, "form": form, "row": row, "history": words.history(row)}
    show = template_page(request, "own_words/edit.html", context)
    return _run(
        request, kind, verb, to=kind.url_of(row), show=show, done=_("The words are saved."), form=form
    )


@require_POST
def put_back(request: HttpRequest, kind: Kind, entry: int, pk: int | None = None) -> HttpResponse:
    """Let the words before a change stand again."""
    row = _row(kind, pk)
    change = get_object_or_404(entries_of(row).filter(verb=words.CHANGED), pk=entry)

    def verb() -> None:
        check_seen(row, version_of(request))
        words.put_back(row, change, by=request.user)
        kind.after(row)

    url = kind.url_of(row)
    done = _("The words stand again as they were before that change.")
    return _run(request, kind, verb, to=url, show=back_to(request, url), done=done)


@require_POST
def use(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Retire a row, or take it up again."""
    row, in_use = _row(kind, pk), "take-up" in request.POST

    def verb() -> None:
        check_seen(row, version_of(request))
        refuse_for(terms.reasons_against_taking_up(row) if in_use else kind.against_retiring(row))
        words.set_in_use(row, in_use=in_use, by=request.user)
        kind.after(row)

    done = _("It is offered again.") if in_use else _("It is offered no more. What has it keeps it.")
    url = kind.url_of(row) if kind.has_pages else kind.list_url_name
    return _run(request, kind, verb, to=url, show=back_to(request, url), done=done)


@require_POST
def move(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Move a row up or down among those in use."""
    row = get_object_or_404(kind.model.objects.in_use(), pk=pk)

    def verb() -> None:
        words.move(row, up="up" in request.POST, by=request.user)
        kind.after(row)

    url = f"{reverse(kind.list_url_name)}#row-{row.pk}"
    return _run(request, kind, verb, to=url, show=back_to(request, url))


def merge(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Two terms become one: what would move, and where to; then the deed."""
    row: Any = get_object_or_404(kind.model.objects.all(), pk=pk, merged_into=None)
    form = kind.merge_form(request.POST or None, row=row)

    def verb() -> None:
        seen = form.cleaned_data["version"]
        terms.merge(row, into=form.cleaned_data["into"], version=seen, by=request.user)
        kind.after(row)

    counts = [(kind.names.get(name, name), count) for name, count in terms.uses(row)]
    context = {"kind": kind, "row": row, "form": form, "counts": counts}
    show = template_page(request, "own_words/merge.html", context)
    done = _("They are one now. The old address leads to the other one.")
    return _run(request, kind, verb, to=kind.list_url_name, show=show, done=done, form=form)


def _row(kind: Kind, pk: int | None) -> Any:
    return get_object_or_404(kind.model.objects.all(), **({} if pk is None else {"pk": pk}))


def _run(request: HttpRequest, kind: Kind, verb: Callable[[], None], **answer: Any) -> HttpResponse:
    @transaction.atomic
    def run() -> None:
        refuse_for(kind.reasons_against(request.user))
        verb()

    return run_verb(request, run, **answer)


def own_words_urls(kind: Kind, requires: Callable[[Any], Callable[[View], View]]) -> list[URLPattern]:
    """Return the addresses on which a kind of words is kept; `requires` is that of accounts."""
    base = f"desk/{kind.plural}/"
    one = base if kind.is_single else f"{base}<int:pk>/"
    views: dict[str, tuple[str, View]] = {"put-back": (f"{one}put-back/<int:entry>/", put_back)}
    if not kind.is_single:
        at = f"{one}edit/" if kind.has_pages else one
        views |= {"new": (f"{base}new/", add), "edit": (at, edit), "use": (f"{one}use/", use)}
    if kind.has_order:
        views["move"] = (f"{one}move/", move)
    if kind.has_merge:
        views["merge"] = (f"{one}merge/", merge)
    first = path(base, _of(kind, edit if kind.is_single else listed, requires), name=kind.list_url_name)
    rest = [
        path(at, _of(kind, view, requires), name=kind.url_name(verb)) for verb, (at, view) in views.items()
    ]
    return rest if kind.has_pages else [first, *rest]


def bound_to(kind: Kind, view: View) -> View:
    """Return a view that is of one kind of words."""

    @wraps(view)
    def bound(request: HttpRequest, **arguments: Any) -> HttpResponse:
        return view(request, kind, **arguments)

    return bound


def _of(kind: Kind, view: View, requires: Callable[[Any], Callable[[View], View]]) -> View:
    return requires(kind.permission)(bound_to(kind, view))
