import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('consultations', '0001_initial'),
        ('core', '0002_mail_and_desk'),
        ('municipalities', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('assign', 'Assign'), ('topic', 'Set the topic'), ('close', 'Close')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('rows', models.JSONField(default=list)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['by', '-id'], name='bulk_by')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='bulk_undone_pair')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', 'answer'), ('ask-back', 'question for the requester'), ('note', 'internal note')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_shared', models.BooleanField(default=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('discarded_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='consultations.supportrequest')),
                ('taken_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['updated_at'], name='draft_updated')],
                'constraints': [models.UniqueConstraint(fields=('request', 'author', 'kind'), name='draft_once')],
            },
        ),
        migrations.CreateModel(
            name='ExpertQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expert_name', models.CharField(max_length=120, verbose_name='name')),
                ('expert_email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('expert_role', models.CharField(blank=True, max_length=160, verbose_name='organisation or role')),
                ('language', models.CharField(choices=[('cs', 'Czech'), ('en', 'English')], default='cs', max_length=2, verbose_name='language')),
                ('question', models.TextField(max_length=20000, verbose_name='question')),
                ('is_legal', models.BooleanField(default=False, verbose_name='it is about the law')),
                ('kept_finds', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('draft', 'not sent yet'), ('asked', "waiting for the expert's answer"), ('answered', 'answered by the expert'), ('declined', 'declined by the expert'), ('revoked', 'taken back'), ('expired', 'the link has expired')], default='draft', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('due_on', models.DateField(verbose_name='answer asked by')),
                ('expires_on', models.DateField(verbose_name='last day of the link')),
                ('next_step_on', models.DateField(null=True)),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='reminded')),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('opened_at', models.DateTimeField(null=True, verbose_name='opened')),
                ('link_token', models.CharField(max_length=60)),
                ('link_digest', models.CharField(max_length=64, unique=True)),
                ('answer', models.TextField(blank=True, max_length=20000, verbose_name='answer')),
                ('interest', models.CharField(blank=True, max_length=500, verbose_name='interest in the matter')),
                ('decline_reason', models.CharField(blank=True, choices=[('conflict', 'I have a conflict of interest'), ('field', 'it is not my field'), ('time', 'I have no time for it'), ('other', 'another reason')], max_length=10)),
                ('decline_words', models.CharField(blank=True, max_length=1000, verbose_name='more about it')),
                ('substitute', models.CharField(blank=True, max_length=300, verbose_name='who could answer instead')),
                ('settled_at', models.DateTimeField(null=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expert_questions', to='consultations.supportrequest')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consultations.contact')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['request', '-id'], name='expert_request'), models.Index(condition=models.Q(('next_step_on__isnull', False), ('state', 'asked')), fields=['next_step_on'], name='expert_next_step')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='expert_sent_pair'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', False), ('state', 'draft'), _connector='OR'), name='expert_sent_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), _negated=True), models.Q(('state', 'answered'), _negated=True), _connector='OR'), name='expert_answered_something'), models.CheckConstraint(condition=models.Q(models.Q(('decline_reason', ''), _negated=True), models.Q(('state', 'declined'), _negated=True), _connector='OR'), name='expert_declined_for_something')],
            },
        ),
        migrations.CreateModel(
            name='IncomingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('size', models.PositiveBigIntegerField(verbose_name='size')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('message_key', models.CharField(blank=True, max_length=64)),
                ('came_by', models.CharField(choices=[('imap', 'from the mailbox'), ('pipe', 'from the mail server')], max_length=10)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('state', models.CharField(choices=[('received', 'not read yet'), ('placed', 'on a request'), ('held', 'waits for a decision'), ('machine', 'written by a machine'), ('bounce', 'came back'), ('own', 'our own mail'), ('spam', 'spam'), ('duplicate', 'came before'), ('failed', 'could not be read'), ('discarded', 'discarded')], default='received', max_length=10, verbose_name='state')),
                ('shelf', models.GeneratedField(db_persist=True, expression=models.Case(models.When(state__in=['held', 'failed'], then=models.Value('waiting')), models.When(state__in=['machine', 'bounce', 'own', 'spam'], then=models.Value('machines')), models.When(state='discarded', then=models.Value('discarded')), default=models.Value('done')), output_field=models.CharField(max_length=10))),
                ('version', models.PositiveIntegerField(default=1)),
                ('why', models.CharField(blank=True, max_length=40)),
                ('sender', models.CharField(blank=True, max_length=320, verbose_name='sender')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('settled_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('last_error', models.CharField(blank=True, max_length=100, verbose_name='last error')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consultations.contact')),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mail', to='consultations.supportrequest')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['shelf', '-id'], name='incoming_shelf'), models.Index(fields=['state', '-id'], name='incoming_state'), models.Index(condition=models.Q(('message_key', ''), _negated=True), fields=['message_key'], name='incoming_message_key')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='incoming_settled_pair')],
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=400, unique=True)),
                ('uid_validity', models.BigIntegerField()),
                ('last_uid', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='PersonAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='consultations.person')),
            ],
            options={
                'indexes': [models.Index(fields=['email'], name='person_address')],
                'constraints': [models.UniqueConstraint(fields=('person', 'email'), name='person_address_once')],
            },
        ),
        migrations.CreateModel(
            name='PersonMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved', models.JSONField(default=dict)),
                ('done_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('into', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_into', to='consultations.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='consultations.person')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='person_merge_undone'), models.CheckConstraint(condition=models.Q(('person', models.F('into')), _negated=True), name='person_merge_of_two'), models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('person',), name='person_merged_once')],
            },
        ),
        migrations.CreateModel(
            name='PreparedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('text_cs', models.TextField(verbose_name='text in Czech')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.topic', verbose_name='topic')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-is_active', 'title', 'id'], name='prepared_by_title')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('doing', models.CharField(choices=[('reading', 'reading'), ('writing', 'writing')], max_length=10)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='consultations.supportrequest')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['seen_at'], name='presence_seen')],
                'constraints': [models.UniqueConstraint(fields=('request', 'user'), name='presence_once')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(choices=[('helped', 'it helped'), ('partly', 'it helped partly'), ('not', 'it did not help')], max_length=10, verbose_name='did it help')),
                ('sentence', models.CharField(blank=True, max_length=300, verbose_name='in a sentence')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rating', to='consultations.supportrequest')),
            ],
            options={
                'indexes': [models.Index(fields=['given_at', 'value'], name='rating_given')],
            },
        ),
        migrations.CreateModel(
            name='Rearrangement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'merged'), ('split', 'split off')], max_length=10)),
                ('contacts', models.JSONField(default=list)),
                ('before', models.JSONField(default=dict)),
                ('done_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rearranged_from', to='consultations.supportrequest')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rearranged_into', to='consultations.supportrequest')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='rearrangement_undone'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='rearrangement_of_two'), models.UniqueConstraint(condition=models.Q(('kind', 'merge'), ('undone_at__isnull', True)), fields=('source',), name='rearrangement_merged_once')],
            },
        ),
        migrations.CreateModel(
            name='RequestLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_onward', to='consultations.supportrequest')),
                ('linked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_back', to='consultations.supportrequest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='request_link_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='request_link_in_order')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.TextField()),
                ('is_shared', models.BooleanField(default=False, verbose_name='shared with colleagues')),
                ('position', models.PositiveSmallIntegerField()),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('removed_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('owner', 'name'), name='saved_filter_once')],
            },
        ),
        migrations.CreateModel(
            name='SecondReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='answer')),
                ('digest', models.CharField(max_length=64)),
                ('certainty', models.CharField(choices=[('fact', 'stated by law or an official source'), ('interpretation', 'our reading of the law'), ('opinion', 'an opinion from practice')], default='interpretation', max_length=20, verbose_name='how certain')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('state', models.CharField(choices=[('asked', 'waiting for a second reader'), ('approved', 'approved, may be sent'), ('sent_back', 'sent back to its author'), ('used', 'sent'), ('withdrawn', 'taken back')], default='asked', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='what is to be mended')),
                ('decided_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='consultations.supportrequest')),
                ('used_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consultations.contact')),
            ],
            options={
                'indexes': [models.Index(fields=['request', '-id'], name='reading_request'), models.Index(condition=models.Q(('state', 'asked')), fields=['reader', 'id'], name='reading_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='reading_decided_pair'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='reading_by_somebody_else'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', False), ('state__in', ['asked', 'withdrawn']), _connector='OR'), name='reading_decided_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SupportPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'in progress'), ('closed', 'ended')], default='open', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('goal', models.TextField(max_length=2000, verbose_name='goal')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='opened')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('result', models.CharField(blank=True, choices=[('reached', 'the goal is reached'), ('partly', 'the goal is partly reached'), ('not_reached', 'the goal is not reached'), ('broken_off', 'broken off by the other side')], max_length=12, verbose_name='how it ended')),
                ('outcome', models.TextField(blank=True, max_length=5000, verbose_name='what came of it')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='consultations.supportrequest')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='plan_closed_pair')],
            },
        ),
        migrations.CreateModel(
            name='ExpertFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consultations.contactfile')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='consultations.expertquestion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('question', 'file'), name='expert_file_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('done', 'done'), ('dropped', 'dropped')], default='planned', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('visit', 'visit'), ('call', 'call'), ('training', 'training'), ('document', 'document'), ('other', 'something else')], max_length=10, verbose_name='kind of step')),
                ('what', models.CharField(max_length=200, verbose_name='what is to be done')),
                ('with_whom', models.CharField(blank=True, max_length=160, verbose_name='with whom')),
                ('due_on', models.DateField(null=True, verbose_name='by when')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why it was dropped')),
                ('contact', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='step', to='consultations.contact')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_steps', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='consultations.supportplan')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'planned')), fields=['who', 'due_on', 'id'], name='plan_step_mine')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='plan_step_done_pair'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('state', 'dropped'), _negated=True), _connector='OR'), name='plan_step_dropped_for_a_reason')],
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='before',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='came_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consultations.supportrequest'),
        ),
        migrations.AddField(
            model_name='contact',
            name='certainty',
            field=models.CharField(blank=True, choices=[('fact', 'stated by law or an official source'), ('interpretation', 'our reading of the law'), ('opinion', 'an opinion from practice')], max_length=20, verbose_name='how certain'),
        ),
        migrations.AddField(
            model_name='contact',
            name='copied_to',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='contact',
            name='message_id',
            field=models.CharField(blank=True, max_length=250),
        ),
        migrations.AddField(
            model_name='contact',
            name='quoted',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='sent_as',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.outgoingmail'),
        ),
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='consultations.person'),
        ),
        migrations.AddField(
            model_name='person',
            name='salutation',
            field=models.CharField(blank=True, max_length=120, verbose_name='salutation'),
        ),
        migrations.AddField(
            model_name='supportrequest',
            name='asked_back_at',
            field=models.DateTimeField(null=True, verbose_name='asked back'),
        ),
        migrations.AddField(
            model_name='supportrequest',
            name='guessed_municipality',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='supportrequest',
            name='is_merged',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='supportrequest',
            name='link_only',
            field=models.BooleanField(default=False, verbose_name='send a link only'),
        ),
        migrations.AddField(
            model_name='supportrequest',
            name='receipt',
            field=models.CharField(blank=True, choices=[('owed', 'owed'), ('no_address', 'no address was given'), ('enough', 'the address had enough of them'), ('machine', 'a machine wrote it')], max_length=10),
        ),
        migrations.AddField(
            model_name='topic',
            name='answer_days',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='working days to answer'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('minutes__isnull', False)), fields=['took_place_at', 'request', 'spoken_by', 'channel', 'minutes'], name='contact_time'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('message_id', ''), _negated=True), fields=['message_id'], name='contact_message_id'),
        ),
        migrations.AddIndex(
            model_name='supportrequest',
            index=models.Index(condition=models.Q(('receipt', 'owed')), fields=['received_at'], name='request_receipt_owed'),
        ),
        migrations.AddIndex(
            model_name='supportrequest',
            index=models.Index(fields=['is_on_us', 'due_on', 'id'], name='request_due_first'),
        ),
        migrations.AddIndex(
            model_name='supportrequest',
            index=models.Index(condition=models.Q(('asked_back_at__isnull', False)), fields=['state', 'asked_back_at', 'id'], name='request_silent'),
        ),
        migrations.AddConstraint(
            model_name='supportrequest',
            constraint=models.CheckConstraint(condition=models.Q(('is_merged', False), models.Q(('duplicate_of__isnull', False), ('state', 'duplicate')), _connector='OR'), name='request_merged_into_something'),
        ),
    ]
