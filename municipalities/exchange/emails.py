"""What the portal writes about the exchange. No text of a question or an answer leaves it by mail."""

from functools import partial

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core.outbox import mail
from core.outbox.mail import OutgoingMail
from core.outbox.notices import notify
from municipalities.exchange.queries import News
from municipalities.models import ExchangeAnswer
from municipalities.models.exchange import AnyPost


def digest(user: User, news: News) -> OutgoingMail:
    """Tell a subscriber the titles of what is new, and where it stands."""
    with translation.override(user.language):
        items = [
            {"question": question, "link": mail.absolute(question.get_absolute_url())}
            for question in news.questions
        ]
        off = mail.absolute(reverse("exchange-digest"))
    context = {"items": items, "has_more": news.has_more, "off": off}
    home = partial(reverse, "exchange")
    return notify("municipalities/exchange_digest", news.questions, user, home, **context)


def moderated(post: AnyPost, *, is_hidden: bool) -> OutgoingMail:
    """Tell an author that what they wrote was hidden, or is shown again. Why, stands on the page."""
    context = {"is_hidden": is_hidden, "is_answer": isinstance(post, ExchangeAnswer)}
    return notify("municipalities/exchange_moderated", post, post.author, post.get_absolute_url, **context)
