"""Runs all benchmarks and writes their tables to docs/benchmarks.md. `--long` loads the house for minutes."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import stage, tables

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
LOAD, BACKLOG = "tests.bench.load", "tests.bench.backlog"


def main(is_long: bool) -> None:
    seconds, journeys = ("300", "45000") if is_long else ("20", "6000")
    here = measured_here()
    loads = {
        "10,000 events/s": stage.in_a_process(LOAD, "--rate", "500", "--seconds", seconds),
        "1,000 events/s": stage.in_a_process(LOAD, "--rate", "50", "--seconds", "60" if is_long else "20"),
        "twice what is let in": stage.in_a_process(LOAD, "--rate", "1000", "--seconds", "20", "--capacity", "250"),
    }
    backlogs = {name: stage.in_a_process(BACKLOG, name, journeys) for name in ("sqlite", "postgres")}
    text = "\n".join([head(), *here, tables.load(loads), tables.backlog(backlogs), tables.report(backlogs)])
    PAGE.write_text(text)
    sys.stdout.write(text)


def measured_here() -> list[str]:
    """Pages and beacons, on one database that stays."""
    folder = stage.prepare()
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench import ingest
    from tests.bench.pages import cpu_per_page

    with stage.broker(folder):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_demo", verbosity=0)
        stage.lay_the_floor()
        return [
            tables.pages(*cpu_per_page()),
            tables.beacons(ingest.cpu_per_request(), ingest.accepted_per_second()),
        ]


def head() -> str:
    return (
        "# Benchmarks\n\n`make bench` measures and writes this page (`make bench ARGS=--long` loads it for minutes)."
        f" All of it is from one run on one machine with two cores: {datetime.now(UTC):%Y-%m-%d},"
        f" Python {platform.python_version()}, a broker with an append-only file, SQLite where nothing else is said."
        " Machines differ and neighbours disturb: read the ratios. What other tools need was measured beforehand on a"
        " machine of the same kind.\n"
    )


if __name__ == "__main__":
    main("--long" in sys.argv)
