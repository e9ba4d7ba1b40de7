"""Google Analytics 4, Measurement Protocol."""

from typing import Any
from urllib.parse import urlencode

from analytics.exporting import names
from analytics.forwarding.posting import Answer, Request
from analytics.forwarding.telling import Told, pseudonym
from journey.steps import Step

MOST = 25  # events a request
OF_ONE = True  # a request is about one client
HOURS = 72  # older events are not taken
TEXT = 100  # a longer value is not taken
PROMOTIONS = {Step.VIEW_PROMOTION, Step.SELECT_PROMOTION}
VIDEOS = {Step.VIDEO_START, Step.VIDEO_PROGRESS, Step.VIDEO_COMPLETE}
# Our property, and what GA4 calls it.
RENAMED = {
    "order": "transaction_id",
    "payment": "payment_type",
    "term": "search_term",
    "list": "item_list_id",
    "percent": "video_percent",
    "method": "method",
    "at_video_ms": "at_video_ms",
    "quantity": "quantity",
}


def takes(step: Step) -> bool:
    return step in names.GA4


def request(keys: dict[str, str], events: list[Told]) -> Request:
    query = urlencode({"measurement_id": keys["measurement_id"], "api_secret": keys["api_secret"]})
    body = {
        "client_id": client_of(events[0].participant),
        "events": [
            {
                "name": names.ga4(event.step, event.props.get("kind")),
                "timestamp_micros": event.at,
                "params": {name: _short(value) for name, value in _params(event).items() if value not in (None, "")},
            }
            for event in events
        ],
    }
    return Request(f"{keys['url']}?{query}", body, {}, keys["api_secret"])


def judged(answer: Answer) -> Answer:
    """It takes whatever has the form, and says nothing of it."""
    return answer


def client_of(participant: int) -> str:
    """Two numbers with a dot, as its own script makes them."""
    digits = pseudonym("ga4", participant)
    return f"{int(digits[:8], 16)}.{int(digits[8:16], 16)}"


def _params(event: Told) -> dict[str, Any]:
    props = event.props
    watched = props.get("watch_ms")
    return {
        "session_id": str(event.journey_began // 1_000_000),
        "engagement_time_msec": watched if type(watched) is int and watched > 0 else 1,
        "event_id": event.id,
        "arms": event.context["arms"],
        **{theirs: props.get(ours) for ours, theirs in RENAMED.items()},
        **_about(event),
        **event.money,
        **({"items": [_item(event)]} if event.thing else {}),
    }


def _about(event: Told) -> dict[str, Any]:
    props, video = event.props, event.props.get("video")
    if event.step in PROMOTIONS:
        return {"promotion_id": "anchor", "creative_slot": video}
    if event.step is Step.CLAIM_COUPON:
        return {"promotion_id": props.get("code")}
    if event.step in VIDEOS:
        return {"video_title": video}
    if event.step is Step.VIDEO_ENGAGE:
        return {"content_type": "video", "item_id": video, "method": props.get("kind")}
    if event.step is Step.CHECKOUT_ERROR:
        return {"description": " ".join(str(props[name]) for name in ("code", "field") if props.get(name))}
    return {}


def _item(event: Told) -> dict[str, Any]:
    thing, index = event.thing, event.props.get("index")
    item = {"item_id": thing.pop("id"), "item_variant": event.props.get("sku"), **thing}
    return {name: value for name, value in {**item, "index": index}.items() if value is not None}


def _short(value: Any) -> Any:
    return value[:TEXT] if isinstance(value, str) else value
