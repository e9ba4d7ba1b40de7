"""Which event of an instant a line is: one that is stored already, or the next one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from journey.models import Event
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

    def _look_up(self, instants: Iterable[Instant]) -> None:
        found: defaultdict[Instant, list[tuple[int, str, dict[str, Any]]]] = defaultdict(list)
        self._next.update(dict.fromkeys(instants, 0))
        events = Event.objects.filter(
            participant__in={number for number, _ in instants}, trail__in={trail for _, trail in instants}
        )
        rows = events.order_by("n").values_list("participant", "trail", "n", "step", "props")
        for number, trail, n, letter, props in rows:
            found[number, trail].append((n, letter, props or {}))
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
