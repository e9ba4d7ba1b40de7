"""PostHog, and what understands its capture API."""

from typing import Any

from analytics.forwarding.posting import Answer, Request
from analytics.forwarding.telling import Told, pseudonym
from journey.steps import Step

MOST = 100
OF_ONE = False
HOURS = 7 * 24  # ours: older ones are an import, not news


def takes(step: Step) -> bool:
    return True


def request(keys: dict[str, str], events: list[Told]) -> Request:
    batch = [_event(event) for event in events]
    return Request(keys["url"], {"api_key": keys["api_key"], "batch": batch}, {}, keys["api_key"])


def judged(answer: Answer) -> Answer:
    return answer


def _event(event: Told) -> dict[str, Any]:
    context = {name: value for name, value in event.context.items() if value}
    return {
        "event": event.step.value,
        "distinct_id": pseudonym("posthog", event.participant),
        "timestamp": event.moment.isoformat(),
        "uuid": event.id,
        "properties": {
            "$lib": "scrollshop",
            "$process_person_profile": False,
            **context,
            **event.props,
            **event.money,
        },
    }
