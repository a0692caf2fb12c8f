"""Editions of documents for tests."""

import factory
from django.utils import timezone

from core.documents.choices import State
from tests.factories.accounts import UserFactory


class EditionFactory(factory.django.DjangoModelFactory):
    """The first edition of a document; a kind's own factory adds its text."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    number = 1

    class Params:
        in_review = factory.Trait(
            state=State.IN_REVIEW,
            submitted_at=factory.LazyFunction(timezone.now),
            submitted_by=factory.SelfAttribute("author"),
        )
        published = factory.Trait(
            state=State.PUBLISHED,
            submitted_at=factory.LazyFunction(timezone.now),
            submitted_by=factory.SelfAttribute("author"),
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(UserFactory, editor=True),
        )
