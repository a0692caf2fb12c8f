import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0010_provisions_of_law'),
    ]

    operations = [
        migrations.AddField(
            model_name='provision',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.provision'),
        ),
        migrations.AlterField(
            model_name='provision',
            name='place',
            field=models.CharField(blank=True, max_length=160),
        ),
    ]
