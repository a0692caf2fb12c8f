"""The words of the portal's templates: components, and how values are written.

Every component is a file in templates/components/ and a tag here with the same
name. The tag gives each optional argument its default, so that no template
meets a variable that does not exist. Tags with a body end with `end<name>`.
"""

import difflib
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.loading import sources_of

register = template.Library()

NBSP = "\u00a0"

# Which tone and shape a state is drawn in. The word always stands beside it.
STATES = {
    "new": ("fresh", "ring"),
    "open": ("active", "half"),
    "waiting_requester": ("waiting", "hourglass"),
    "waiting_expert": ("waiting", "hourglass"),
    "answered": ("done", "check"),
    "closed": ("quiet", "square"),
    "duplicate": ("quiet", "copies"),
    "referred": ("quiet", "arrow"),
    "spam": ("stopped", "cross"),
    "draft": ("fresh", "pencil"),
    "in_review": ("waiting", "eye"),
    "review": ("waiting", "eye"),
    "published": ("done", "check"),
    "superseded": ("quiet", "copies"),
    "withdrawn": ("stopped", "cross"),
    "queued": ("fresh", "ring"),
    "sending": ("active", "half"),
    "sent": ("done", "check"),
    "failed": ("stopped", "cross"),
    "accepted": ("done", "check"),
    "expired": ("quiet", "hourglass"),
    "revoked": ("stopped", "cross"),
    "asked": ("waiting", "hourglass"),
    "approved": ("done", "check"),
    "sent_back": ("active", "half"),
    "used": ("done", "check"),
    "declined": ("stopped", "cross"),
    "planned": ("fresh", "calendar"),
    "done": ("done", "check"),
    "dropped": ("quiet", "cross"),
    "studied": ("fresh", "eye"),
    "piloted": ("active", "half"),
    "running": ("done", "check"),
    "met": ("done", "check"),
    "partly": ("active", "half"),
    "not_met": ("stopped", "cross"),
    "received": ("fresh", "ring"),
    "placed": ("done", "check"),
    "held": ("waiting", "hourglass"),
    "machine": ("quiet", "square"),
    "bounce": ("stopped", "cross"),
    "own": ("quiet", "square"),
    "discarded": ("quiet", "cross"),
    "at_risk": ("risk", "flag"),
}

DIRECTIONS = {"inbound": "in", "outbound": "out", "note": "lock", "system": "dot"}

# How the portal writes dates, by language: month names in words, never broken at the end of a line.
DATE_FORMATS = {"cs": f"j.{NBSP}E{NBSP}Y", "en": f"j{NBSP}F{NBSP}Y"}
MONTH_FORMATS = {"cs": "F Y", "en": "F Y"}


def _render(context: Context, component: str, **values: Any) -> SafeString:
    # A tag is only ever drawn inside of a template.
    assert context.template is not None
    found = context.template.engine.get_template(f"components/{component}.html")
    return found.render(context.new(values))


def _trimmed(content: str) -> SafeString:
    # What a template has rendered is safe; strip() forgets that.
    return SafeString(content.strip())


def _request(context: Context) -> Any:
    return getattr(context, "request", None) or context.get("request")


def _language() -> str:
    return (get_language() or "cs")[:2]


# Values -------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return the drawing `name` of the sprite; with a `label` it has a name, else it is decoration."""
    address = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.filter
def nbsp(text: Any) -> str:
    """Bind one-letter Czech words (k, s, v, z, o, u, a, i) to the word after them."""
    return re.sub(r"(?<!\w)([ksvzouaiKSVZOUAI]) (?=\S)", rf"\1{NBSP}", str(text))


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """Write a number in the reader's language with its thousands apart; "" is a dash, words ("0:57") stay."""
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return value
    return number_format(value, decimal_pos=places, force_grouping=True)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a date in words: "3. prosince 2026" or "3 December 2026"."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, DATE_FORMATS.get(_language(), DATE_FORMATS["cs"]))


@register.filter
def clock(value: datetime | None) -> str:
    """Write the time of day in 24 hours."""
    if value is None:
        return ""
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%H:%M")


