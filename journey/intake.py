"""What a browser may say: parsed strictly, refused by name. A bad event is kept as a dead one, beside the good ones."""

from typing import Any

import orjson

from journey.steps import Step, Teller
from journey.trails import DAY_US, INTEGER, TEXT, Trail, now_us

EVENTS_A_BEACON = 50
N_LIMIT = 65_536
PROPS = 20
PLAIN = {bool, float, type(None)}  # beside texts and whole numbers: what JSON has, types alone decide


class Refused(ValueError):
    """The reason why one event cannot be taken, in words."""


def accept(trail: Trail, events: list[Any]) -> list[tuple[str, str]]:
    """Put a browser's events on their trail; returns (raw, reason) of those that were refused."""
    dead = []
    latest = _latest(trail)
    for event in events:
        try:
            trail.events.append(_checked(trail, event, latest))
        except Refused as refusal:
            dead.append((_raw(event), str(refusal)[:200]))
    return dead


def _latest(trail: Trail) -> int:
    """How long after its page an event may be, in microseconds: until now.

    A page from the future was drawn before the clock was set back. "Now" would put what comes late before what came
    early; what the browser has counted is in order, and believed for as long as the token is good.
    """
    since = now_us() - trail.t0
    return since if since >= 0 else DAY_US


def _raw(event: Any) -> str:
    try:
        text = orjson.dumps(event).decode()
    except orjson.JSONEncodeError:  # it reads 1,024 levels, but writes 254
        text = "nested too deep to be kept"
    return text[:2_000].replace("\\u0000", "�")


def _checked(trail: Trail, event: Any, latest: int) -> tuple[int, int, str, dict[str, Any]]:
    if not isinstance(event, dict):
        raise Refused("an event is an object")
    n, dt = event.get("n"), event.get("dt")
    if type(n) is not int or not trail.next_n <= n < N_LIMIT:
        raise Refused(f"n must be a whole number from {trail.next_n} up")
    if type(dt) is not int or dt < 0:
        raise Refused("dt must be whole milliseconds since the page arrived")
    return n, min(dt * 1000, latest), _step(event.get("step")), _props(event.get("props") or {})


def _step(name: Any) -> str:
    if not isinstance(name, str):
        raise Refused("step is a name")
    try:
        step = Step.named(name)
    except KeyError:
        raise Refused(f"there is no step {name[:50]!r}") from None
    if step.teller is not Teller.BROWSER:
        raise Refused(f"a browser may not say {step.value!r}")
    return step.value


def _props(props: Any) -> dict[str, Any]:
    if not isinstance(props, dict) or len(props) > PROPS:
        raise Refused(f"props is an object of at most {PROPS} names")
    for name, value in props.items():
        if len(name) > 40 or "\0" in name:
            raise Refused("a name in props is too long, or holds a NUL")
        if reason := _wrong(value):
            raise Refused(f"props.{name[:30]} {reason}")
    return props


def _wrong(value: Any) -> str:
    """What is wrong with a value. By its type alone: this is asked of all that browsers say."""
    kind = type(value)
    if kind is str:
        return "is too long, or holds a NUL" if len(value) > TEXT or "\0" in value else ""
    if kind is int:
        return "" if -INTEGER <= value <= INTEGER else "is too large"
    return "" if kind in PLAIN else "must be a plain value"
