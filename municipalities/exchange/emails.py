"""What the portal writes about the exchange. No text of a question or an answer leaves it by mail."""

from functools import partial

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core.outbox import mail
from core.outbox.mail import OutgoingMail
from core.outbox.notices import notify
from municipalities.models import ExchangeAnswer, ExchangeQuestion
from municipalities.models.exchange import AnyPost

MOST_NEWS = 30


def digest(user: User, questions: list[ExchangeQuestion]) -> OutgoingMail:
    """Tell a subscriber the titles of what is new, and where it stands."""
    told = questions[:MOST_NEWS]
    with translation.override(user.language):
        items = [{"question": one, "link": mail.absolute(one.get_absolute_url())} for one in told]
        off = mail.absolute(reverse("exchange-digest"))
    context = {"items": items, "has_more": len(questions) > MOST_NEWS, "off": off}
    return notify("municipalities/exchange_digest", told, user, partial(reverse, "exchange"), **context)


def moderated(post: AnyPost, *, is_hidden: bool) -> OutgoingMail:
    """Tell an author that what they wrote was hidden, or is shown again. Why, stands on the page."""
    context = {"is_hidden": is_hidden, "is_answer": isinstance(post, ExchangeAnswer)}
    return notify("municipalities/exchange_moderated", post, post.author, post.get_absolute_url, **context)
