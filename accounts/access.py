"""The marks that say who may open a page. Every view carries exactly one.

LoginRequiredMiddleware denies by default; a mark opens. `requires` is also the
one place where a refusal is logged.
"""

import logging
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from accounts.permissions import Permission

logger = logging.getLogger("portal.access")

View = Callable[..., HttpResponseBase]


class UserRequest(HttpRequest):
    """The request of a view that is marked `signed_in` or `requires`: its user is an account."""

    user: User
    htmx: HtmxDetails


PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    return _marked(login_not_required(view), PUBLIC)


def signed_in(view: View) -> View:
    """Open to every account."""
    return _marked(view, SIGNED_IN)


def requires(permission: Permission) -> Callable[[View], View]:
    """Open to accounts that have `permission`; others get 403, visitors the login page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: UserRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.has(permission):
                logger.warning("refused %s to account %s", permission, request.user.pk)
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _marked(checked, permission)

    return decorate


def mark_of(view: View) -> str | None:
    """Return a view's mark: "public", "signed in", a permission, or None when it has none."""
    return getattr(view, "access_mark", None)


def _marked(view: View, mark: str) -> View:
    if mark_of(view) is not None:
        raise TypeError(f"{view} carries two access marks")
    vars(view)["access_mark"] = str(mark)
    return view
