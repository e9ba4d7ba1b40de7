from django.db import migrations, models

import journey.models.json_text

# In the order of their widths; PostgreSQL keeps columns in the order in which a table was made with them.
NARROW = """
CREATE TABLE journey_event_narrow (
    participant_id bigint NOT NULL,
    trail bigint NOT NULL,
    at bigint NOT NULL,
    n integer NOT NULL,
    context_id integer NOT NULL,
    step varchar(1) NOT NULL,
    props text NULL
);
INSERT INTO journey_event_narrow (participant_id, trail, at, n, context_id, step, props)
    SELECT participant_id, trail, at, n, context_id, step, props FROM journey_event ORDER BY participant_id, trail, n;
DROP TABLE journey_event;
ALTER TABLE journey_event_narrow RENAME TO journey_event;
ALTER TABLE journey_event ADD CONSTRAINT journey_event_pkey PRIMARY KEY (participant_id, trail, n);
ALTER TABLE journey_event ADD CONSTRAINT journey_event_context_id_fk_journey_context_id
    FOREIGN KEY (context_id) REFERENCES journey_context (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE journey_event ADD CONSTRAINT journey_event_participant_id_fk_journey_participant_number
    FOREIGN KEY (participant_id) REFERENCES journey_participant (number) DEFERRABLE INITIALLY DEFERRED;
"""


def make_narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # What earlier statements left to be checked at the end would keep the table from being dropped.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        schema_editor.execute(NARROW)


class Migration(migrations.Migration):

    dependencies = [
        ('journey', '0004_kinds_said_by_hand'),
    ]

    operations = [
        migrations.AlterField(
            model_name='context',
            name='id',
            field=models.AutoField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='event',
            name='props',
            field=journey.models.json_text.JsonText(null=True),
        ),
        migrations.RunPython(make_narrow, migrations.RunPython.noop),
    ]
