"""The beacon in the description of the API. It is a plain view, so the framework does not see it."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from journey.intake import EVENTS_A_BEACON, PROPS
from journey.steps import Step, Teller

EVENT = {
    "type": "object",
    "description": "One that makes no sense is put aside with its reason, and takes none of the others along.",
    "properties": {
        "n": {"type": "integer", "description": "Its number on the trail, from the first that the page has left free."},
        "dt": {"type": "integer", "minimum": 0, "description": "Milliseconds since the page arrived."},
        "step": {"type": "string", "enum": [step.value for step in Step if step.teller is Teller.BROWSER]},
        "props": {"type": "object", "maxProperties": PROPS, "additionalProperties": {}},
    },
    "required": ["n", "dt", "step"],
}
BEACON = {
    "type": "object",
    "properties": {
        "trail": {"type": "string", "description": "The token of the page."},
        "events": {"type": "array", "items": EVENT, "minItems": 1, "maxItems": EVENTS_A_BEACON},
    },
    "required": ["trail", "events"],
}
FORM = {"type": "object", "properties": {"payload": {"type": "string", "description": "The same JSON."}}}
PROBLEM = {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}


def with_beacon(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: the description, with the one address that browsers speak to."""
    result["paths"][reverse("journey:beacon")] = {"post": _operation()}
    return result


def _operation() -> dict[str, Any]:
    later = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
    return {
        "operationId": "beacon",
        "description": "Steps that a page saw join its trail. It belongs to the browser that the page was made for.",
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": BEACON}, "application/x-www-form-urlencoded": {"schema": FORM}},
        },
        "security": [],
        "responses": {
            "204": {"description": "Something durable holds the steps."},
            "400": _problem(
                "It makes no sense, or its trail was not made here or is older than a day: drop the steps."
            ),
            "403": _problem("This browser may not, or not any longer, tell these steps.", "text/html"),
            "413": _problem(f"It is larger than {settings.BEACON_MAX_BYTES} bytes: drop the steps."),
            "429": _problem("Too many steps at once: keep them and come back.") | {"headers": later},
            "503": _problem("Nothing can hold them now: keep them and come back.") | {"headers": later},
        },
    }


def _problem(description: str, *also: str) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": PROBLEM}} | {kind: {} for kind in also}
    return {"description": description, "content": content}
