"""What a new database gets in place of the single steps; one that has taken some of them goes on with them."""

import core.privacy.encryption
import datetime
from functools import partial

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.search import DESK, EXCHANGE, PUBLIC, create_full_text, remove_full_text

# The tables that this migration makes.
SCOPES = {"scopes": [PUBLIC, DESK, EXCHANGE]}


class Migration(migrations.Migration):

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_mail_and_desk'),
        ('core', '0003_exchange_search'),
        ('core', '0004_seal_mail'),
        ('core', '0005_notices'),
        ('core', '0006_unsaved_texts'),
        ('core', '0007_notice_choices'),
        ('core', '0008_previews'),
        ('core', '0009_one_click_unsubscribe'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeadAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=320, unique=True, verbose_name='e-mail')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('status', models.CharField(max_length=20, verbose_name='status')),
                ('message_id', models.CharField(blank=True, max_length=250)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='file name')),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('stored_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('stored_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_role', models.CharField(max_length=20)),
                ('verb', models.CharField(max_length=60)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('details', models.JSONField(default=dict)),
                ('request_id', models.CharField(max_length=20)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'id'], name='audit_subject')],
            },
        ),
        migrations.CreateModel(
            name='DeskEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('object_id', models.BigIntegerField()),
                ('title_cs', models.CharField(max_length=200)),
                ('title_en', models.CharField(max_length=200)),
                ('lead_cs', models.CharField(max_length=300)),
                ('lead_en', models.CharField(max_length=300)),
                ('url_name', models.CharField(max_length=60)),
                ('url_arg', models.CharField(max_length=100)),
                ('municipality_id', models.BigIntegerField(null=True)),
                ('words', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='desk_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='ExchangeEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('object_id', models.BigIntegerField()),
                ('title_cs', models.CharField(max_length=200)),
                ('title_en', models.CharField(max_length=200)),
                ('lead_cs', models.CharField(max_length=300)),
                ('lead_en', models.CharField(max_length=300)),
                ('url_name', models.CharField(max_length=60)),
                ('url_arg', models.CharField(max_length=100)),
                ('municipality_id', models.BigIntegerField(null=True)),
                ('words', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='exchange_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('to', models.EmailField(max_length=254, verbose_name='recipient')),
                ('language', models.CharField(max_length=2)),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('text', core.privacy.encryption.SealedField(verbose_name='text')),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('reply_to', models.EmailField(blank=True, max_length=320)),
                ('references', models.TextField(blank=True)),
                ('unsubscribe', core.privacy.encryption.SealedField(null=True)),
                ('automatic', models.CharField(blank=True, choices=[('auto-generated', 'written by the portal'), ('auto-replied', 'an automatic reply')], default='auto-generated', max_length=20)),
                ('about_kind', models.CharField(blank=True, max_length=40)),
                ('about_id', models.BigIntegerField(null=True)),
                ('state', models.CharField(choices=[('queued', 'waiting to be sent'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed'), ('stopped', 'not sent')], default='queued', max_length=10, verbose_name='state')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('leased_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('last_error', models.CharField(blank=True, max_length=200, verbose_name='last error')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'sending'])), fields=['next_try_at'], name='mail_unsent'), models.Index(fields=['state', '-id'], name='mail_by_state'), models.Index(fields=['about_kind', 'about_id'], name='mail_about')],
            },
        ),
        migrations.CreateModel(
            name='Preview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preview', to='core.attachment')),
            ],
        ),
        migrations.CreateModel(
            name='PublicEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('object_id', models.BigIntegerField()),
                ('title_cs', models.CharField(max_length=200)),
                ('title_en', models.CharField(max_length=200)),
                ('lead_cs', models.CharField(max_length=300)),
                ('lead_en', models.CharField(max_length=300)),
                ('url_name', models.CharField(max_length=60)),
                ('url_arg', models.CharField(max_length=100)),
                ('municipality_id', models.BigIntegerField(null=True)),
                ('words', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='public_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('how', models.CharField(choices=[('at_once', 'by mail at once'), ('digest', 'in the daily mail'), ('portal', 'only in the portal'), ('never', 'not at all')], max_length=10)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='notice_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='NoticeHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest_at', models.TimeField(default=datetime.time(7, 0))),
                ('quiet_from', models.TimeField(null=True)),
                ('quiet_until', models.TimeField(null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='notice_quiet_pair')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('about_kind', models.CharField(max_length=40)),
                ('about_id', models.BigIntegerField()),
                ('words', models.JSONField(blank=True, default=dict)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('read_at', models.DateTimeField(null=True)),
                ('digest_at', models.DateTimeField(null=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mail', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to='core.outgoingmail')),
            ],
            options={
                'indexes': [models.Index(fields=['about_kind', 'about_id'], name='notice_about'), models.Index(fields=['receiver', '-id'], name='notice_of'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['receiver'], name='notice_unread'), models.Index(condition=models.Q(('digest_at__isnull', False)), fields=['digest_at'], name='notice_digest')],
            },
        ),
        migrations.CreateModel(
            name='UnsavedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=120)),
                ('fields', models.JSONField()),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('writer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('writer', 'place'), name='unsaved_text_once')],
            },
        ),
        migrations.RunPython(
            partial(create_full_text, **SCOPES), partial(remove_full_text, **SCOPES), elidable=False
        ),
    ]
