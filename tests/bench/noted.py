"""Figures as they come, a line each: a run that is interrupted leaves what it has, and the page is drawn from the last
of each name."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "var" / "bench" / "results.jsonl"


def note(what: str, name: str, figures: dict[str, Any]) -> None:
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("a") as file:
        file.write(json.dumps({"what": what, "name": name, "at": f"{datetime.now(UTC):%F %T}", **figures}) + "\n")


def noted(what: str) -> dict[str, dict[str, Any]]:
    """Name → everything that was noted of it, the latest of each figure."""
    found: dict[str, dict[str, Any]] = {}
    for line in FILE.read_text().splitlines() if FILE.exists() else ():
        one = json.loads(line)
        if one.pop("what") == what:
            name = one.pop("name")
            found[name] = found.get(name, {}) | one
    return found
