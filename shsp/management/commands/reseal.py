"""`manage.py reseal`: seal all secrets in the database anew under SECRET_KEY, so that a former key can go."""

from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand

from accounts.adapters import change_secrets
from consultations.models import ShortCode
from core.privacy.encryption import SealedField, rewrite, seal, unseal


class Command(BaseCommand):
    """Run after a new SECRET_KEY is in force and before the old one leaves SECRET_KEY_FALLBACKS."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            if names := [field.name for field in model._meta.fields if isinstance(field, SealedField)]:
                # Writing a field seals it.
                rewrite(model._base_manager.all(), names, lambda row: None)
        rewrite(ShortCode.objects.all(), ["code", "code_digest"], ShortCode.digest)
        again = partial(change_secrets, change=lambda sealed: seal(unseal(sealed)))
        rewrite(Authenticator.objects.all(), ["data"], again)
        self.stdout.write("All secrets are sealed under SECRET_KEY.")
