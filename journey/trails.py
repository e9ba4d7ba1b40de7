"""Trails: the numbered events of one request and of the page it drew, and the signed token that continues one."""

import secrets
import time
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.core import signing

TOKEN_SALT = "journey.trail"  # noqa: S105
DAY_US = 86_400_000_000  # as long as a token is good
REMEMBERED = 4_096  # tokens that a process need not check again: a page sends many beacons
TEXT = 300
INTEGER = 2**53
RANDOM_BITS = 21  # 42 bits of milliseconds before them: positive 64-bit numbers until the year 2109


def now_us() -> int:
    """Microseconds since 1970, UTC: the unit of every event's time."""
    return time.time_ns() // 1000


def trail_number(at_us: int) -> int:
    """A time-ordered 64-bit number; two trails of one participant differ unless born in the same ms, 1 in 2 million."""
    return (at_us // 1000) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)


def born(number: int) -> int:
    """When this trail began, in microseconds, to the millisecond; long ago for a number that is not ours."""
    return (number >> RANDOM_BITS) * 1000


def plain(value: Any) -> str | int | float | bool | None:
    """What both databases and JSON can hold: no NUL, no lone surrogate, no giant; measuring must not break a page."""
    if value is None or isinstance(value, bool | float):
        return value if value == value else None  # NaN
    if isinstance(value, int):
        return max(-INTEGER, min(INTEGER, value))
    return clean_text(str(value))[:TEXT]


def plain_props(props: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in props.items()}


def clean_text(text: str) -> str:
    """Without what a database refuses to store or to compare with: halves of letters, and NULs."""
    return text.encode(errors="replace").decode().replace("\0", "�")


class Context(NamedTuple):
    """What is true of every event of a trail: who looks on what, where they came from, which arms they are in."""

    device: str = ""
    browser: str = ""
    source: str = ""
    arms: str = ""  # "experiment=arm" of every running experiment, sorted, joined by ";"
    campaign: str = ""  # known on the page somebody arrives on, like the source


@dataclass(slots=True)
class Trail:
    """Events of one participant, numbered `n`, timed in microseconds after `t0`."""

    participant: int
    kind: str
    number: int
    t0: int
    context: Context
    next_n: int = 1  # 0 is kept for the page itself
    events: list[tuple[int, int, str, dict[str, Any]]] = field(default_factory=list)
    label: str = ""  # what a researcher calls them, where that is known
    study: str = ""  # and what they came for

    def now(self) -> int:
        """The time of an event that happens now; never before the trail itself, whatever the clock does."""
        return max(self.t0, now_us())

    def begin(self, step: str, props: dict[str, Any]) -> None:
        """The page: event 0, when its trail begins. Its browser counts from its arrival, hence comes after."""
        self.events.append((0, 0, step, plain_props(props)))

    def add(self, step: str, props: dict[str, Any]) -> None:
        n, self.next_n = self.next_n, self.next_n + 1
        self.events.append((n, self.now() - self.t0, step, plain_props(props)))

    def token(self) -> str:
        """What the page carries so that its browser can continue this trail, and only this one."""
        return _signer().sign_object([self.participant, self.kind, self.number, self.t0, *self.context, self.next_n])

    def batch(self, dead: list[tuple[str, str]] | None = None) -> dict[str, Any]:
        """The trail as one stream entry; `dead` are (raw text, reason) of events that were refused."""
        batch = {
            "participant": self.participant,
            "kind": self.kind,
            "trail": self.number,
            "t0": self.t0,
            "context": [*self.context],
            "events": self.events,
            "dead": dead or [],
        }
        return batch | {name: text for name in ("label", "study") if (text := getattr(self, name))}


def continued(token: str) -> Trail:
    """The trail a token was made for. Raises signing.BadSignature for a forged token or one older than a day."""
    participant, kind, number, t0, *context, next_n = _checked(token)
    if now_us() - t0 > DAY_US:
        raise signing.SignatureExpired("older than a day")
    return Trail(participant, kind, number, t0, Context(*context), next_n)


@cache
def _signer() -> signing.Signer:
    return signing.Signer(salt=TOKEN_SALT)


@lru_cache(maxsize=REMEMBERED)
def _checked(token: str) -> tuple[Any, ...]:
    return tuple(_signer().unsign_object(token))
