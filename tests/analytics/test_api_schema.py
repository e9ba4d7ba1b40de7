"""The description of the API is valid, and says what it answers."""

import yaml
from drf_spectacular.validation import validate_schema


def test_the_schema_is_valid_and_names_every_answer(admin_client):
    schema = yaml.safe_load(admin_client.get("/api/schema/").content)
    validate_schema(schema)
    assert [path for path in schema["paths"] if "funnel" in path] == [
        "/api/funnel/",
        "/api/funnels/",
        "/api/funnels/{slug}/",
    ]
    assert set(schema["paths"]["/api/funnels/{slug}/"]["get"]["responses"]) == {"200", "400", "401", "403", "404"}
    assert [path for path in schema["paths"] if "experiment" in path] == [
        "/api/experiments/",
        *(
            f"/api/experiments/{{slug}}/{part}"
            for part in ("", "changes/", "grow/", "pause/", "results/", "ship/", "start/", "stop/", "take-back/")
        ),
    ]
    assert set(schema["paths"]["/api/experiments/{slug}/start/"]["post"]["responses"]) == {
        *("200", "401", "403", "404", "409"),
    }


def test_a_version_that_is_asked_for_writes_no_header(admin_client):
    answer = admin_client.get("/api/schema/", {"version": "1\r\nX-Evil: 1"})
    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'inline; filename="Scrollshop.yaml"')
