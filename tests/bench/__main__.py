"""Runs all benchmarks and writes their table to docs/benchmarks.md."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import stage

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def main() -> None:
    folder = stage.prepare()
    import django

    django.setup()
    from django.core.management import call_command

    with stage.broker(folder):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_demo", verbosity=0)
        stage.lay_the_floor()
        text = page()
    PAGE.write_text(text)
    sys.stdout.write(text)


def page() -> str:
    from tests.bench.events import collected_and_counted, report_ms
    from tests.bench.pages import beacons, cpu_per_page

    (floor, pages), accepted, stored = cpu_per_page(), beacons(), collected_and_counted()
    tables = [pages_table(floor, pages), events_table(accepted, stored), report_table(report_ms())]
    head = (
        "# Benchmarks\n\n`make bench` measures and writes this page. All of it is from one run on one machine:"
        f" {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, SQLite, a broker with an append-only"
        " file, one web worker. Machines differ and neighbours disturb: read the ratios.\n"
    )
    return "\n".join([head, *tables])


def pages_table(floor: float, pages: dict[str, dict[str, float]]) -> str:
    rows = [
        f"| {name} | {ms['off']:.2f} | {ms['on']:.2f} | {ms['known']:.2f} | {ms['on'] / ms['off']:.2f} |"
        f" {ms['on'] / floor:.2f} | {ms['known'] / floor:.2f} |"
        for name, ms in pages.items()
    ]
    return "\n".join(
        [
            "## CPU of a page, in milliseconds\n",
            "| Page | instrument off | on | for a known buyer | on / off | on / floor | known / floor |",
            "|---|---:|---:|---:|---:|---:|---:|",
            *rows,
            f"\nThe floor is {floor:.2f} ms: three ORM queries, a small template and five middlewares, nothing of ours"
            " (`tests/bench/floor`); it sends its page plain, ours leave compressed, as browsers ask for them."
            " The best of five rounds, the servers taking turns; a page was drawn before, as"
            " all but the first after a change are. The health check is no page.\n",
        ]
    )


def events_table(accepted: dict[str, float], stored: dict[str, float]) -> str:
    speeds = {
        "accepted over HTTP, in beacons of 20": accepted["events_per_s"],
        "collected: stream → rows": stored["collected_per_s"],
        "counted: rows → journeys → counts": stored["counted_per_s"],
    }
    slowest = min(speeds.values())
    rows = [f"| {name} | {speed:,.0f} | {speed / slowest:.1f} |" for name, speed in speeds.items()]
    return "\n".join(
        [
            f"## Events a second\n\n{stored['events']:,} events of a simulated month.\n",
            "| | events/s | against the slowest |",
            "|---|---:|---:|",
            *rows,
            f"\nOne client, one web worker; a beacon costs {accepted['ms_per_beacon']:.2f} ms of CPU,"
            f" {accepted['ms_per_beacon'] / 20:.3f} ms an event.\n",
        ]
    )


def report_table(report: dict[str, float]) -> str:
    rows = [f"| {name} | {ms:.1f} |" for name, ms in report.items()]
    return "\n".join(["## The six-stage report, in milliseconds\n", "| Breakdown | ms |", "|---|---:|", *rows, ""])


if __name__ == "__main__":
    main()
