"""Where those went who did not go on, arm by arm: after the step that loses most."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analytics.answers.next_steps import LEFT
from analytics.experiments.exposures import furthest
from analytics.experiments.rows import Row
from analytics.semantics.funnels import Funnel
from journey.steps import Step

SHOWN = 8  # what came next: the rest is added up
REST = ""


@dataclass(frozen=True, slots=True)
class Went:
    """`n` of the lost of one arm."""

    n: int
    percent: float
    url: str  # the journeys; empty for what is added up


@dataclass(frozen=True, slots=True)
class Drop:
    """`before` is the label of the step they had reached, `label` of the one they did not."""

    before: str
    label: str
    lost: dict[str, Went]  # arm → all of them, as a share of all exposed
    went: list[tuple[str, list[Went]]]  # what came next → one an arm, in the order of `lost`


def worst_step(rows: Iterable[Row], funnel: Funnel) -> int | None:
    """The required step up to the goal before which most participants of all arms are lost; None where nobody is."""
    stopped: Counter[int] = Counter()
    for row in rows:
        last = furthest(funnel, row.reached)
        nexts = (k for k in funnel.required if k <= funnel.goal and (last is None or k > last))
        if (step := next(nexts, None)) is not None:
            stopped[step] += row.n
    return max(stopped, key=lambda step: (stopped[step], -step), default=None)


def drop_of(
    found: Sequence[tuple[str, str, int]],
    exposed: dict[str, int],
    funnel: Funnel,
    step: int,
    link: Callable[[str, str], str],
) -> Drop:
    """`found`: (arm, letter of what came next, participants) of the lost; `link`: (arm, next step) → their journeys."""
    by_arm: dict[str, Counter[str]] = {arm: Counter() for arm in exposed}
    for arm, letter, n in found:
        if arm in by_arm:
            by_arm[arm][Step.of_letter(letter).value if letter else LEFT] += n
    often = sum(by_arm.values(), Counter()).most_common()
    shown, rest = [name for name, _ in often[:SHOWN]], [name for name, _ in often[SHOWN:]]

    def went(arm: str, names: Sequence[str], url: str) -> Went:
        n, everyone = sum(by_arm[arm][name] for name in names), by_arm[arm].total()
        return Went(n, 100 * n / everyone if everyone else 0.0, url)

    lines = [(name, [went(arm, [name], link(arm, name)) for arm in by_arm]) for name in shown]
    lines += [(REST, [went(arm, rest, "") for arm in by_arm])] if rest else []
    before = funnel.before(step)
    lost = {
        arm: Went(n := seen.total(), 100 * n / exposed[arm] if exposed[arm] else 0.0, link(arm, ""))
        for arm, seen in by_arm.items()
    }
    return Drop("the exposure" if before is None else funnel.labels[before], funnel.labels[step], lost, lines)
