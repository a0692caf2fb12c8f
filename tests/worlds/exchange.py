"""What the small world has of exchange."""

from typing import Any

from accounts.permissions import Role
from municipalities.models import Municipality, Thanks
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory, ExchangeReportFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
    official, coordinator = world.accounts[Role.OFFICIAL], world.accounts[Role.COORDINATOR]
    question = ExchangeQuestionFactory(municipality=place, author=official, title="Jak vybíráte nájemníky?")
    answer = ExchangeAnswerFactory(question=question)
    own = ExchangeAnswerFactory(question=question, municipality=None, author=coordinator)
    Thanks.objects.create(answer=answer, by=official)
    ExchangeReportFactory(question=question, answer=answer, words="Takhle to už neplatí.")
    names = ["question", "mend", "take-back", "report"]
    world.arguments |= {f"exchange-{name}": {"pk": question.pk} for name in names}
    world.arguments["desk-exchange-hide"] = {"pk": question.pk}
    # The coordinator, who opens these pages, wrote an answer.
    world.queries |= {f"exchange-{name}": f"?answer={own.pk}" for name in ("mend", "take-back")}
