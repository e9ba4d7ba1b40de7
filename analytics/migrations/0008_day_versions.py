import secrets
import time

from django.db import migrations, models


def number_the_days_there_are(apps, schema_editor):
    day_version = apps.get_model('analytics', 'DayVersion')
    days = apps.get_model('analytics', 'Journey').objects.values_list('day', flat=True).distinct()
    now = time.time_ns() // 1_000
    day_version.objects.bulk_create(
        [day_version(day=day, version=secrets.randbits(62), touched_at=now) for day in days.order_by('day')]
    )


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0007_more_dimensions'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayVersion',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('version', models.BigIntegerField()),
                ('touched_at', models.BigIntegerField(help_text='Microseconds since 1970, UTC.')),
                ('counted', models.BigIntegerField(default=0, help_text='Another random number whenever its counts are rebuilt.')),
            ],
        ),
        migrations.RunPython(number_the_days_there_are, migrations.RunPython.noop),
    ]
