from django.db import migrations, models


def know_old_ones(apps, schema_editor):
    """Keep what was justified before a find had a sentence; none of it covers a find of today."""
    apps.get_model("consultations", "JustifiedHit").objects.update(key=models.F("found"))
    for name in ("ExpertQuestion", "PeerQuestion"):
        for question in apps.get_model("consultations", name).objects.exclude(kept_finds={}).iterator():
            question.kept_finds = {
                found: {"found": found, "reason": reason} for found, reason in question.kept_finds.items()
            }
            question.save(update_fields=["kept_finds"])


class Migration(migrations.Migration):

    dependencies = [
        ("consultations", "0006_summary_in_review"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='justifiedhit', name='justified_hit_once'),
        migrations.AddField(
            model_name='justifiedhit',
            name='key',
            field=models.CharField(default='', max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(know_old_ones, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='justifiedhit',
            constraint=models.UniqueConstraint(
                fields=('edition', 'key'), name='consultations_justifiedhit_once'
            ),
        ),
    ]
