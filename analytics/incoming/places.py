"""Which event of an instant a line is: one that is stored already, or the next one."""

from collections import Counter, defaultdict
from typing import Any

import orjson
from django.db import connection

from journey.steps import Step

Instant = tuple[int, int]  # participant and trail


class Places:
    """Gives the events of a file their `n`, in the order of the file.

    An event is known by what it says. So a file that goes on in the very second in which another one ended loses
    nothing, and one that says the same again adds nothing.
    """

    def __init__(self) -> None:
        self._stored: dict[Instant, list[tuple[int, str, dict[str, Any]]]] = {}  # not met in the file yet
        self._next: Counter[Instant] = Counter()

    def give(self, batches: list[dict[str, Any]]) -> None:
        """Batches of one event each, in the order of the file; called once for every part of it."""
        self._look_up({(batch["participant"], batch["trail"]) for batch in batches} - self._next.keys())
        for batch in batches:
            _, dt, step, props = batch["events"][0]
            n = self._place((batch["participant"], batch["trail"]), Step.named(step).letter, props)
            batch["events"] = [(n, dt, step, props)]

    def _look_up(self, instants: set[Instant]) -> None:
        found: defaultdict[Instant, list[tuple[int, str, dict[str, Any]]]] = defaultdict(list)
        self._next.update(dict.fromkeys(instants, 0))
        for number, trail, n, letter, props in _events_of(instants):
            found[number, trail].append((n, letter, orjson.loads(props) if props else {}))
            self._next[number, trail] = n + 1
        self._stored |= found

    def _place(self, instant: Instant, letter: str, props: dict[str, Any]) -> int:
        waiting = self._stored.get(instant, [])
        for event in waiting:
            if event[1:] == (letter, props):
                waiting.remove(event)
                return event[0]
        n = self._next[instant]
        self._next[instant] += 1
        return n


def _events_of(instants: set[Instant]) -> list[tuple[int, int, int, str, str | None]]:
    """(participant, trail, n, letter, props as text) of what is stored, in order."""
    if not instants:
        return []
    # Pairs, not two lists: the database would look for every number with every trail.
    pairs = ", ".join(["(%s, %s)"] * len(instants))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participant_id, trail, n, step, props FROM journey_event"  # noqa: S608
            f" WHERE (participant_id, trail) IN (VALUES {pairs}) ORDER BY participant_id, trail, n",
            [number for instant in instants for number in instant],
        )
        return list(cursor.fetchall())
