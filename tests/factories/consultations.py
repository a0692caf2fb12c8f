"""Topics, requests, contacts and summaries for tests."""

from datetime import date

import factory
from django.utils import timezone

from consultations.choices import Certainty, Channel, Direction, RequesterKind, State
from consultations.models import (
    Audience,
    Contact,
    Person,
    Summary,
    SummaryEdition,
    SupportRequest,
    Topic,
)
from tests.factories.accounts import UserFactory
from tests.factories.documents import EditionFactory
from tests.factories.municipalities import MunicipalityFactory


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    name_cs = factory.Sequence(lambda n: f"Téma {n}")
    name_en = factory.Sequence(lambda n: f"Topic {n}")
    description_cs = "Popis"
    description_en = "Description"
    position = factory.Sequence(int)


class AudienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Audience
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"audience-{n}")
    name_cs = factory.Sequence(lambda n: f"čtenáři {n}")
    name_en = factory.Sequence(lambda n: f"readers {n}")
    position = factory.Sequence(int)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    name = "Jana Nováková"
    email = factory.Sequence(lambda n: f"jana{n}@example.org")


class SupportRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportRequest
        skip_postgeneration_save = True

    channel = Channel.WEB
    requester = factory.SubFactory(PersonFactory)
    requester_kind = RequesterKind.PERSON
    topic = factory.SubFactory(TopicFactory)
    subject = "Jak požádat o sociální byt"
    consent_publish = True
    waiting_since = factory.LazyFunction(timezone.now)
    due_on = date(2026, 12, 7)

    class Params:
        open = factory.Trait(state=State.OPEN, assignee=factory.SubFactory(UserFactory))
        answered = factory.Trait(
            state=State.ANSWERED,
            assignee=factory.SubFactory(UserFactory),
            answered_at=factory.LazyFunction(timezone.now),
            waiting_since=None,
        )
        closed = factory.Trait(
            state=State.CLOSED,
            answered_at=factory.LazyFunction(timezone.now),
            closed_at=factory.LazyFunction(timezone.now),
            waiting_since=None,
        )
        official = factory.Trait(
            is_official=True,
            requester_kind=RequesterKind.MUNICIPALITY,
            municipality=factory.SubFactory(MunicipalityFactory),
            created_by=factory.SubFactory(UserFactory, official=True),
        )

    @factory.post_generation
    def with_contact(self, create: bool, wanted: bool | None, **fields: object) -> None:
        """Unless told otherwise, a request has the message that it began with."""
        if create and wanted is not False:
            ContactFactory(request=self, person=self.requester, **fields)


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    request = factory.SubFactory(SupportRequestFactory, with_contact=False)
    direction = Direction.INBOUND
    channel = Channel.WEB
    text = "Prosím o radu, kde mohu požádat o byt."

    class Params:
        note = factory.Trait(direction=Direction.NOTE, logged_by=factory.SubFactory(UserFactory))
        answer = factory.Trait(
            direction=Direction.OUTBOUND,
            is_answer=True,
            text="Obraťte se na sociální odbor své obce.",
            spoken_by=factory.SubFactory(UserFactory),
            logged_by=factory.SelfAttribute("spoken_by"),
        )


class SummaryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Summary

    slug = factory.Sequence(lambda n: f"odpoved-{n}")
    created_by = factory.SubFactory(UserFactory)


class SummaryEditionFactory(EditionFactory):
    class Meta:
        model = SummaryEdition

    document = factory.SubFactory(SummaryFactory)
    author = factory.SelfAttribute("document.created_by")
    question_cs = "Kde lze požádat o sociální byt?"
    question_en = "Where can one apply for a social flat?"
    short_answer_cs = "Na sociálním nebo bytovém odboru obce."
    short_answer_en = "At the social or housing department of the municipality."
    topic = factory.SubFactory(TopicFactory)
    certainty = Certainty.FACT
    valid_as_of = date(2026, 11, 1)

    @factory.post_generation
    def audience(self, create: bool, wanted: str | None, **_fields: object) -> None:
        """An edition is written for municipalities unless the slug of others is given."""
        if create:
            self.audiences.set([AudienceFactory(slug=wanted or "municipality")])
