"""A citation stands at its provision alone; apart, since PostgreSQL alters no table that was just written to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0015_provisions_of_law'),
    ]

    operations = [
        migrations.AlterField(
            model_name='legalprovision',
            name='provision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.provision'),
        ),
        migrations.RemoveField(
            model_name='legalprovision',
            name='citation',
        ),
    ]
