"""Which links a browser has opened by their button; it may read on while its session lasts."""

from django.http import HttpRequest

from core.links.models import PersonalLink

# Name of the row -> digest of the link by which it was opened: a new link ends what the old one opened.
OPENED = "opened_links"


def let_in(request: HttpRequest, link: PersonalLink) -> bool:
    """Let a browser in, after a button was pressed; tell whether it was not in before."""
    if is_let_in(request, link):
        return False
    request.session[OPENED] = {**request.session.get(OPENED, {}), _name(link): link.link_digest}
    return True


def is_let_in(request: HttpRequest, link: PersonalLink) -> bool:
    """Tell whether a browser has opened a link."""
    return request.session.get(OPENED, {}).get(_name(link)) == link.link_digest


def _name(link: PersonalLink) -> str:
    return f"{link._meta.model_name} {link.pk}"
