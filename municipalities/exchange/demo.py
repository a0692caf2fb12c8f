"""A few made-up questions in the exchange to look at. Nobody and nothing in them is real."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from municipalities.choices import Approach
from municipalities.exchange import search
from municipalities.models import ExchangeAnswer, ExchangeQuestion, Municipality

ANSWERED = "Jak vybíráte nájemníky sociálních bytů? (ukázka)"
OPEN = "Kdo u vás platí opravy bytů od soukromých majitelů? (ukázka)"


def load(officials: dict[str, User]) -> int:
    """Let the demo officials ask each other, unless they have; return how many questions were made."""
    if ExchangeQuestion.objects.filter(title__in=[ANSWERED, OPEN]).exists():
        return 0
    (asking, asker), (answering, answerer) = (
        (Municipality.objects.get(slug=slug), user) for slug, user in list(officials.items())[:2]
    )
    now = timezone.now()
    question = ExchangeQuestion.objects.create(
        municipality=asking,
        author=asker,
        title=ANSWERED,
        approach=Approach.SOCIAL_WORK,
        text="Chystáme pravidla pro přidělování bytů. Kdo u vás rozhoduje a podle čeho? "
        "Zveřejňujete pořadí žadatelů?",
        written_at=now - timedelta(days=3),
        active_at=now - timedelta(days=2),
    )
    ExchangeAnswer.objects.create(
        question=question,
        municipality=answering,
        author=answerer,
        text="Toto je smyšlená odpověď.\n\nO bytech rozhoduje komise podle bodů. Pořadí nezveřejňujeme, "
        "žadatel se ho dozví od sociální pracovnice.",
        written_at=now - timedelta(days=2),
    )
    ExchangeQuestion.objects.create(
        municipality=answering,
        author=answerer,
        title=OPEN,
        approach=Approach.PRIVATE_OWNERS,
        text="Majitelé se ptají, kdo zaplatí opravy po odchodu nájemníka. Máte na to fond?",
        written_at=now - timedelta(days=1),
        active_at=now - timedelta(days=1),
    )
    search.index_all()
    return 2
