import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('consultations', '0002_mail_and_desk'),
        ('core', '0002_mail_and_desk'),
        ('municipalities', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeerQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(max_length=10000, verbose_name='question')),
                ('kept_finds', models.JSONField(default=dict)),
                ('names_municipality', models.BooleanField(default=False, verbose_name="may name the requester's municipality")),
                ('consent', models.CharField(blank=True, max_length=300, verbose_name='how and when they agreed')),
                ('state', models.CharField(choices=[('asked', "waiting for the municipality's answer"), ('answered', 'answered by the municipality'), ('declined', 'declined by the municipality'), ('revoked', 'taken back'), ('expired', 'not answered in time')], default='asked', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('month', models.DateField()),
                ('due_on', models.DateField(verbose_name='answer asked by')),
                ('next_step_on', models.DateField(null=True)),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='reminded')),
                ('answer', models.TextField(blank=True, max_length=10000, verbose_name='answer')),
                ('decline_reason', models.CharField(blank=True, choices=[('conflict', 'I have a conflict of interest'), ('field', 'it is not my field'), ('time', 'I have no time for it'), ('other', 'another reason')], max_length=10)),
                ('decline_words', models.CharField(blank=True, max_length=1000, verbose_name='more about it')),
                ('settled_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_questions', to='municipalities.municipality')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='peer_questions', to='consultations.supportrequest')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consultations.contact')),
            ],
            options={
                'indexes': [models.Index(fields=['request', '-id'], name='peer_request'), models.Index(fields=['municipality', 'month'], name='peer_month'), models.Index(fields=['municipality', 'state', '-settled_at'], name='peer_settled'), models.Index(condition=models.Q(('next_step_on__isnull', False), ('state', 'asked')), fields=['next_step_on'], name='peer_next_step')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='peer_settled_pair'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), _negated=True), models.Q(('state', 'answered'), _negated=True), _connector='OR'), name='peer_answered_something'), models.CheckConstraint(condition=models.Q(models.Q(('decline_reason', ''), _negated=True), models.Q(('state', 'declined'), _negated=True), _connector='OR'), name='peer_declined_for_something'), models.CheckConstraint(condition=models.Q(('names_municipality', False), models.Q(('consent', ''), _negated=True), _connector='OR'), name='peer_named_by_consent')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='summaryedition',
            name='summaryedition_published_pair',
        ),
        migrations.AddField(
            model_name='contact',
            name='is_step',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='contact',
            name='municipality',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality', verbose_name='municipality'),
        ),
        migrations.AddField(
            model_name='contact',
            name='readers',
            field=models.CharField(default='', editable=False, max_length=28),
        ),
        migrations.AddField(
            model_name='summary',
            name='exchange_question_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='summaryedition',
            name='region',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.region', verbose_name='region'),
        ),
        migrations.AddField(
            model_name='supportplan',
            name='municipality',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality', verbose_name='municipality'),
        ),
        migrations.AddField(
            model_name='supportplan',
            name='readers',
            field=models.CharField(default='', editable=False, max_length=28),
        ),
        migrations.AlterField(
            model_name='summaryedition',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['municipality', 'is_step', '-took_place_at', '-id'], name='contact_municipality'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['municipality', 'readers', 'is_step', '-took_place_at', '-id'], name='contact_officials'),
        ),
        migrations.AddIndex(
            model_name='summaryedition',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['size', '-published_at', '-id'], name='summary_by_size'),
        ),
        migrations.AddIndex(
            model_name='summaryedition',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['region', '-published_at', '-id'], name='summary_by_region'),
        ),
        migrations.AddIndex(
            model_name='supportplan',
            index=models.Index(fields=['municipality', '-opened_at'], name='plan_opened'),
        ),
        migrations.AddIndex(
            model_name='supportplan',
            index=models.Index(fields=['municipality', '-closed_at'], name='plan_closed'),
        ),
        migrations.AddIndex(
            model_name='supportplan',
            index=models.Index(fields=['municipality', 'readers', '-opened_at'], name='plan_opened_officials'),
        ),
        migrations.AddIndex(
            model_name='supportplan',
            index=models.Index(fields=['municipality', 'readers', '-closed_at'], name='plan_closed_officials'),
        ),
        migrations.AddConstraint(
            model_name='summaryedition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), models.Q(('author__isnull', True), ('published_at__isnull', False)), _connector='OR'), name='summaryedition_published_pair'),
        ),
    ]
