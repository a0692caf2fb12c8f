"""The expert group, rounds of review, and what experts and authors say, for tests."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from studies.choices import ReviewState, RoundResult
from studies.models import Confirmation, Expert, Remark, Reviewer, ReviewRound
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import ChapterFactory, MaterialEditionFactory


class ExpertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Expert

    name = factory.Sequence(lambda n: f"Odbornice {n}")
    email = factory.Sequence(lambda n: f"odbornice-{n}@example.org")
    field_cs = "sociální práce"
    field_en = "social work"
    institution_cs = institution_en = ""
    since = date(2024, 1, 1)

    class Params:
        named = factory.Trait(consented_on=date(2024, 2, 1))


class ReviewRoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewRound

    edition = factory.SubFactory(MaterialEditionFactory, document__material__state="in_expert_review")
    number = 1
    questions = factory.LazyFunction(lambda: ["Je text srozumitelný?", "Co v něm chybí?"])
    deadline = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    opened_by = factory.SubFactory(UserFactory, role="coordinator")

    class Params:
        closed = factory.Trait(
            closed_at=factory.LazyFunction(timezone.now),
            closed_by=factory.SelfAttribute("opened_by"),
            result=RoundResult.RECOMMENDED,
        )


class ReviewerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reviewer

    round = factory.SubFactory(ReviewRoundFactory)
    expert = factory.SubFactory(ExpertFactory)
    position = factory.Sequence(lambda n: n + 1)
    invited_at = factory.LazyFunction(timezone.now)

    class Params:
        waiting = factory.Trait(state=ReviewState.WAITING, invited_at=None)
        accepted = factory.Trait(state=ReviewState.ACCEPTED, has_conflict=False)
        delivered = factory.Trait(
            state=ReviewState.DELIVERED,
            has_conflict=False,
            answers=["Ano.", "Příklady z malých obcí."],
            overall="Dobrý text.",
            delivered_at=factory.LazyFunction(timezone.now),
        )


class RemarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Remark

    reviewer = factory.SubFactory(ReviewerFactory, delivered=True)
    chapter = factory.LazyAttribute(lambda row: ChapterFactory(edition=row.reviewer.round.edition))
    heading = factory.LazyAttribute(lambda row: row.chapter.heading if row.chapter else "Kapitola")
    block = 0
    passage = "Text kapitoly."
    text = "Doplňte příklad."


class ConfirmationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Confirmation

    edition = factory.SubFactory(MaterialEditionFactory)
    name = "Jana Nováková"
    email = factory.Sequence(lambda n: f"autorka-{n}@example.org")
    asked_by = factory.SubFactory(UserFactory, role="coordinator")
