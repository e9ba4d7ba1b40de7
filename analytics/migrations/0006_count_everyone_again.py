import secrets

from django.db import migrations


def touch_everyone(apps, schema_editor):
    """Journeys counted before know nothing of lost steps, and days nothing of single steps: the worker counts them again."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journey_touched (participant_id, mark) SELECT number, %s FROM journey_participant WHERE true"
            " ON CONFLICT (participant_id) DO UPDATE SET mark = excluded.mark",
            [secrets.randbits(62)],
        )


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0005_step_counts'),
        ('journey', '0004_kinds_said_by_hand'),
    ]

    operations = [migrations.RunPython(touch_everyone, migrations.RunPython.noop)]
