"""How the portal's templates write values, states and addresses."""

import re
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

import phonenumbers
from django import template
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from core.loading import Source, sources_of
from core.loading.sources import Sources, marks

register = template.Library()

NBSP = "\u00a0"

# In Czech with the preposition that tells when: "ve čtvrtek".
WEEKDAYS = [
    pgettext_lazy("on which day", "Monday"),
    pgettext_lazy("on which day", "Tuesday"),
    pgettext_lazy("on which day", "Wednesday"),
    pgettext_lazy("on which day", "Thursday"),
    pgettext_lazy("on which day", "Friday"),
    pgettext_lazy("on which day", "Saturday"),
    pgettext_lazy("on which day", "Sunday"),
]

# Which tone and shape a state is drawn in. The word always stands beside it.
_STATES_OF = {
    ("fresh", "ring"): "new queued received invited named commissioned",
    ("active", "half"): "open sending sent_back piloted partly under_way finishing",
    ("waiting", "hourglass"): "uncertain waiting_requester waiting_expert asked held waiting",
    ("done", "check"): (
        "answered published sent accepted approved used done running met placed adopted coming confirmed "
        "delivered"
    ),
    ("quiet", "square"): "closed machine own archived",
    ("quiet", "copies"): "duplicate superseded",
    ("quiet", "arrow"): "referred",
    ("stopped", "cross"): "reported spam withdrawn failed revoked declined not_met bounce cancelled",
    ("fresh", "pencil"): "draft drafted reporting",
    ("waiting", "eye"): "in_review review in_expert_review",
    ("quiet", "hourglass"): "expired proposed silent",
    ("fresh", "calendar"): "planned",
    ("quiet", "cross"): "dropped discarded not_suitable given_up refused",
    ("fresh", "eye"): "studied",
    ("risk", "flag"): "at_risk",
}
STATES = {state: look for look, states in _STATES_OF.items() for state in states.split()}

# How the portal writes dates, by language: month names in words, never broken at the end of a line.
DATE_FORMATS = {"cs": f"j.{NBSP}E{NBSP}Y", "en": f"j{NBSP}F{NBSP}Y"}


def request_of(context: Context) -> Any:
    """Return the request that a page is drawn for, also inside of a component; None where there is none."""
    return getattr(context, "request", None) or context.get("request")


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return the drawing `name` of the sprite; with a `label` it has a name, else it is decoration."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, _drawing(name)
        )
    return _decoration(name)


@cache
def _decoration(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', _drawing(name))


@cache
def _drawing(name: str) -> str:
    # A page has some forty; where the sprite lies changes with a release alone.
    return f"{static('img/icons.svg')}#{name}"


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
    value = _local(value).date() if isinstance(value, datetime) else value
    return _day(value, get_language() or "")


# A page names the same few days again and again.
@lru_cache(maxsize=1000)
def _day(value: date, language: str) -> str:
    return date_format(value, DATE_FORMATS.get(language, DATE_FORMATS["cs"]))


@register.filter
def weekday(value: date) -> str:
    """Write on which day something is to be: "ve čtvrtek 3. prosince 2026" or "Thursday 3 December 2026"."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


@register.filter
def clock(value: datetime | None) -> str:
    """Write the time of day in 24 hours."""
    return "" if value is None else f"{_local(value):%H:%M}"


@register.simple_tag
def when(value: date | datetime | None, form: str = "") -> SafeString | str:
    """Return a <time> with the date, and for a moment its time; `form` "date" or "time" shows one only."""
    if value is None:
        return "–"
    if not isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), day(value))
    if form == "date":
        words = day(value)
    elif form == "time":
        words = clock(value)
    else:
        words = f"{day(value)} {clock(value)}"
    at = _local(value).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', at, words)


@register.simple_tag
def partial_date(value: date | None, precision: str = "day") -> SafeString | str:
    """Return a <time> showing as much of the date as is known: `precision` is year, month or day."""
    if value is None:
        return _("not known")
    if precision == "year":
        return format_html('<time datetime="{}">{}</time>', f"{value:%Y}", f"{value:%Y}")
    if precision == "month":
        return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m}", date_format(value, "F Y"))
    return when(value)


@register.simple_tag
def source_links(text: str) -> SafeString:
    """Return the sources of a record (" ; " stands between them), each a link where it is on the web."""
    sources = [
        format_html('<a href="{}" rel="noreferrer">{}</a>', one.url, one.text) if one.url else one.text
        for one in sources_of(text)
    ]
    return format_html_join(", ", "{}", ((source,) for source in sources))


@register.simple_tag
def source_marks(sources: Sources, told: str | list[Source]) -> SafeString:
    """Return the small numbers that lead from a fact to its sources in the list at the foot of the page."""
    return marks(sources.numbers_of(told))


@register.filter
def filesize(value: int) -> str:
    """Write a number of bytes as kB or MB."""
    if value < 1000:
        return f"{number(value)}{NBSP}B"
    if value < 1_000_000:
        return f"{number(round(value / 1000))}{NBSP}kB"
    return f"{number(value / 1_000_000, 1)}{NBSP}MB"


@register.filter
def phone(kept: str) -> str:
    """Write a kept telephone number as people read it: +420 476 448 111."""
    if not kept:
        return ""
    number_ = phonenumbers.parse(kept)
    return phonenumbers.format_number(number_, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


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
def other_language_url(context: Context, code: str) -> str:
    """Return the address of this page in the language `code`; its front page when there is none."""
    request, own = request_of(context), f"/{get_language()}/"
    if getattr(request, "resolver_match", None) is None or not request.path.startswith(own):
        return f"/{code}/"
    # Addresses differ by their language alone.
    return f"/{code}/{request.get_full_path().removeprefix(own)}"


def tone_of(state: Any) -> str:
    """Return the tone of a state, as the sheet of `status` names it."""
    return STATES.get(str(state), ("quiet", "dot"))[0]


@register.simple_tag
def status(label: Any, state: str = "") -> SafeString:
    """Return a status tag: the word `label` with the shape and tone of `state`."""
    tone, shape = STATES.get(str(state), ("quiet", "dot"))
    return format_html('<span class="status status-{}">{}{}</span>', tone, icon(shape), label)
