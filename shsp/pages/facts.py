"""Facts that a page's text takes from elsewhere: {email} stands for the Centre's address of today."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.documents import markdown
from core.templatetags.ui import phone
from shsp.centre import words
from visits.models import Host

PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")
# What is left out where a fact is not known: a paragraph, or an item of a list; then a list without items.
_LINE = re.compile(r"<(p|li)>(?:(?!<(?:p|li)>).)*?</\1>\n?", re.DOTALL)
_EMPTY = re.compile(r"<(li|ul|ol)>\s*</\1>\n?")


@dataclass(frozen=True)
class Fact:
    """One fact: its placeholder, what it is, its value ("" is not known), and how it can be reached."""

    name: str
    label: str | Promise
    value: Callable[[], str]
    scheme: str = ""
    # How it is read where that is more than its words.
    links: Callable[[], SafeString] | None = None

    @property
    def html(self) -> SafeString | str:
        """The value as it is read: an address can be written to, a number called; "" is not known."""
        if self.links:
            return self.links()
        address = self.value()
        if not self.scheme or not address:
            return address
        shown = phone(address) if self.scheme == "tel" else address
        return format_html('<a href="{}:{}">{}</a>', self.scheme, address.replace(" ", ""), shown)


def _of_centre(name: str, label: Promise, scheme: str = "") -> Fact:
    return Fact(name, label, lambda: words.fact(name), scheme)


def _hosts() -> str:
    return ", ".join(host.name for host in Host.objects.for_list())


def _links_to_hosts() -> SafeString:
    """Return the partners that are known by name, each with its page and its country."""
    rows = ((host.get_absolute_url(), host.name, host.country) for host in Host.objects.for_list())
    return format_html_join("; ", '<a href="{}">{}</a>, {}', rows)


FACTS = {
    fact.name: fact
    for fact in (
        _of_centre("name", gettext_lazy("Name of the Centre")),
        _of_centre("email", gettext_lazy("E-mail of the Centre"), "mailto"),
        _of_centre("phone", gettext_lazy("Telephone of the Centre"), "tel"),
        _of_centre("address", gettext_lazy("Address of the Centre")),
        _of_centre("hours", gettext_lazy("Opening hours of the Centre")),
        _of_centre("officer_email", gettext_lazy("E-mail of the data-protection officer"), "mailto"),
        _of_centre("officer_phone", gettext_lazy("Telephone of the data-protection officer"), "tel"),
        Fact(
            "reopen_days",
            gettext_lazy("For how many days a reply opens a closed request again"),
            lambda: number_format(settings.REOPEN_DAYS),
        ),
        Fact(
            "hosts",
            gettext_lazy("European partners that are known by name"),
            _hosts,
            links=_links_to_hosts,
        ),
        Fact(
            "idle_minutes",
            gettext_lazy("After how many minutes a login ends"),
            lambda: number_format(settings.SESSION_IDLE_SECONDS // 60),
        ),
    )
}


def check_placeholders(text: str) -> None:
    """Raise ValidationError for a placeholder that stands for no fact, or inside the address of a link."""
    if unknown := [name for name in PLACEHOLDER.findall(text) if name not in FACTS]:
        message = _("“{%(name)s}” stands for nothing. Take one of the names listed beside the form.")
        raise ValidationError(message, params={"name": unknown[0][:40]})
    if any(PLACEHOLDER.search(unquote(address)) for address in markdown.links_of(text)):
        raise ValidationError(_("Take the placeholder out of the link: alone, it becomes a link by itself."))


def with_facts(html: str) -> SafeString:
    """Return a rendered text with its facts; a line whose fact is not known is left out."""
    facts = {name: FACTS[name].html for name in set(PLACEHOLDER.findall(html)) if name in FACTS}
    unknown = [name for name, fact in facts.items() if not fact]
    if unknown:
        html = _LINE.sub(lambda found: "" if _holds(found[0], unknown) else found[0], html)
        html = _EMPTY.sub("", _EMPTY.sub("", html))
    return SafeString(PLACEHOLDER.sub(lambda found: _filled(found, facts), html))


def _holds(html: str, names: list[str]) -> bool:
    return any(name in names for name in PLACEHOLDER.findall(html))


def _filled(found: re.Match[str], facts: dict[str, SafeString | str]) -> str:
    return format_html("{}", facts[found[1]]) if found[1] in facts else found[0]
