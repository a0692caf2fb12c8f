"""Seal the keys of the second factor and the seeds of recovery codes."""

from django.db import migrations

from accounts.adapters import change_secrets
from core.privacy.encryption import rewrite, seal, unseal


def change_all(change):
    def write(apps, _editor):
        rows = apps.get_model("mfa", "Authenticator").objects.all()
        rewrite(rows, ["data"], lambda row: change_secrets(row, change))

    return write


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_mail_and_desk"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(change_all(seal), change_all(unseal))]
