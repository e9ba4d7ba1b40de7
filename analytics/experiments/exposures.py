"""What an experiment knows of one participant: when they were first exposed, to which arm, and what they did then.

A pure function of their events, so that it is counted again with them and is right after late events and repeats.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from analytics.answers.next_steps import LEFT, next_steps, place_of
from analytics.counts.journeys import QUIET_US, Contexts, Taken
from analytics.semantics.funnels import SECOND_US, Funnel
from analytics.semantics.walking import Walked, walk
from journey.steps import Step

MARK = '"exposed"'
SLOWEST_MS = 30_000  # a page that took longer counts as this: one forgotten tab must not outweigh a thousand pages


class Outcome(NamedTuple):
    """One participant's part in one experiment; the names are those of Unit."""

    experiment: str
    participant: int
    arm: str
    exposed_at: int
    crossed: bool  # seen in a second arm as well
    reached: int  # bit k: step k of the experiment's funnel within its window after the exposure
    before: int  # the same of what they did before it
    goal_us: int | None  # from the exposure to the funnel's goal
    revenue_cents: int
    revenue_before_cents: int
    refund_cents: int
    tickets: int
    errors: int
    purchases: int = 0
    loads: int = 0  # pages whose largest part's time was told
    load_ms: int = 0  # of all of them together
    gone_to: str = ""  # letter of what came after the last step reached; empty: nothing, or the goal was reached
    solved: int = 0
    answered_us: int | None = None  # until the first answer to the first ticket that was solved


def outcomes(events: Sequence[Taken], contexts: Contexts, funnels: Mapping[str, Funnel]) -> Iterator[Outcome]:
    """`events` of one participant in order; `funnels`: what each experiment looks at. Others are left out."""
    for experiment, exposures in _exposures(events, contexts).items():
        if experiment in funnels:
            yield _outcome(experiment, exposures, events, funnels[experiment])


def _exposures(events: Sequence[Taken], contexts: Contexts) -> dict[str, list[tuple[int, str]]]:
    """Experiment → (place among the events, arm) of each exposure."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, event in enumerate(events):
        if event.props and MARK in event.props:
            arms = dict(pair.split("=", 1) for pair in contexts[event.context][3].split(";") if "=" in pair)
            for experiment in str(orjson.loads(event.props).get("exposed", "")).split(";"):
                if experiment in arms:
                    found.setdefault(experiment, []).append((place, arms[experiment]))
    return found


def _outcome(experiment: str, exposures: list[tuple[int, str]], events: Sequence[Taken], funnel: Funnel) -> Outcome:
    (first, arm), at = exposures[0], events[exposures[0][0]].at
    until = at + funnel.window_us
    after = [event for event in events[first:] if event.at <= until]
    earlier = events[:first]
    way = _way(funnel, after)
    goal_at, loads = way.at[funnel.goal], _loads(after)
    return Outcome(
        experiment,
        events[0].participant,
        arm,
        at,
        any(other != arm for _, other in exposures),
        way.reached,
        _way(funnel, earlier).reached if earlier else 0,
        None if goal_at is None else goal_at - at,
        _cents(after, Step.PURCHASE),
        _cents(earlier, Step.PURCHASE),
        _cents(after, Step.REFUND),
        _times(after, Step.SUPPORT_OPEN),
        _times(after, Step.CHECKOUT_ERROR),
        _times(after, Step.PURCHASE),
        len(loads),
        sum(loads),
        _gone_to(funnel, way, after),
        _times(after, Step.SUPPORT_RESOLVED),
        _answered(after),
    )


def _way(funnel: Funnel, events: Sequence[Taken]) -> Walked:
    return walk(funnel, "".join(event.step for event in events), [event.at for event in events])


def furthest(funnel: Funnel, reached: int) -> int | None:
    """The last required step of those reached, up to the goal; None for who reached none of them."""
    return max((k for k in funnel.required if k <= funnel.goal and reached >> k & 1), default=None)


def _gone_to(funnel: Funnel, way: Walked, after: Sequence[Taken]) -> str:
    """What they did instead of the next step: the first thing of their own after the last one, in the same journey."""
    if way.reached >> funnel.goal & 1:
        return ""
    path, at = "".join(event.step for event in after), [event.at for event in after]
    last = furthest(funnel, way.reached)
    place = 0 if last is None else place_of(funnel, way, path, at, last)
    end = next((k for k in range(place + 1, len(at)) if at[k] - at[k - 1] > QUIET_US), len(at))
    hop = next_steps(path[place + 1 : end])[0]
    return "" if hop == LEFT else Step.named(hop).letter


def _props(events: Sequence[Taken], step: Step) -> Iterator[dict[str, Any]]:
    return (orjson.loads(event.props) for event in events if event.step == step.letter and event.props)


def _cents(events: Sequence[Taken], step: Step) -> int:
    values = (props.get("value") for props in _props(events, step))
    return sum(value for value in values if type(value) is int)


def _loads(events: Sequence[Taken]) -> list[int]:
    """Milliseconds until the largest part of each page was there, as its browser told."""
    told = (props.get("number") for props in _props(events, Step.WEB_VITAL) if props.get("name") == "LCP")
    return [min(SLOWEST_MS, round(ms)) for ms in told if isinstance(ms, int | float) and ms >= 0]


def _answered(events: Sequence[Taken]) -> int | None:
    waited = (props.get("seconds") for props in _props(events, Step.SUPPORT_RESOLVED))
    return next((seconds * SECOND_US for seconds in waited if type(seconds) is int and seconds >= 0), None)


def _times(events: Sequence[Taken], step: Step) -> int:
    return sum(event.step == step.letter for event in events)
