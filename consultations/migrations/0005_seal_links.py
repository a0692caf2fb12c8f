"""Seal the private links of requests and the personal ones of experts."""

from django.db import migrations, models

import core.privacy.encryption
from core.privacy.encryption import rewrite, seal, unseal

LINKED = ("supportrequest", "expertquestion")


def seal_links(apps, _editor):
    def change(row):
        row.link_token = seal(row.link_token)

    for name in LINKED:
        rewrite(apps.get_model("consultations", name).objects.all(), ["link_token"], change)


def unseal_links(apps, _editor):
    def change(row):
        row.link_token = unseal(row.link_token)

    for name in LINKED:
        rewrite(apps.get_model("consultations", name).objects.all(), ["link_token"], change)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0004_timeline_rows")]

    operations = [
        *(migrations.AlterField(name, "link_token", models.TextField()) for name in LINKED),
        migrations.RunPython(seal_links, unseal_links),
        *(migrations.AlterField(name, "link_token", core.privacy.encryption.SealedField()) for name in LINKED),
    ]
