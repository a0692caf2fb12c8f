"""The components of the portal's templates.

Every component is a file in templates/components/ and a tag here with the same
name. The tag gives each optional argument its default, so that no template
meets a variable that does not exist. Tags with a body end with `end<name>`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from inspect import signature
from itertools import groupby
from typing import Any

from django import forms, template
from django.http import QueryDict
from django.template.context import Context
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.loading.sources import Sources
from core.templatetags import ui
from core.templatetags.changes import changes
from core.templatetags.ui import changed_query, day, request_of

register = template.Library()

# How an entry of a timeline is drawn and called: words came, an answer went, a note stays among colleagues.
DIRECTIONS = {"inbound": "speech", "outbound": "arrow", "note": "lock", "system": "dot"}
DIRECTION_NAMES = {"inbound": gettext_lazy("came in"), "outbound": gettext_lazy("went out")}
# The order of a list stays when it is filtered anew.
STAYING = ("sort", "order")
SHAPES = {"info": "info", "success": "check", "warning": "warning", "error": "cross"}

Teller = Callable[..., dict[str, Any] | None]


def component(tell: Teller) -> Callable[..., dict[str, Any]]:
    """Make of a function the tag that draws the component of its name."""
    takes_context = "context" in signature(tell).parameters
    tag = register.inclusion_tag(f"components/{tell.__name__}.html", takes_context=takes_context)
    return tag(_telling(tell))


def component_with_body(tell: Teller) -> Callable[..., SafeString]:
    """Make of a function the tag that draws the component of its name around the tag's body."""
    told = _telling(tell)

    @register.simple_block_tag(takes_context=True)
    @wraps(tell)
    def html(context: Context, content: str, *args: Any, **options: Any) -> SafeString:
        # A tag is only ever drawn inside of a template.
        assert context.template is not None
        drawn = context.template.engine.get_template(f"components/{tell.__name__}.html")
        # What a template has rendered is safe; strip() forgets that.
        return drawn.render(context.new(told(context, SafeString(content.strip()), *args, **options)))

    return html


def _telling(tell: Teller) -> Callable[..., dict[str, Any]]:
    """Return a function that returns its arguments, with what `tell` says beside them or in their place."""
    taken = signature(tell).parameters
    usual = {name: one.default for name, one in taken.items() if one.default is not one.empty}

    @wraps(tell)
    def told(*args: Any, **options: Any) -> dict[str, Any]:
        own = {**usual, **dict(zip(taken, args, strict=False)), **options}
        own.pop("context", None)
        return own | (tell(*args, **options) or {})

    return told


@component
def door(title: str, text: str, url: str, icon: str) -> None:
    """One <li> of the ways in."""


@component
def key_facts(facts: Any, sources: Sources | None = None) -> dict[str, Any]:
    """Show terms with values: each fact is a mapping with term, value and perhaps source, url, date.

    What has no value is no row; `not_known` says it. With the numbered sources of the page a fact has a mark.
    """
    keys = ("term", "value", "source", "url", "date")
    return {"facts": [{key: fact.get(key, "") for key in keys} for fact in known(facts)]}


@component
def not_known(facts: Any) -> dict[str, Any]:
    """Say, folded, which facts nobody knows: `about` is what a fact is of, `note` why it is not known."""
    unknown = [fact for fact in facts if fact["value"] in (None, "")]
    by_subject = groupby(unknown, key=lambda fact: fact.get("about", ""))
    return {
        "said": [(about, [(fact["term"], fact.get("note", "")) for fact in of]) for about, of in by_subject]
    }


@register.filter
def known(facts: Any) -> list[Any]:
    """Return the facts that have a value; 0 is one."""
    return [fact for fact in facts if fact["value"] not in (None, "")]


@component
def source_list(sources: Sources) -> None:
    """List the numbered sources of a page at its foot; draw it after all that they are of."""


@component
def pager(context: Context, page: Any) -> dict[str, Any]:
    """Show the way through the pages of a list (core.views.paging.Page)."""
    params = request_of(context).GET
    older = getattr(page, "older_than", None)
    return {
        "previous": changed_query(params, {"page": page.number - 1 if page.number > 2 else None}),
        "next": changed_query(params, {"page": page.number + 1}),
        "older": changed_query(params, {"page": None, "before": older}) if older else "",
    }


