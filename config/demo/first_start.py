"""What is done once for a database: catalogue, experiments, journeys. A step that was cut short is done again."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from analytics.counts.collecting import settle
from analytics.counts.recounting import recount_all
from analytics.dashboard.split import count_arms
from analytics.diagnosis.asking import today
from analytics.diagnosis.keeping import keep
from config.demo_experiments import start_demo_experiments
from journey.models import Participant

DAYS = 30
SEED = 7


def prepare(journeys: int, say: Callable[[str], None]) -> None:
    """The steps that this database has not seen, in order; each is remembered once it is through."""
    notes = _Notes(settings.DATA_DIR / "first-start.json")
    if not notes.say("catalogue"):
        say("Filling the shop …")
    call_command("load_demo", verbosity=0)  # every time: a newer version may have more to give
    if not notes.say("catalogue"):
        start_demo_experiments()
        notes.remember("catalogue")
    if not notes.say("journeys"):
        if notes.say("journeys begun"):
            _forget_simulated()
        notes.remember("journeys begun")
        if journeys:
            say(f"Simulating {journeys:,} journeys of the last {DAYS} days …")
            call_command("simulate", journeys=journeys, days=DAYS, seed=SEED, through="pipeline")
            for day in (today() - timedelta(1), today()):  # so that it can be said what has changed
                keep(day)
            count_arms()
        notes.remember("journeys")


def _forget_simulated() -> None:
    """Resumed on another day, the simulation would bring other people: those of the first try must not stay."""
    settle()
    Participant.objects.filter(kind=Participant.Kind.SIMULATED).delete()
    recount_all()


class _Notes:
    """Steps done, kept for the one database they were done in: another one, or a new one, starts afresh."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = _birth_certificate()
        kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        self._done: list[str] = kept.get("done", []) if kept.get("database") == self._database else []

    def say(self, step: str) -> bool:
        return step in self._done

    def remember(self, step: str) -> None:
        self._done.append(step)
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps({"database": self._database, "done": self._done}))
        draft.replace(self._path)


def _birth_certificate() -> str:
    """When its first migration ran, to the microsecond: no two databases share that."""
    first = MigrationRecorder.Migration.objects.earliest("id")
    return str(first.applied)
