"""Who is told of the exchange. No text of a question or an answer leaves it by mail."""

from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.notices.actions import notify, tell
from core.notices.kinds import How, Kind
from core.outbox import mail
from core.outbox.mail import OutgoingMail
from municipalities.models import ExchangeAnswer, ExchangeQuestion, ExchangeReport
from municipalities.models.exchange import AnyPost

MOST_NEWS = 30
ANSWERED, WENT_ON = "municipalities/exchange_answered", "municipalities/exchange_went_on"
SETTLED, REOPENED = "municipalities/exchange_settled", "municipalities/exchange_reopened"
HIDDEN, RESTORED = "municipalities/exchange_hidden", "municipalities/exchange_restored"
REPORTED = "municipalities/exchange_reported"

KINDS = (
    Kind(
        key=ANSWERED,
        label=_("Somebody answers my question in the exchange"),
        sentence=_("%(who)s answered your question in the exchange."),
        permission=Permission.USE_EXCHANGE,
        usual=How.DIGEST,
    ),
    Kind(
        key=WENT_ON,
        label=_("Somebody else answers a question that I answered, too"),
        sentence=_("%(who)s answered a question in the exchange that you answered, too."),
        permission=Permission.USE_EXCHANGE,
    ),
    Kind(
        key=SETTLED,
        label=_("A colleague marks my question in the exchange as settled"),
        sentence=_("%(who)s marked your question in the exchange as settled."),
        permission=Permission.USE_EXCHANGE,
    ),
    Kind(
        key=REOPENED,
        label=_("A question in the exchange that I asked or answered is open again"),
        sentence=_("%(who)s opened a question in the exchange again that you asked or answered."),
        permission=Permission.USE_EXCHANGE,
        usual=How.DIGEST,
    ),
    Kind(
        key=HIDDEN,
        label=_("What I wrote in the exchange is hidden"),
        sentence=_("The Contact Centre has hidden what you wrote in the exchange. Why, stands there."),
        permission=Permission.USE_EXCHANGE,
        usual=How.AT_ONCE,
        template="municipalities/exchange_moderated",
    ),
    Kind(
        key=RESTORED,
        label=_("What I wrote in the exchange is shown again"),
        sentence=_("What you wrote in the exchange can be read again."),
        permission=Permission.USE_EXCHANGE,
        usual=How.AT_ONCE,
        template="municipalities/exchange_moderated",
    ),
    Kind(
        key=REPORTED,
        label=_("Something in the exchange is reported"),
        sentence=_("%(who)s reported something in the exchange."),
        permission=Permission.MODERATE_EXCHANGE,
        usual=How.AT_ONCE,
    ),
)


def digest(user: User, questions: list[ExchangeQuestion]) -> OutgoingMail:
    """Tell a subscriber the titles of what is new, and where it stands."""
    told = questions[:MOST_NEWS]
    with translation.override(user.language):
        items = [{"question": one, "link": mail.absolute(one.get_absolute_url())} for one in told]
        off = mail.absolute(reverse("exchange-digest"))
    context = {"items": items, "has_more": len(questions) > MOST_NEWS, "off": off}
    return mail.queue(
        "municipalities/exchange_digest",
        to=user.email,
        language=user.language,
        context={**context, "can_reply": False},
        link=partial(reverse, "exchange"),
    )


def moderated(post: AnyPost, *, is_hidden: bool) -> None:
    """Tell an author that what they wrote was hidden, or is shown again. Why, stands on the page."""
    context = {"is_hidden": is_hidden, "is_answer": isinstance(post, ExchangeAnswer)}
    notify(HIDDEN if is_hidden else RESTORED, post, post.author, post.get_absolute_url, **context)


def answered(answer: ExchangeAnswer, *, by: User) -> None:
    """Tell whoever asked that there is an answer, and those who answered before that it goes on."""
    told = {ANSWERED: [answer.question.author], WENT_ON: _who_answered(answer.question)}
    tell(answer, told, link=answer.get_absolute_url, by=by)


def settled(question: ExchangeQuestion, *, by: User) -> None:
    """Tell whoever asked that a colleague says it is settled."""
    notify(SETTLED, question, question.author, question.get_absolute_url, by=by)


def reopened(question: ExchangeQuestion, *, by: User) -> None:
    """Tell whoever asked, and those who answered, that the question is open again."""
    told = {REOPENED: [question.author, *_who_answered(question)]}
    tell(question, told, link=question.get_absolute_url, by=by)


def _who_answered(question: ExchangeQuestion) -> QuerySet[User]:
    return User.objects.filter(pk__in=question.answers.shown().values("author"))


def reported(report: ExchangeReport, *, by: User) -> None:
    """Tell the moderators that something is to be looked at."""
    told = {REPORTED: User.objects.who_may(Permission.MODERATE_EXCHANGE)}
    tell(report, told, link=partial(reverse, "desk-exchange-reports"), by=by)