@register.simple_tag
def control(field: forms.BoundField, css: str) -> SafeString:
    """Return what one types into or chooses from, in a class of Bootstrap; no more of the field."""
    own = field.field.widget.attrs.get("class", "").split()
    return field.as_widget(attrs={"class": " ".join(dict.fromkeys([*own, css]))})


@component
def error_summary(form: Any) -> None:
    """Show all errors of a form in one box that links to the fields."""


@component
def leave(context: Context, label: str = "", language: str = "") -> dict[str, Any]:
    """Show a strip that stays in sight, with a button that leaves the portal at once."""
    return {"portal": context["portal"], "label": label or _("Leave quickly")}


@component
def file_list(files: Any) -> None:
    """List files: each has name, size and url."""


@component
def number_tile(number: Any, label: str) -> None:
    """Show one number with what it counts."""


@component
def copy(text: str, label: str) -> None:
    """Show a text in a box one can select, with a button that copies it."""


@component
def action_button(
    label: str, reasons: Any = (), name: str = "", value: str = "", style: str = "primary", ident: str = ""
) -> dict[str, Any]:
    """Show a button that submits its form; with `reasons` it is off, and they stand beside it."""
    made = "action-" + re.sub(r"\W+", "-", f"{name}-{value or label}".lower()).strip("-")
    return {"reasons": list(reasons), "ident": ident or made}


@component
def sort_head(
    context: Context,
    label: str,
    key: str,
    default: str = "",
    css: str = "",
    name: str = "sort",
    down: str = "",
) -> dict[str, Any]:
    """Show a column head that sorts by `?sort=key`, and once it does, by `down`, which is `-key`.

    `default` is the usual order; `name` is the parameter of the address.
    """
    params, down = request_of(context).GET, down or f"-{key}"
    now = params.get(name, default)
    order = {key: "ascending", down: "descending"}.get(now, "")
    url = changed_query(params, {name: down if now == key else key, "page": None, "before": None})
    return {"order": order, "url": url}


@component
def compare(old: str, new: str, old_title: str = "", new_title: str = "") -> dict[str, Any]:
    """Show two texts side by side, with the words that went and the words that came."""
    before, after = [], []
    for is_same, was, now in changes(old, new):
        before.append(("span" if is_same else "del", was))
        after.append(("span" if is_same else "ins", now))
    return {
        "before": _tagged(before),
        "after": _tagged(after),
        "old_title": old_title or _("Before"),
        "new_title": new_title or _("After"),
    }


def _tagged(parts: list[tuple[str, str]]) -> SafeString:
    rows = ((SafeString(tag), text, SafeString(tag)) for tag, text in parts if text)
    return format_html_join("", "<{}>{}</{}>", rows)


@component
def print_header(context: Context, title: str) -> dict[str, Any]:
    """The head of a printed page: whose it is and what it is called."""
    return {"portal": context["portal"]}


@component
def print_footer(context: Context) -> dict[str, Any]:
    """The foot of a printed page: where it was printed from and when, and who paid for it."""
    request = request_of(context)
    return {"address": request.build_absolute_uri(request.path), "now": timezone.now()}


@component_with_body
def page_heading(
    context: Context, content: str, title: str, lead: str = "", kicker: str = "", lang: str = ""
) -> None:
    """The page's one h1, its title perhaps in the language `lang`; the body is the line of facts under it."""


@component_with_body
def list_item(
    context: Context,
    content: str,
    title: str,
    url: str,
    kind: str = "",
    text: str = "",
    lang: str = "",
    level: int = 2,
) -> None:
    """One <li> of a list with title, kind and one line; the body is its line of facts."""


@component_with_body
def entry(
    context: Context,
    content: str,
    direction: str,
    who: str,
    when: datetime | None = None,
    channel_icon: str = "",
    channel_label: str = "",
    facts: str = "",
    ident: str = "",
    with_direction: bool = True,
    dated: str = "",
    kind: str = "",
) -> dict[str, Any]:
    """One <li> of a timeline: who did what and when; the body is what was said, `kind` what it is in a word.

    Between two people the direction is said by the name alone: leave its word out there.
    Where no moment is known, `dated` is the date in words.
    """
    parts = {
        "kind": kind or (_("internal note") if direction == "note" and with_direction else ""),
        "facts": facts,
        "channel": format_html("{}{}", ui.icon(channel_icon) if channel_icon else "", channel_label),
        "when": ui.when(when) if when else dated,
    }
    named = ((name, part) for name, part in parts.items() if part)
    return {
        "direction_icon": DIRECTIONS.get(direction, "dot"),
        "direction_name": DIRECTION_NAMES.get(direction, "") if with_direction else "",
        # In one go: a page has a hundred entries.
        "parts": format_html_join("\n", '<span class="entry-{}">{}</span>', named),
    }