@register.simple_tag
def when(value: date | datetime | None, form: str = "") -> SafeString | str:
    """Return a <time> with the date, and for a moment its time; `form` "date" or "time" shows one only."""
    if value is None:
        return "–"
    if not isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), day(value))
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    words = {"date": day(local), "time": clock(local)}.get(form) or f"{day(local)} {clock(local)}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.simple_tag
def partial_date(value: date | None, precision: str = "day") -> SafeString | str:
    """Return a <time> showing as much of the date as is known: `precision` is year, month or day."""
    if value is None:
        return _("not known")
    if precision == "year":
        return format_html('<time datetime="{}">{}</time>', f"{value:%Y}", f"{value:%Y}")
    if precision == "month":
        words = date_format(value, MONTH_FORMATS.get(_language(), "F Y"))
        return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m}", words)
    return when(value)


@register.simple_tag
def source_links(text: str) -> SafeString:
    """Return the sources of a record (" ; " stands between them), each a link where it is on the web."""
    return format_html_join(
        ", ",
        "{}",
        (
            (format_html('<a href="{}" rel="noreferrer">{}</a>', one.url, one.text) if one.url else one.text,)
            for one in sources_of(text)
        ),
    )


@register.filter
def filesize(value: int) -> str:
    """Write a number of bytes as kB or MB."""
    if value < 1000:
        return f"{number(value)}{NBSP}B"
    if value < 1_000_000:
        return f"{number(round(value / 1000))}{NBSP}kB"
    return f"{number(value / 1_000_000, 1)}{NBSP}MB"


@register.filter
def mask_email(address: str) -> str:
    """Show enough of an address to know it again: "no…@example.cz"."""
    name, at, domain = address.partition("@")
    return f"{name[:2]}…{at}{domain}" if at else f"{address[:2]}…"


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """Return mapping[key], or "" when there is none."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def attribute(value: Any, name: str) -> Any:
    """Return an optional attribute of an object, or "" when it has none."""
    return getattr(value, name, "")


@register.filter
def field_filled(bound: forms.BoundField) -> str:
    """Return the text now in a text field, ready for a value attribute."""
    value = bound.value()
    return "" if value is None else str(value)


# Addresses ----------------------------------------------------------------


def changed_query(params: QueryDict, changes: dict[str, Any]) -> str:
    """Return "?…" with `changes` made to `params`; None or "" takes a parameter away."""
    changed = params.copy()
    for key, value in changes.items():
        if value is None or value == "":
            changed.pop(key, None)
        else:
            changed[key] = str(value)
    return f"?{changed.urlencode()}"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return this page's query string with some parameters changed: {% query state="new" page=None %}."""
    return changed_query(_request(context).GET, changes)


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int) -> str:
    """Return the address of another page of the same list, all filters kept."""
    return changed_query(_request(context).GET, {"page": number if number > 1 else None})


@register.simple_tag(takes_context=True)
def other_language_url(context: Context, code: str) -> str:
    """Return the address of this page in the language `code`; its front page when there is none."""
    request = _request(context)
    if request is None:
        return f"/{code}/"
    here = request.get_full_path()
    there = translate_url(here, code)
    # Two slashes at the start would lead to another site.
    own = there.startswith("/") and not there.startswith("//")
    return there if own and there != here else f"/{code}/"


# Filters ------------------------------------------------------------------


@dataclass(frozen=True)
class Chip:
    """One filter in force: what it is, its value in words, and the address without it."""

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
            found.append(Chip(str(field.label or name), _in_words(field, raw, form), f"?{left.urlencode()}"))
    return found


def _in_words(field: forms.Field, raw: str, form: forms.Form) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return _("yes")
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        row = field.queryset.filter(**{field.to_field_name or "pk": raw}).first()
        return str(field.label_from_instance(row)) if row else raw
    if isinstance(field, forms.ChoiceField):
        return next((str(text) for value, text in _flat(field.choices) if str(value) == raw), raw)
    if isinstance(field, forms.DateField):
        try:
            return day(field.clean(raw))
        except forms.ValidationError:
            return raw
    return str(field.prepare_value(raw))


def _flat(choices: Any) -> Any:
    for value, text in choices:
        if isinstance(text, (list, tuple)):
            yield from text
        else:
            yield value, text


@register.simple_tag(takes_context=True)
def chips(context: Context, form: Any) -> list[Chip]:
    """Return the chips of a form or a django-filter FilterSet: {% chips filter as active %}."""
    return chips_of(getattr(form, "form", form), _request(context).GET)


# Components without a body --------------------------------------------------


@register.simple_tag
def status(label: Any, state: str = "") -> SafeString:
    """Return a status tag: the word `label` with the shape and tone of `state`."""
    tone, shape = STATES.get(str(state), ("quiet", "dot"))
    return format_html('<span class="status status-{}">{}{}</span>', tone, icon(shape), label)


