"""A report for machines and terminals: JSON, CSV and a plain table."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from analytics.answers.reports import FunnelReport, Line, Share
from analytics.semantics.funnels import SECOND_US

HEADS = ["step", "count", "from_previous", "previous_low", "previous_high", "from_first", "low", "high"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(report: FunnelReport) -> dict[str, Any]:
    """Rates between 0 and 1; null where nobody could have come from. low and high belong to from_first."""
    asked = report.question
    answer = {
        "steps": [step_of(line) for line in report.lines],
        "unit": asked.unit,
        "attribute": asked.attribute,
        "order": asked.funnel.order.value,
        "window_seconds": asked.funnel.window_us // SECOND_US,
        "from": asked.first.isoformat() if asked.first else None,
        "to": asked.last.isoformat() if asked.last else None,
        "steps_said": report.said,
        "steps_lost": report.missing,
        "journeys_unread": report.unread,
    }
    if asked.by:
        answer["segments"] = {segment.value: [step_of(line) for line in segment.lines] for segment in report.segments}
    return answer


def step_of(line: Line) -> dict[str, Any]:
    return {
        "step": line.label,
        "count": line.count,
        "from_previous": line.of_previous and line.of_previous.value,
        "from_first": line.of_first and line.of_first.value,
        "low": line.of_first and line.of_first.low,
        "high": line.of_first and line.of_first.high,
        "previous_low": line.of_previous and line.of_previous.low,
        "previous_high": line.of_previous and line.of_previous.high,
        "median_seconds": line.median_us and round(line.median_us / SECOND_US, 3),
    }


def as_csv(report: FunnelReport) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["segment", *HEADS, "median_seconds"])
    for segment, line in _rows(report):
        step = step_of(line)
        cells = [segment, *(step[head] for head in HEADS), step["median_seconds"]]
        writer.writerow(["" if cell is None else _safe(cell) for cell in cells])
    return text.getvalue()


def _safe(cell: Any) -> Any:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_table(report: FunnelReport) -> str:
    rows = [["", "step", "count", "of previous", "95 %", "of first", "95 %"]]
    rows += [
        [segment, line.label, f"{line.count:,}", *_told(line.of_previous), *_told(line.of_first)]
        for segment, line in _rows(report)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_padded(row, widths).rstrip() for row in rows)


def _padded(row: list[str], widths: list[int]) -> str:
    """Words to the left, numbers to the right."""
    words = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
    numbers = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
    return "  ".join([*(words if widths[0] else words[1:]), *numbers])


def _told(share: Share | None) -> tuple[str, str]:
    return (f"{share.value:.1%}", f"{share.low:.1%} – {share.high:.1%}") if share else ("–", "")


def _rows(report: FunnelReport) -> Iterator[tuple[str, Line]]:
    """All of it, then segment after segment."""
    yield from (("all" if report.segments else "", line) for line in report.lines)
    yield from ((segment.value, line) for segment in report.segments for line in segment.lines)
