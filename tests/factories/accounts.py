"""Accounts for tests."""

import factory

from accounts.models import User
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
