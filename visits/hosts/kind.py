"""Hosts of study visits, as a kind of words that the Centre keeps."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core import search
from core.audit.words import free_slug, last_place
from core.views.own_words import Kind, with_slug
from visits.hosts.forms import HostForm
from visits.hosts.loading import found_host
from visits.models import Host


def _find_anew(host: Host) -> None:
    """A host is found while it has a name and is used."""
    if host.name and host.is_in_use:
        search.put_many([found_host(host)], scope=search.PUBLIC)
    else:
        search.drop("host", host.pk)


def _address(host: Host, typed: dict[str, Any]) -> dict[str, Any]:
    """Give a partner that had no name, and so no page, an address of the name that it gets."""
    is_named = not host.name and typed["name"]
    return {"slug": free_slug(Host, typed["name"])} if is_named else {}


HOSTS = Kind(
    name="host",
    plural="hosts",
    model=Host,
    form=HostForm,
    permission=Permission.MANAGE_VISITS,
    heading=_("Hosts abroad"),
    lead=_("Organisations that the project learned from. One without a name is shown to nobody else."),
    new=_("Add a host"),
    edit=_("Host"),
    columns=(
        (_("Country"), lambda row: row.country or _("not known")),
        (_("Town or city"), lambda row: row.city),
    ),
    begin=with_slug(Host, "name", position=lambda: last_place(Host)),
    follow=_address,
    after=_find_anew,
)