@register.inclusion_tag("components/doors.html")
def doors(doors: Any) -> dict[str, Any]:
    """Show the ways in: each door has title, text, url and icon."""
    return {"doors": doors}


@register.inclusion_tag("components/key_facts.html")
def key_facts(facts: Any) -> dict[str, Any]:
    """Show terms with values: each fact is a mapping with term, value and perhaps source, url, date.

    Where several values are not known, their terms stand together in one line at the end,
    except those of which a source tells why.
    """
    keys = ("term", "value", "source", "url", "date")
    shown = [{key: fact.get(key, "") for key in keys} for fact in facts]
    unknown = [fact for fact in shown if fact["value"] in (None, "") and not fact["source"]]
    if len(unknown) < 2:
        return {"facts": shown, "unknown": []}
    return {
        "facts": [fact for fact in shown if fact not in unknown],
        "unknown": [fact["term"] for fact in unknown],
    }


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: Any) -> dict[str, Any]:
    """Show the way through the pages of a list (core.views.paging.Page)."""
    params = _request(context).GET
    older = getattr(page, "older_than", None)
    return {
        "page": page,
        "previous": changed_query(params, {"page": page.number - 1 if page.number > 2 else None}),
        "next": changed_query(params, {"page": page.number + 1}),
        "older": changed_query(params, {"page": None, "before": older}) if older else "",
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """Show all errors of a form in one box that links to the fields."""
    return {"form": form}


@register.inclusion_tag("components/file_list.html")
def file_list(files: Any, removable: bool = False) -> dict[str, Any]:
    """List files: each has name, size and url; `removable` adds a box that marks one for removal."""
    return {"files": files, "removable": removable}


@register.inclusion_tag("components/number_tile.html")
def number_tile(number: Any, label: str, url: str = "", note: str = "") -> dict[str, Any]:
    """Show one number with what it counts."""
    return {"number": number, "label": label, "url": url, "note": note}


@register.inclusion_tag("components/steps.html")
def steps(steps: Any, current: int = 0) -> dict[str, Any]:
    """Show what happens one after the other; `current` (from 1) marks where one stands now."""
    return {"steps": steps, "current": current}


@register.inclusion_tag("components/copy.html")
def copy(text: str, label: str) -> dict[str, Any]:
    """Show a text in a box one can select, with a button that copies it."""
    return {"text": text, "label": label}


@register.inclusion_tag("components/action_button.html")
def action_button(
    label: str, reasons: Any = (), name: str = "", value: str = "", style: str = "primary", ident: str = ""
) -> dict[str, Any]:
    """Show a button that submits its form; with `reasons` it is off, and they stand beside it."""
    ident = ident or "action-" + re.sub(r"\W+", "-", f"{name}-{value or label}".lower()).strip("-")
    return {
        "label": label,
        "reasons": list(reasons),
        "name": name,
        "value": value,
        "style": style,
        "ident": ident,
    }


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context: Context, label: str, key: str, default: str = "", css: str = "") -> dict[str, Any]:
    """Show a column head that sorts by `?sort=key` or `?sort=-key`; `default` is the usual order."""
    params = _request(context).GET
    now = params.get("sort", default)
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    url = changed_query(params, {"sort": f"-{key}" if now == key else key, "page": None, "before": None})
    return {"label": label, "order": order, "url": url, "css": css}


@register.inclusion_tag("components/compare.html")
def compare(old: str, new: str, old_title: str = "", new_title: str = "") -> dict[str, Any]:
    """Show two texts side by side, with the words that went and the words that came."""
    before, after = _marked(old, new)
    return {
        "before": before,
        "after": after,
        "old_title": old_title or _("Before"),
        "new_title": new_title or _("After"),
    }


