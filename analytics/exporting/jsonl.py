"""An event as a line of JSON that `import_events` makes the very same event of."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import orjson

from analytics.exporting import names
from analytics.exporting.events import Exported
from analytics.incoming.foreign import EPOCH, MICROSECOND
from journey.models.participant import code_of
from journey.steps import Step

OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z


def written(chunks: Iterable[list[Exported]], with_names: bool = False) -> Iterator[bytes]:
    """One piece of a file for each chunk of events."""
    for events in chunks:
        yield b"".join(orjson.dumps(_line(event, with_names), option=OPTIONS) for event in events)


def moment(at: int) -> datetime:
    """The time of so many microseconds, to the microsecond."""
    return EPOCH + at * MICROSECOND


def _line(event: Exported, with_names: bool) -> dict[str, Any]:
    """`trail` is text: numbers of JavaScript, and of what is written in it, end at 2^53."""
    step = Step.of_letter(event.letter)
    line: dict[str, Any] = {
        "participant": code_of(event.participant),
        "trail": str(event.trail),
        "n": event.n,
        "at": moment(event.at),
        "step": step.value,
        "kind": event.kind,
    }
    for name in ("label", "study", "device", "browser", "source", "campaign", "arms"):
        if value := getattr(event, name):
            line[name] = value
    if event.props:
        line["props"] = orjson.Fragment(event.props)
    return line | _named(step, event.props) if with_names else line


def _named(step: Step, props: str | None) -> dict[str, str | None]:
    kind = orjson.loads(props).get("kind") if props and step is Step.VIDEO_ENGAGE else None
    return {"ga4": names.ga4(step, kind), "tiktok": names.tiktok(step)}
