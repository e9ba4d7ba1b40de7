"""TikTok, Events API 1.3."""

from typing import Any

import orjson

from analytics.exporting import names
from analytics.forwarding.posting import Answer, Request, Verdict
from analytics.forwarding.telling import Told, pseudonym
from journey.steps import Step

MOST = 100
OF_ONE = False
HOURS = 7 * 24
TOO_OFTEN = 40_100
OF_THEIRS = 50_000  # codes from here on are troubles of TikTok itself


def takes(step: Step) -> bool:
    return step in names.TIKTOK


def request(keys: dict[str, str], events: list[Told]) -> Request:
    body = {"event_source": "web", "event_source_id": keys["pixel_code"], "data": [_data(event) for event in events]}
    return Request(keys["url"], body, {"Access-Token": keys["access_token"]}, keys["access_token"])


def judged(answer: Answer) -> Answer:
    """It says 200 to everything, and in the body whether it meant it."""
    try:
        said = orjson.loads(answer.body)
        code, message = int(said["code"]), str(said.get("message", ""))
    except (KeyError, TypeError, ValueError):
        return Answer(Verdict.LATER, "It answered something that is not of TikTok: see the address.")
    if code == 0:
        return answer
    later = code == TOO_OFTEN or code >= OF_THEIRS
    return Answer(Verdict.LATER if later else Verdict.REFUSED, f"It answered {code}: {message[:120]}")


def _data(event: Told) -> dict[str, Any]:
    return {
        "event": names.tiktok(event.step),
        "event_time": event.at // 1_000_000,
        "event_id": event.id,
        "user": {"external_id": pseudonym("tiktok", event.participant)},
        "properties": {**event.money, **_contents(event), **_more(event)},
    }


def _contents(event: Told) -> dict[str, Any]:
    if not (thing := event.thing):
        return {}
    content = {f"content_{name}" if name == "id" else name: value for name, value in thing.items()}
    return {"contents": [content], "content_ids": [thing["id"]], "content_type": "product"}


def _more(event: Told) -> dict[str, Any]:
    more = {"order_id": event.props.get("order"), "query": event.props.get("term")}
    return {name: value for name, value in more.items() if value}
