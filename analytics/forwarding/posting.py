"""One POST with an end: what became of it, in words that hold no secret."""

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import Enum
from functools import cache
from typing import Any
from urllib.parse import quote, quote_plus

import orjson
import urllib3

CONNECT_SECONDS = 2.0
PATIENCE = 5.0  # seconds for all of it
BODY = 10_000  # bytes of an answer that are read
LATER = {408, 429}
OF_ALL = {401, 403, 404}  # they say that the set-up is wrong, not an event
LONGEST_WAIT = 3_600.0


class Verdict(Enum):
    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    SHUT = "shut"  # nothing at all is taken: a key is wrong, or an address


@dataclass(frozen=True, slots=True)
class Request:
    url: str
    body: dict[str, Any]
    headers: dict[str, str]
    secret: str


@dataclass(frozen=True, slots=True)
class Answer:
    verdict: Verdict
    reason: str = ""
    wait: float = 0.0  # seconds the destination asks for
    body: bytes = b""
    is_broken: bool = False  # it answered, but with an error of its own


def post(request: Request) -> Answer:
    """Never raises for what the network or the destination does."""
    until = time.monotonic() + PATIENCE
    try:
        response = _pool().request(
            "POST",
            request.url,
            body=orjson.dumps(request.body),
            headers={"Content-Type": "application/json", "User-Agent": "scrollshop"} | request.headers,
            redirect=False,
            preload_content=False,
        )
        try:
            body = _read(response, until)
        finally:
            response.release_conn() if response.length_remaining == 0 else response.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        # The text of these errors holds the address, and that may hold the key.
        return Answer(Verdict.LATER, f"It could not be reached: {type(error).__name__}.")
    return _judged(response, _without(request.secret, body))


@cache
def _pool() -> urllib3.PoolManager:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, total=PATIENCE)
    return urllib3.PoolManager(retries=False, timeout=timeout, maxsize=1)


def _read(response: urllib3.BaseHTTPResponse, until: float) -> bytes:
    body = b""
    while len(body) < BODY and (part := response.read1(BODY)):
        body += part
        if time.monotonic() > until:
            raise TimeoutError
    return body[:BODY]


def _judged(response: urllib3.BaseHTTPResponse, body: bytes) -> Answer:
    status = response.status
    if 200 <= status < 300:
        return Answer(Verdict.TAKEN, body=body)
    said = " ".join(body.decode(errors="replace").split())[:120]
    reason = f"It answered {status}{': ' + said if said else ''}."
    if status in LATER or status >= 500:
        return Answer(Verdict.LATER, reason, _wait(response.headers.get("Retry-After", "")), is_broken=status >= 500)
    shut = status in OF_ALL or status < 400
    return Answer(Verdict.SHUT if shut else Verdict.REFUSED, reason)


def _without(secret: str, body: bytes) -> bytes:
    """A destination may repeat what it was sent, and what it says is shown."""
    for known in (secret, quote(secret), quote_plus(secret)):
        body = body.replace(known.encode(), b"...")
    return body.replace(b"\0", b"")


def _wait(header: str) -> float:
    """Seconds of a Retry-After, which is a number of them or a date; an hour at most."""
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except ValueError:
            return 0.0
    return min(max(0.0, seconds), LONGEST_WAIT)
