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