@component_with_body
def filter_bar(context: Context, content: str, form: Any, more: str = "", label: str = "") -> dict[str, Any]:
    """A GET form of filters that folds on phones; the body is its fields, under it the filters in force.

    `form` is a form or a FilterSet of django-filter. `more` names fields that few need: they are
    drawn when asked for (`?more=1`), and until then keep what the address says.
    """
    request = request_of(context)
    form, params = getattr(form, "form", form), request.GET
    # A term that was merged stands in a filter's data by the name of the one that took its place.
    asked = form.data if isinstance(form.data, QueryDict) else params
    # What a form chose because nobody did is no filter that one could take away.
    chips, folded = [chip for chip in chips_of(form, asked) if chip.name in params], more.split()
    is_open = bool(folded) and "more" in params
    kept = [*STAYING, *(() if is_open else folded)]
    return {
        "active": chips,
        "rest": [form[name] for name in folded] if is_open else [],
        "has_more": bool(folded),
        "is_open": is_open,
        "in_rest": sum(chip.name in folded for chip in chips),
        "kept": [(name, value) for name in kept for value in params.getlist(name) if value],
        "turned": changed_query(params, {"more": None if is_open else "1"}),
        "label": label or _("Filter"),
        "action": request.path,
    }


@component_with_body
def data_table(
    context: Context,
    content: str,
    caption: str,
    css: str = "",
    hide_caption: bool = False,
    cards: bool = False,
) -> None:
    """A table in a region that scrolls, or with `cards` turns into cards on phones; body: thead, tbody."""


@component_with_body
def notice(
    context: Context, content: str, kind: str = "info", title: str = "", level: int = 2
) -> dict[str, Any]:
    """A box that says something of weight: `kind` is info, success, warning or error."""
    return {"shape": SHAPES.get(kind, "info")}


@component_with_body
def confirmation(context: Context, content: str, title: str, label: str = "", reference: str = "") -> None:
    """The panel after a form was accepted, with the page's h1 and its reference set large."""


@component_with_body
def empty_state(context: Context, content: str, title: str, level: int = 2) -> None:
    """What stands where a list has no rows; the body says what to do next."""


@component_with_body
def picture(context: Context, content: str, title: str, table: str = "", source: str = "") -> None:
    """A figure: the body is its SVG; `table` (HTML) folds under it, `source` says where it comes from."""


@component_with_body
def side_panel(context: Context, content: str, title: str, ident: str = "") -> None:
    """A box of the right rail with its own h2."""


@component_with_body
def remark(context: Context, content: str, who: str, when: datetime | None = None) -> None:
    """A comment with its author and time."""


@dataclass(frozen=True)
class Chip:
    """One filter in force: its field, what it is, its value in words, and the address without it."""

    name: str
    label: str
    value: str
    url: str


def chips_of(form: forms.Form, params: QueryDict) -> list[Chip]:
    """Return a chip for every filter that is set in a valid, bound form."""
    found = []
    for name, field in form.fields.items():
        for raw in params.getlist(name):
            if raw == "" or name in form.errors:
                continue
            left = params.copy()
            left.pop("page", None)
            left.pop("before", None)
            left.setlist(name, [other for other in params.getlist(name) if other != raw])
            found.append(Chip(name, str(field.label or name), _in_words(field, raw), f"?{left.urlencode()}"))
    return found


def _in_words(field: forms.Field, raw: str) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return _("yes")
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        row = field.queryset.filter(**{field.to_field_name or "pk": raw}).first()
        return str(field.label_from_instance(row)) if row else raw
    if isinstance(field, forms.ChoiceField):
        # What is asked for at each time has no length before it is gone through.
        choices: Any = field.choices
        offered: list[tuple[Any, Any]] = list(flatten_choices(list(choices)))
        return next((str(text) for value, text in offered if str(value) == raw), raw)
    if isinstance(field, forms.DateField):
        try:
            return day(field.clean(raw))
        except forms.ValidationError:
            return raw
    return str(field.prepare_value(raw))
