"""The looks of a rule as a picture: the share as a line, what was usual as a band, what lay outside as dots."""

from dataclasses import dataclass

from analytics.alerts.models import AlertRule, Look

WIDTH, HEIGHT = 720.0, 150.0
MOST = {"hour": 7 * 24, "day": 70}


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    label: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Lengths are those of the picture; `top` is the share at its upper edge, in percent."""

    title: str
    band: str
    line: str
    dots: list[Dot]
    top: float
    first: str
    last: str
    looks: list[Look]  # the last ones, for the table


def chart(rule: AlertRule, span: str) -> Chart | None:
    """None when there is nothing to draw yet: one look is no line."""
    judged = Look.objects.filter(rule=rule, span=span, silent="", usual__isnull=False).order_by("-start")
    looks = list(judged[: MOST[span]])[::-1]
    if len(looks) < 2:
        return None
    top = min(1.0, 1.1 * max(max(look.high or 0, look.took) / look.n for look in looks)) or 1.0
    begin = looks[0].start.timestamp()
    scale = WIDTH / (looks[-1].start.timestamp() - begin)

    def at(look: Look, count: int) -> tuple[float, float]:
        return round((look.start.timestamp() - begin) * scale, 1), round(HEIGHT * (1 - count / look.n / top), 1)

    upper, lower = [at(look, look.high or 0) for look in looks], [at(look, look.low or 0) for look in looks]
    dots = [
        Dot(
            *at(look, look.took), f"{look.start:%a, %-d %b %H:%M}: {100 * look.took / look.n:.1f} %", bool(look.outside)
        )
        for look in looks
    ]
    return Chart(
        title=f"By the {span}",
        band=_points(upper + lower[::-1]),
        line=_points([(dot.x, dot.y) for dot in dots]),
        dots=dots if span == "day" else [dot for dot in dots if dot.is_outside],
        top=100 * top,
        first=f"{looks[0].start:%-d %b %H:%M}",
        last=f"{looks[-1].start:%-d %b %H:%M}",
        looks=looks[-12:][::-1],
    )


def _points(some: list[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in some)
