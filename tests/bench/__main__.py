"""Runs all benchmarks and writes their tables to docs/benchmarks.md.

`--long` loads the house for minutes and asks reports of a million journeys. `--reports 100000 1000000` measures only
those, `--pages` pages and beacons, and `--experiments` what ten running ones cost a page: what is said of everything
else stays.
`--backlog` prints that table. Every figure is noted in var/bench/results.jsonl as it comes (noted.py).
"""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import funnel_tables, stage, tables
from tests.bench.noted import note, noted

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
ARMS = "tests.bench.arms"
LOAD, BACKLOG = "tests.bench.load", "tests.bench.backlog"
FUNNELS, EXACT = "tests.bench.funnels", "tests.bench.exact"
REPORTS = ("Reports over many journeys", "The same funnel elsewhere")


def main(is_long: bool) -> None:
    seconds, journeys = ("300", "45000") if is_long else ("20", "6000")
    here = [*measured_here(), *measured_arms()]
    loads = {
        "10,000 events/s": stage.in_a_process(LOAD, "--rate", "500", "--seconds", seconds),
        "1,000 events/s": stage.in_a_process(LOAD, "--rate", "50", "--seconds", "60" if is_long else "20"),
        "twice what is let in": stage.in_a_process(LOAD, "--rate", "1000", "--seconds", "20", "--capacity", "250"),
    }
    reports = measured_reports(["100000", "1000000"] if is_long else ["100000"])
    backlogs = measured_backlogs(journeys)
    text = "\n".join([head(), *here, tables.load(loads), tables.backlog(backlogs), tables.report(backlogs)])
    PAGE.write_text("\n".join([text, *reports]))
    sys.stdout.write(PAGE.read_text())


def only(titles: tuple[str, ...], measured: list[str]) -> None:
    """Sections of the page that were measured anew, in the place of those with the same titles."""
    begin, *sections = PAGE.read_text().split("\n## ")
    anew = {title: section.removeprefix("## ") for title, section in zip(titles, measured, strict=True)}
    kept = [anew.pop(section.splitlines()[0], section).rstrip() + "\n" for section in sections]
    PAGE.write_text("\n## ".join([begin, *kept, *anew.values()]))
    sys.stdout.write(PAGE.read_text())


def measured_arms() -> list[str]:
    return [tables.arms(stage.in_a_process(ARMS))]


def measured_reports(sizes: list[str]) -> list[str]:
    for size in sizes:
        for database in ("sqlite", "postgres"):
            stage.in_a_process(FUNNELS, database, size)
        note("exact", size, stage.in_a_process(EXACT, size))
    found = noted("reports")
    return [funnel_tables.reports(found), funnel_tables.ratios(found, list(noted("exact").values()))]


def measured_backlogs(journeys: str) -> dict[str, dict[str, Any]]:
    for database in ("sqlite", "postgres"):
        note("backlog", database, stage.in_a_process(BACKLOG, database, journeys))
    return noted("backlog")


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
        f" All of it is from one machine with two cores: {datetime.now(UTC):%Y-%m-%d},"
        f" Python {platform.python_version()}, a broker with an append-only file, SQLite where nothing else is said."
        " Machines differ and neighbours disturb, and a section may have been measured in a slower hour than another:"
        " read the ratios, and compare within a section. What other tools need was measured beforehand on a"
        " machine of the same kind.\n"
    )


if __name__ == "__main__":
    if "--reports" in sys.argv:
        only(REPORTS, measured_reports(sys.argv[2:]))  # without sizes: as noted before, also by an interrupted run
    elif "--experiments" in sys.argv:
        only((tables.ARMS,), measured_arms())
    elif "--pages" in sys.argv:
        only((tables.PAGES, tables.BEACONS), measured_here())
    elif "--backlog" in sys.argv:
        sys.stdout.write(tables.backlog(measured_backlogs((sys.argv[2:] or ["45000"])[0])))
    else:
        main("--long" in sys.argv)
