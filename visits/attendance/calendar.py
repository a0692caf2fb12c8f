"""A visit as a calendar file (RFC 5545) that a newer one replaces: the same UID, a higher SEQUENCE."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from core.outbox.mail import absolute
from visits.choices import VisitState
from visits.models import ProgrammeItem, StudyVisit

# Octets of a line, which the standard has folded.
LONGEST = 75
DAY, MOMENT = "%Y%m%d", "%Y%m%dT%H%M%S"


def calendar_of(visit: StudyVisit, *, link: str) -> str:
    """Return the file: the days of the visit, and each item of the programme whose hour is known.

    Hours are those of the place ("floating"): a clock there shows them, wherever the phone came from.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//MPSV//KCSB//CS", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(visit.name)}")
    if visit.starts_on and visit.starts_precision == "day":
        lines += _event(visit, f"visit-{visit.pk}", visit.name, _days(visit), ", ".join(visit.places), link)
    for item in visit.programme.all():
        if item.on and item.starts_at:
            lines += _event(visit, f"item-{item.pk}", item.title, _hours(item), item.place, link)
    return "\r\n".join(part for line in [*lines, "END:VCALENDAR", ""] for part in _folded(line))


def _event(
    visit: StudyVisit, name: str, title: str, times: list[str], place: str, link: str
) -> Iterator[str]:
    host = settings.BASE_URL.partition("://")[2].partition(":")[0]
    is_off = visit.state == VisitState.CANCELLED
    yield from ("BEGIN:VEVENT", f"UID:{name}@{host}", f"SEQUENCE:{visit.version}")
    yield f"DTSTAMP:{timezone.now().strftime(MOMENT)}Z"
    yield from times
    yield f"SUMMARY;LANGUAGE={get_language() or 'cs'}:{_text(title)}"
    if place:
        yield f"LOCATION:{_text(place)}"
    yield f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}"
    yield from (f"URL:{absolute(link)}", "TRANSP:OPAQUE", "END:VEVENT")


def _days(visit: StudyVisit) -> list[str]:
    first = visit.starts_on or date.today()
    last = max(visit.ends_on or first, first)
    # The day after the last one, as the standard has it.
    end = last + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{first.strftime(DAY)}", f"DTEND;VALUE=DATE:{end.strftime(DAY)}"]


def _hours(item: ProgrammeItem) -> list[str]:
    starts = datetime.combine(item.on, item.starts_at)  # type: ignore[arg-type]
    ends = datetime.combine(item.on, item.ends_at) if item.on and item.ends_at else None
    if ends is None or ends <= starts:
        ends = starts + timedelta(hours=1)
    return [f"DTSTART:{starts.strftime(MOMENT)}", f"DTEND:{ends.strftime(MOMENT)}"]


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield the lines as which a long one is written; no letter is cut in two."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST:
            yield part
            part = " "
        part += letter
    yield part