def _marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    left, right = re.findall(r"\S+|\s+", old), re.findall(r"\S+|\s+", new)
    before, after = [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, come = "".join(left[a:b]), "".join(right[c:d])
        before.append(("span", gone) if tag == "equal" else ("del", gone))
        after.append(("span", come) if tag == "equal" else ("ins", come))
    return _tagged(before), _tagged(after)


def _tagged(parts: list[tuple[str, str]]) -> SafeString:
    rows = ((SafeString(tag), text, SafeString(tag)) for tag, text in parts if text)
    return format_html_join("", "<{}>{}</{}>", rows)


# Components with a body -------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def page_heading(context: Context, content: str, title: str, lead: str = "", kicker: str = "") -> SafeString:
    """The page's one h1; the body is the line of facts under it."""
    return _render(context, "page_heading", content=_trimmed(content), title=title, lead=lead, kicker=kicker)


@register.simple_block_tag(takes_context=True)
def list_item(
    context: Context,
    content: str,
    title: str,
    url: str,
    kind: str = "",
    text: str = "",
    lang: str = "",
    level: int = 2,
) -> SafeString:
    """One <li> of a list with title, kind and one line; the body is its line of facts."""
    return _render(
        context,
        "list_item",
        content=_trimmed(content),
        title=title,
        url=url,
        kind=kind,
        text=text,
        lang=lang,
        level=level,
    )


@register.simple_block_tag(takes_context=True)
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
) -> SafeString:
    """One <li> of a timeline: who did what and when; the body is what was said.

    Between two people the direction is said by the name alone: leave its word out there.
    Where no moment is known, `dated` is the date in words.
    """
    return _render(
        context,
        "timeline_entry",
        content=_trimmed(content),
        direction=direction,
        direction_icon=DIRECTIONS.get(direction, "dot"),
        who=who,
        when=when,
        channel_icon=channel_icon,
        channel_label=channel_label,
        facts=facts,
        ident=ident,
        with_direction=with_direction,
        dated=dated,
    )


@register.simple_block_tag(takes_context=True)
def filter_bar(context: Context, content: str, form: Any, label: str = "", action: str = "") -> SafeString:
    """A GET form of filters that folds on phones; the body is its fields, above it the filters in force."""
    return _render(
        context,
        "filter_bar",
        content=content,
        active=chips_of(getattr(form, "form", form), _request(context).GET),
        label=label or _("Filter"),
        action=action or _request(context).path,
    )


@register.simple_block_tag(takes_context=True)
def data_table(
    context: Context,
    content: str,
    caption: str,
    css: str = "",
    hide_caption: bool = False,
    cards: bool = False,
) -> SafeString:
    """A table in a region that scrolls, or with `cards` turns into cards on phones; body: thead, tbody."""
    return _render(
        context,
        "data_table",
        content=content,
        caption=caption,
        css=css,
        hide_caption=hide_caption,
        cards=cards,
    )


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, kind: str = "info", title: str = "", level: int = 2) -> SafeString:
    """A box that says something of weight: `kind` is info, success, warning or error."""
    shape = {"info": "info", "success": "check", "warning": "warning", "error": "cross"}.get(kind, "info")
    return _render(context, "notice", content=content, kind=kind, shape=shape, title=title, level=level)


@register.simple_block_tag(takes_context=True)
def confirmation(
    context: Context, content: str, title: str, label: str = "", reference: str = ""
) -> SafeString:
    """The panel after a form was accepted, with the page's h1 and its reference set large."""
    return _render(context, "confirmation", content=content, title=title, label=label, reference=reference)


@register.simple_block_tag(takes_context=True)
def empty_state(context: Context, content: str, title: str, level: int = 2) -> SafeString:
    """What stands where a list has no rows; the body says what to do next."""
    return _render(context, "empty_state", content=content, title=title, level=level)


@register.simple_block_tag(takes_context=True)
def picture(context: Context, content: str, title: str, table: str = "", source: str = "") -> SafeString:
    """A figure: the body is its SVG; `table` (HTML) folds under it, `source` says where it comes from."""
    return _render(context, "figure", content=content, title=title, table=table, source=source)


@register.simple_block_tag(takes_context=True)
def side_panel(context: Context, content: str, title: str, ident: str = "") -> SafeString:
    """A box of the right rail with its own h2."""
    return _render(context, "side_panel", content=content, title=title, ident=ident)


@register.simple_block_tag(takes_context=True)
def remark(
    context: Context, content: str, who: str, when: datetime | None = None, facts: str = ""
) -> SafeString:
    """A comment with its author and time."""
    return _render(context, "remark", content=content, who=who, when=when, facts=facts)


@register.inclusion_tag("components/print_header.html", takes_context=True)
def print_header(context: Context, title: str) -> dict[str, Any]:
    """The head of a printed page: whose it is and what it is called."""
    return {"title": title, "portal": context["portal"]}


@register.inclusion_tag("components/print_footer.html", takes_context=True)
def print_footer(context: Context) -> dict[str, Any]:
    """The foot of a printed page: where it was printed from and when, and who paid for it."""
    request = _request(context)
    return {
        "portal": context["portal"],
        "address": request.build_absolute_uri(request.path),
        "now": timezone.now(),
    }
