import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dissemination', '0005_study_and_sessions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Broadcast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=False)),
                ('since', models.DateTimeField(null=True)),
                ('conference', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='broadcast', to='dissemination.conference')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dissemination.agendaitem')),
            ],
            options={
                'db_table': 'dissemination_broadcast',
            },
        ),
    ]
