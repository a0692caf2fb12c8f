"""Following reports: anybody by an address that they confirm, an official for their municipality.

What a visitor is told is the same whatever the address, so that nobody learns who follows what.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.states import verb
from municipalities.models import Municipality
from visits.deliveries import emails
from visits.models import Subscription, Theme
from visits.models.delivery import SubscriptionQuerySet

# An address that has not confirmed is not written to more often, whoever types it in, on whatever theme.
PAUSE = timedelta(hours=24)


def standing(email: str, theme: Theme | None) -> SubscriptionQuerySet:
    """Return what an address itself has asked for, a theme or all, and has not ended; none or one."""
    rows = Subscription.objects.filter(theme=theme, asked_by=None, ended_at=None)
    return rows.annotate(address=Lower("email")).filter(address=email.lower())


def subscribe(
    *, email: str, theme: Theme | None, language: str, municipality: Municipality | None = None
) -> None:
    """Ask an address whether it wants the reports on a theme, or on all; it is asked once a day at most."""
    now = timezone.now()
    try:
        with transaction.atomic():
            row = standing(email, theme).select_for_update(of=("self",)).first()
            if _was_asked(email, now):
                return
            if row is None:
                row = Subscription.objects.create(
                    email=email, theme=theme, language=language, municipality=municipality
                )
                audit.record("subscription.ask", row, by=None)
            elif row.confirmed_at:
                return
            else:
                Subscription.objects.filter(pk=row.pk).update(asked_at=now, language=language)
            emails.confirm(row)
    except IntegrityError:
        # The same form at the same moment; the other one has asked.
        return


def _was_asked(email: str, now: datetime) -> bool:
    """Tell whether an address was asked on whatever theme a short while ago, and has not said yes since."""
    rows = Subscription.objects.filter(asked_by=None, confirmed_at=None, asked_at__gt=now - PAUSE)
    return rows.annotate(address=Lower("email")).filter(address=email.lower()).exists()


@transaction.atomic
def confirm(subscription: Subscription) -> None:
    """Begin to send reports, after the button behind the link; pressed once more, it stays as it was."""
    waiting = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None, ended_at=None)
    if waiting.update(confirmed_at=timezone.now()):
        audit.record("subscription.confirm", subscription, by=None)


@transaction.atomic
def end(subscription: Subscription, *, by: Any = None) -> None:
    """Send no more reports; ended once more, it stays as it was."""
    if Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=timezone.now()):
        audit.record("subscription.end", subscription, by=by)


def reasons_against_following(municipality: Municipality, *, theme: Theme | None, by: User) -> list[str]:
    """Return why an official's municipality cannot follow a theme; empty when nothing stands against it."""
    if not Municipality.objects.spoken_for_by(by).filter(pk=municipality.pk).exists():
        return [_("You do not speak for this municipality.")]
    if followed_by(municipality).filter(theme=theme).exists():
        return [_("Your municipality gets these reports already.")]
    return []


def followed_by(municipality: Municipality) -> SubscriptionQuerySet:
    """Return what an official has asked for on behalf of a municipality, and has not ended."""
    return Subscription.objects.confirmed().filter(municipality=municipality, asked_by__isnull=False)


@verb(against=reasons_against_following)
def follow(municipality: Municipality, *, theme: Theme | None, by: User) -> Subscription:
    """Let a municipality get the reports on a theme, or on all; they go to whoever speaks for it then."""
    row = Subscription.objects.create(
        municipality=municipality,
        theme=theme,
        asked_by=by,
        email=by.email,
        language=by.language,
        confirmed_at=timezone.now(),
    )
    audit.record("subscription.follow", row, by=by, municipality=municipality.pk)
    return row
