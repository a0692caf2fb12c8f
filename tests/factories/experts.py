"""Questions to experts outside, and second readings, for tests."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from consultations.choices import ExpertState, ReadingState
from consultations.experts.actions import send
from consultations.models import ExpertQuestion, SecondReading
from consultations.models.reading import text_digest
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory


class ExpertQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExpertQuestion

    request = factory.SubFactory(SupportRequestFactory, open=True)
    expert_name = "JUDr. Eva Malá"
    expert_email = factory.Sequence(lambda n: f"expert{n}@example.org")
    expert_role = "Právnická fakulta"
    question = "Smí obec vyloučit žadatele, který má starý dluh na nájmu?"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=44))
    written_by = factory.SubFactory(UserFactory)

    class Params:
        sent = factory.Trait(
            state=ExpertState.SENT,
            sent_at=factory.LazyFunction(timezone.now),
            sent_by=factory.SelfAttribute("written_by"),
            next_step_on=factory.SelfAttribute("due_on"),
        )


def sent(**fields: Any) -> ExpertQuestion:
    """Return a question that was sent, on a request that waits for its answer."""
    request = SupportRequestFactory(open=True)
    question = ExpertQuestionFactory(request=request, **fields)
    send(question, version=question.version, by=request.assignee)
    return question


class SecondReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SecondReading

    request = factory.SubFactory(SupportRequestFactory, open=True)
    text = "Podle našeho výkladu obec takového žadatele vyloučit nesmí."
    digest = factory.LazyAttribute(lambda reading: text_digest(reading.text))
    asked_by = factory.SubFactory(UserFactory)

    class Params:
        approved = factory.Trait(
            state=ReadingState.APPROVED,
            decided_at=factory.LazyFunction(timezone.now),
            decided_by=factory.SubFactory(UserFactory),
        )
