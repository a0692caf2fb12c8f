"""Accounts for tests."""

from datetime import timedelta

import factory
from django.utils import timezone

from accounts.duty.queries import monday_of
from accounts.models import Absence, Duty, User
from accounts.permissions import Role


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Osoba {n}")
    role = Role.CONSULTANT
    password = factory.django.Password("correct horse battery")

    class Params:
        editor = factory.Trait(role=Role.EDITOR)
        coordinator = factory.Trait(role=Role.COORDINATOR)
        administrator = factory.Trait(role=Role.ADMINISTRATOR)
        official = factory.Trait(role=Role.OFFICIAL)


class DutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Duty

    monday = factory.LazyFunction(lambda: monday_of(timezone.localdate()))
    user = factory.SubFactory(UserFactory)


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Somebody is away today."""

    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    since = factory.LazyFunction(timezone.localdate)
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    written_by = factory.SelfAttribute("user")
