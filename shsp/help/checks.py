"""What a text of the guided page has to be, by its key: marks closed, numbers to call, addresses, days."""

import re
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.loading import partial
from shsp.help.content import shipped_texts
from shsp.help.texts import MARKS

NUMBER = re.compile(r"\+?\d[\d ]{1,18}")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
# A date is written as far as it is known.
PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

Check = Callable[[str], None]


def checks_of(key: str, before: str) -> list[Check]:
    """Return what raises ValidationError for a text of a key that is wrong; `before` is what it says now."""
    name = key.rpartition(".")[2]
    if name == "number":
        return [check_number]
    if name in ("url", "website"):
        return [lambda text: check_address(text, before)]
    if name in ("as_of", "checked_on"):
        return [check_day if name == "checked_on" else check_period]
    return [check_marks, lambda text: check_placeholders(text, shipped_texts().get(key, ""))]


def check_number(text: str) -> None:
    """A number is written as it is called."""
    if not NUMBER.fullmatch(text):
        raise ValidationError(_("Write the number in digits, as it is called: 116 123 or +420 542 542 888."))


def check_marks(text: str) -> None:
    """Czech words in another reading stand in [brackets], a number to call in {braces}, both closed."""
    for mark in MARKS.finditer(text):
        if mark["number"] and not NUMBER.fullmatch(mark["number"]):
            message = _("Only a number to call stands in braces: {116 123}. Mend this one: {%(found)s}")
            raise ValidationError(message, params={"found": mark["number"][:40]})
    if re.search(r"[][{}]", MARKS.sub("", text)):
        raise ValidationError(_("Close every bracket: [Czech words], {number to call}."))


def check_placeholders(text: str, shipped: str) -> None:
    """What the page fills in, %(name)s, stays in the text."""
    wanted = sorted(PLACEHOLDER.findall(shipped))
    if sorted(PLACEHOLDER.findall(text)) != wanted:
        names = ", ".join(wanted) or _("nothing")
        raise ValidationError(_("The page fills this in, it has to stay: %(names)s"), params={"names": names})
    if wanted and "%" in PLACEHOLDER.sub("", text):
        raise ValidationError(_("Write “per cent” in words here: the page would read the sign as its own."))


def check_address(text: str, before: str) -> None:
    """A link is a whole address of the web."""
    is_address = re.fullmatch(r"https://[^\s/\\]+\.[^\s\\]+", text)
    if text != before and not is_address:
        raise ValidationError(_("Write a web address that begins with https://."))


def check_period(text: str) -> None:
    """A day, a month or a year that has begun."""
    try:
        on = partial(text)[0] if PARTIAL.fullmatch(text) else None
    except ValueError:
        on = None
    if on is None or on > timezone.localdate():
        raise ValidationError(_("Write a day, a month or a year that has begun: 2026-02-19, 2026-02, 2026."))


def check_day(text: str) -> None:
    """A whole day that has begun."""
    try:
        is_past = date.fromisoformat(text) <= timezone.localdate()
    except ValueError:
        is_past = False
    if not is_past:
        raise ValidationError(_("Write a day that has begun: 2026-02-19."))
