"""Figures as evidence: a share with its interval, or a number, and what it is held against."""

from collections.abc import Sequence
from dataclasses import replace

from analytics.diagnosis.bands import Band
from analytics.diagnosis.verdicts import BARS, CURVE, Evidence
from analytics.shares import Share
from analytics.written import amount

Points = tuple[tuple[str | float, float], ...]


def rate(label: str, found: Share, band: Band | None = None, points: Points = (), chart: str = BARS) -> Evidence:
    limit, source = (band.limit, band.source) if band else (None, "")
    interval = found.low, found.high
    return Evidence(
        label, found.value, found.whole, *interval, band=limit, band_from=source, points=points, chart=chart
    )


def number(
    label: str, value: float, n: int, unit: str, band: Band | None = None, ends: Sequence[float] = ()
) -> Evidence:
    """`ends` are those of its interval, where it has one."""
    limit, source = (band.limit, band.source) if band else (None, "")
    low, high = ends or (None, None)
    return Evidence(label, value, n, low, high, unit, limit, source)


def curve(label: str, found: Share, band: Band, points: Points, mark: float) -> Evidence:
    """A share read off a curve, at the place that is marked."""
    return replace(rate(label, found, band, points, CURVE), mark=mark)


def percent(value: float) -> str:
    """As it is said: 71 %, 4 %, 0.4 %, 0.03 %."""
    shown = 100 * value
    digits = 0 if shown >= 10 or not shown else 1 if shown >= 1 else 2
    text = f"{shown:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


money = amount  # the currency stands beside it


def listed(parts: Sequence[str]) -> str:
    """a, b, and c"""
    return ", and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
