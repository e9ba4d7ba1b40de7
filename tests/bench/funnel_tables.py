"""The tables of reports in docs/benchmarks.md."""

from typing import Any

from tests.bench.tables import Figures, table

# Seconds of Umami's own funnel report over 2 million events, its window a year, on a machine like this one.
UMAMI_REPORT = 2.59


def reports(found: Figures) -> str:
    rows = [
        f"| {name} | {f['journeys']:,} | {f['events']:,} | {f['saved_ms']:.1f} |"
        f" {f['saved_first_ms']:.0f} | {f['first_s']:.1f} | {f['adhoc_s']:.3f} | {f['by_video_s']:.2f} |"
        f" {f['participants_s']:.2f} | {f['new_s']:.0f} |"
        for name, f in found.items()
        if "counts" in f
    ]
    return table(
        "Reports over many journeys",
        "Database | journeys | events | saved report, ms | the first time in a process, ms |"
        " ad hoc, the first time, s | ad hoc, s | by video, s | participants, s | a new saved report over all days, s",
        rows,
        "Ad hoc are seven steps in order within a year, split by device; by video has thousands of rows; participants"
        " are walks over several days. The first time, a month of days is built as columns, which a periodic task does"
        " otherwise. A saved report reads counts; what it read is remembered in a process until a day changes."
        f" Umami's funnel report took {UMAMI_REPORT} s over two million events.",
    )


def ratios(found: Figures, exact: list[dict[str, Any]]) -> str:
    rows = [
        f"| ad hoc in {name}, {f['events']:,} events, against SQL in levels on the same server | {f['adhoc_s']:.3f} |"
        f" {f['levels_s']:.2f} | {f['levels_s'] / f['adhoc_s']:.1f} | {_same(f['counts'], f['levels_counts'])} |"
        for name, f in found.items()
        if "levels_s" in f
    ]
    rows += [_exact(f) for f in exact]
    return table(
        "The same funnel elsewhere",
        "What | ours, s | theirs, s | times as fast | the same seven counts",
        rows,
        "SQL in levels is how Umami asks: a common table expression a step, joined to the one before, over a table of"
        " journey, time and step with the two covering indexes it wants; without a breakdown, ours with one. Raw events"
        " are columns of journey, time and step, in the order of journey and time, in memory here and in a MergeTree"
        f" there, two threads each. {_bound(exact)}",
    )


def _exact(f: dict[str, Any]) -> str:
    what = f"raw events, {f['events']:,}, against ClickHouse's windowFunnel"
    if "clickhouse_s" not in f:
        return f"| {what} | {f['ours_s']:.3f} | not measured: chdb is not installed | | |"
    same = _same(f["counts"], f["clickhouse_counts"])
    return f"| {what} | {f['ours_s']:.3f} | {f['clickhouse_s']:.3f} | {f['clickhouse_s'] / f['ours_s']:.1f} | {same} |"


def _bound(exact: list[dict[str, Any]]) -> str:
    said = (f"{f['ours_s'] / f['bound_s']:.1f} times for {f['events']:,}" for f in exact)
    return f"Reading these columns once is the least that can be done; ours took {', '.join(said)}."


def _same(ours: list[int], theirs: list[int]) -> str:
    return "yes" if ours == theirs else f"no: {ours} and {theirs}"
