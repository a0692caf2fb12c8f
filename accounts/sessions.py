"""The logins of one account: kept as rows, so that they can be seen and ended."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User


def live_sessions(user: User) -> list[UserSession]:
    """Return where `user` is logged in now, newest first."""
    rows = list(UserSession.objects.filter(user=user).order_by("-id"))
    keys = [row.session_key for row in rows]
    live = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    known = set(live.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in known]


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """End the logins of `user` except the one with the key `keep`; return how many there were."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def renew(request: HttpRequest) -> None:
    """Go on with the same login under a new session id."""
    request.session.cycle_key()
    UserSession.objects.create_from_request(request)
