"""An event from anywhere becomes a batch of ours, always the same one; what it lacks is said in words."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

import orjson

from journey.models import Participant, participant
from journey.steps import Step
from journey.trails import RANDOM_BITS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LAST_US = (1 << 42) * 1000  # what a trail's number can hold: the year 2109
SECONDS_BELOW = 10**11  # a number this large is the year 5138 in seconds, but 1973 in milliseconds
LABEL_LENGTH = Participant._meta.get_field("label").max_length or 0
ARMS = re.compile(r"[\w-]+=[\w-]+(;[\w-]+=[\w-]+)*")
OWN = {"participant", "at", "step", "kind", "study", "device", "browser", "source", "campaign", "arms", "props"}


class Refused(ValueError):
    """Why a line cannot be taken, in words."""


class Reader:
    """Reads the events of one file, and remembers the kind that a line once said of a participant."""

    def __init__(self) -> None:
        self._kinds: dict[int, str] = {}

    def batch(self, line: Any) -> dict[str, Any]:
        """A batch for `store`, whose event keeps the place it had, or is to be given one (None). Raises Refused."""
        if not isinstance(line, dict):
            raise Refused("an event is an object")
        at, step = _instant(line.get("at")), _step(line.get("step"))
        number, label, trail, n = _identity(line, at)
        payload = {
            "participant": number,
            "label": label,
            "kind": self._kind(number, line.get("kind")),
            "trail": trail,
            "t0": at,
            "study": _text(line, "study"),
            "context": [
                *(_text(line, name) for name in ("device", "browser", "source")),
                _arms(line),
                _text(line, "campaign"),
            ],
            "events": [(n, 0, step, _props(line))],
            "dead": [],
        }
        _check(payload)
        return payload

    def _kind(self, number: int, value: Any) -> str:
        if not value:
            return self._kinds.get(number, Participant.Kind.VISITOR.value)
        if value not in Participant.Kind.values:
            raise Refused(f"there is no kind {str(value)[:40]!r}")
        return self._kinds.setdefault(number, str(value))


def number_of(label: str) -> int:
    """The participant of a label: 63 bits of its hash."""
    return int.from_bytes(blake2b(label.encode(errors="replace"), digest_size=8).digest()) >> 1 or 1


def trail_of(label: str, at: int) -> int:
    """One trail for an instant of a participant, the same one whenever it is imported."""
    digest = blake2b(f"{label}\0{at}".encode(errors="replace"), digest_size=8).digest()
    return at // 1000 << RANDOM_BITS | int.from_bytes(digest) >> (64 - RANDOM_BITS)


def is_own(line: Mapping[str, Any]) -> bool:
    """Whether `export_events` has written it: its participant is a code, and its event keeps its identity."""
    return line.get("trail") not in (None, "") and line.get("n") not in (None, "")


def _identity(line: Mapping[str, Any], at: int) -> tuple[int, str, int, int | None]:
    """(participant, label, trail, n)."""
    if not is_own(line):
        label = _label(line.get("participant"))
        return number_of(label), label, trail_of(label, at), None
    label = _label(line["label"]) if line.get("label") else ""
    return _of_code(line.get("participant")), label, _whole(line, "trail", 2**63), _whole(line, "n", 2**31)


def _of_code(value: Any) -> int:
    try:
        number = participant.number_of(str(value))
    except ValueError:
        number = 0
    if not 0 < number < 2**63:
        raise Refused("with trail and n, participant is a code of 13 letters and digits at most")
    return number


def _text(line: Mapping[str, Any], name: str) -> str:
    return str(line.get(name) or "")


def _whole(line: Mapping[str, Any], name: str, below: int) -> int:
    try:
        number = int(str(line[name]))
    except ValueError:
        number = -1
    # A trail begins after 1970, an event may be the first of its trail.
    if not (name == "trail") <= number < below:
        raise Refused(f"{name} is not a whole number, or too large")
    return number


def _check(payload: dict[str, Any]) -> None:
    try:
        packed = orjson.dumps(payload)
    except TypeError:
        raise Refused("it is not UTF-8") from None
    if b"\\u0000" in packed:
        raise Refused("it holds a NUL")


def _label(value: Any) -> str:
    label = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not label:
        raise Refused("participant is missing")
    if len(label) > LABEL_LENGTH:
        raise Refused(f"participant is longer than {LABEL_LENGTH} letters")
    return label


def _instant(value: Any) -> int:
    """Microseconds of ISO 8601 (UTC unless it names a zone) or of a number of seconds or milliseconds since 1970."""
    if value in (None, ""):
        raise Refused("at is missing")
    if isinstance(value, bool):
        raise Refused("at is neither ISO 8601 nor a number of seconds")
    try:
        at = _iso(value)
    except ValueError:
        at = _epoch(value)
    if not 0 < at < LAST_US:
        raise Refused("at is not between 1970 and 2109")
    return at


def _iso(value: Any) -> int:
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, str) and "-" in value[1:]:
        moment = datetime.fromisoformat(value.strip())
    else:
        raise ValueError("not a date")
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - EPOCH) // MICROSECOND


def _epoch(value: Any) -> int:
    try:
        number = float(value)
        return round(number * 1_000_000) if abs(number) < SECONDS_BELOW else round(number * 1000)
    except (TypeError, ValueError, OverflowError):
        raise Refused(f"at is neither ISO 8601 nor a number of seconds: {str(value)[:40]!r}") from None


def _step(value: Any) -> str:
    try:
        return Step.named(value).value
    except KeyError:
        raise Refused("step is missing" if not value else f"there is no step {str(value)[:40]!r}") from None


def _arms(line: Mapping[str, Any]) -> str:
    """ "experiment=arm" pairs, sorted; an object of them is welcome too."""
    arms = line.get("arms") or ""
    text = ";".join(f"{name}={arm}" for name, arm in arms.items()) if isinstance(arms, dict) else str(arms)
    if text and not ARMS.fullmatch(text):
        raise Refused("arms are written like experiment=arm;other=arm")
    return ";".join(sorted(text.split(";")))


def _props(line: Mapping[str, Any]) -> dict[str, Any]:
    props = line.get("props") or {}
    if isinstance(props, str):
        try:
            props = orjson.loads(props)
        except orjson.JSONDecodeError:
            raise Refused("props is not JSON") from None
    if not isinstance(props, dict):
        raise Refused("props is not an object")
    if is_own(line):
        return props
    props = props | {name: value for name, value in line.items() if name not in OWN and value not in (None, "")}
    if "value" in props:
        props["value"] = _cents(props["value"])
    return props


def _cents(value: Any) -> int:
    try:
        cents = float(value)
    except (TypeError, ValueError):
        cents = 0.5
    if isinstance(value, bool) or not cents.is_integer() or abs(cents) > 2**53:
        raise Refused("value is not a whole number of cents")
    return int(cents)
