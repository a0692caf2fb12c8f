"""What summaries rest on becomes rows of provisions that all kinds of texts share."""

import django.db.models.deletion
from django.db import migrations, models

from core.documents.law.citations import taken_apart, tidy

BATCH = 2000


def point_at_provisions(apps, schema_editor):
    """Let each citation point at the provision that it names; what is written the first time is its name."""
    provision = apps.get_model("core", "Provision")
    cited = apps.get_model("consultations", "LegalProvision").objects.order_by("pk")
    numbers = {}
    for citation in cited.values_list("citation", flat=True).distinct().order_by("citation"):
        act, place = taken_apart(citation)
        row, _is_new = provision.objects.get_or_create(
            act=act, place=place, defaults={"citation": tidy(citation)}
        )
        numbers[citation] = row.pk
    for citation, number in numbers.items():
        cited.filter(citation=citation).update(provision_id=number)


def write_out(apps, schema_editor):
    """Write beside each row how its provision is cited."""
    cited = apps.get_model("consultations", "LegalProvision").objects.all()
    for row in cited.select_related("provision").iterator(BATCH):
        cited.filter(pk=row.pk).update(citation=row.provision.citation)


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0014_audiences'),
        ('core', '0011_provisions_merged'),
    ]

    operations = [
        migrations.AddField(
            model_name='legalprovision',
            name='provision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.provision'),
        ),
        migrations.AlterField(
            model_name='legalprovision',
            name='citation',
            field=models.CharField(default='', max_length=160, verbose_name='provision'),
        ),
        migrations.RunPython(point_at_provisions, write_out),
    ]
