"""Seal the texts of mail: they hold links that open something."""

from django.db import migrations

import core.privacy.encryption
from core.privacy.encryption import rewrite, seal, unseal


def seal_texts(apps, _editor):
    def change(row):
        row.text = seal(row.text)

    rewrite(apps.get_model("core", "OutgoingMail").objects.all(), ["text"], change)


def unseal_texts(apps, _editor):
    def change(row):
        row.text = unseal(row.text)

    rewrite(apps.get_model("core", "OutgoingMail").objects.all(), ["text"], change)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_exchange_search")]

    operations = [
        migrations.RunPython(seal_texts, unseal_texts),
        # The column stays what it is.
        migrations.AlterField("outgoingmail", "text", core.privacy.encryption.SealedField(verbose_name="text")),
    ]
