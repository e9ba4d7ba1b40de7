"""What experiments show simulated buyers: their arm at any time, what it draws, and what is planted in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from analytics.simulation.effects import Effect
from analytics.simulation.people import Sight, SightOf
from journey.designs import fitting, known_slots, known_values, values
from journey.models import Experiment, Variant
from journey.steps import Step
from journey.variants import ArmPlan, Design, Plan, assign, plans_of

PRODUCT_PAGE = "product/body"
ANCHOR_DELAY = "anchor_delay_ms"
PAGES = {
    Step.VIEW_FEED: "feed",
    Step.VIEW_PROFILE: "profile",
    Step.VIEW_ITEM: "product",
    Step.VIEW_CART: "cart",
    Step.BEGIN_CHECKOUT: "checkout",
}
ALWAYS = 1 << 62
State = Experiment.State


@dataclass(frozen=True, slots=True)
class Run:
    """An experiment, and from when until when it gives its arms."""

    plan: Plan
    since: int
    until: int


Drawn = tuple[dict[str, list[str]], dict[str, Any]]  # slots and values
Dealt = tuple[tuple[Run, ArmPlan], ...]


def sights(effects: Mapping[str, Effect] | None = None, alike: bool = False) -> SightOf:
    """Participant → what they are shown at any time. `effects`: "experiment=arm" → what is planted in it.

    `alike`: the running experiments run all the time, and all arms look like the control: nothing but what is planted
    makes a difference. Else every experiment has its own time, and designs do what the model thinks they do.
    """
    runs, drawn = _runs(alike), _drawn(alike)
    planted = effects or {}

    def sight_of(participant: int, device: str, source: str) -> Sight:
        taking = (run for run in runs if run.plan.takes(participant, device, _joined(run.plan, source)))
        dealt = tuple((run, arm) for run in taking if (arm := assign(run.plan, participant)))
        mine = {name: planted[name] for run, arm in dealt if (name := f"{run.plan.slug}={arm.slug}") in planted}

        def by_then(moment: int) -> Sight:
            return drawn(tuple(pair for pair in dealt if pair[0].since <= moment < pair[0].until), moment)

        now = by_then(ALWAYS - 1)
        return Sight(now.arms, now.blocks, now.anchor_delay, now.exposed, mine, by_then)

    return sight_of


def control(participant: int = 0, device: str = "", source: str = "") -> Sight:
    """What everyone is shown outside experiments."""
    return Sight(blocks=tuple(known_slots()[PRODUCT_PAGE]), anchor_delay=known_values()[ANCHOR_DELAY] / 1000)


def asked_on(page: str) -> frozenset[str]:
    """The slots and values that a page of the shop is drawn from."""
    slots = (name for name in known_slots() if name.partition("/")[0] == page)
    used = (name for name, value in values().items() if any(f"/{page}/" in template for template in value.used_in))
    return frozenset((*slots, *used))


def _joined(plan: Plan, source: str) -> tuple[str, ...]:
    """Simulated buyers stay with the source of their first visit; none follows a link to a video."""
    return (plan.slug,) if plan.welcomes(source, "") else ()


def _runs(alike: bool) -> tuple[Run, ...]:
    if alike:
        return tuple(Run(plan, 0, ALWAYS) for plan in plans_of(running()))
    begun = Experiment.objects.filter(state__in=(State.RUNNING, State.STOPPED, State.DECIDED)).order_by("slug")
    ends = {experiment.slug: _moment(experiment.stopped_at, ALWAYS) for experiment in begun}
    return tuple(Run(plan, plan.since_us, ends[plan.slug]) for plan in plans_of(begun))


def running() -> "QuerySet[Experiment]":
    return Experiment.objects.filter(state=State.RUNNING).order_by("slug")


def _drawn(alike: bool) -> Callable[[Dealt, int], Sight]:
    """(arms, moment) → what they show, over what was shipped by then. There are few such pairs that differ."""
    shipped = [] if alike else [(_moment(one.shipped_at, 0), fitting(one.slots, one.values)) for one in _shipped()]
    known: dict[tuple[str, int], Sight] = {}

    def drawn(dealt: Dealt, moment: int) -> Sight:
        names = ";".join(f"{run.plan.slug}={arm.slug}" for run, arm in dealt)
        layers = sum(at <= moment for at, _ in shipped)
        if (names, layers) not in known:
            designs = [*(drawn for _, drawn in shipped[:layers]), *((arm.slots, arm.values) for _, arm in dealt)]
            known[names, layers] = _sight(_together(designs), names, tuple(run.plan for run, _ in dealt), alike)
        return known[names, layers]

    return drawn


def _together(designs: list[Drawn]) -> Drawn:
    """Where two change the same, the later one counts."""
    slots = {name: blocks for slots, _ in designs for name, blocks in slots.items()}
    return slots, {name: value for _, given in designs for name, value in given.items()}


def _sight(drawn: Drawn, names: str, plans: tuple[Plan, ...], alike: bool) -> Sight:
    (slots, given), usual, design = drawn, control(), Design({}, {}, names, plans)
    return Sight(
        names,
        usual.blocks if alike else tuple(slots.get(PRODUCT_PAGE, usual.blocks)),
        usual.anchor_delay if alike else given.get(ANCHOR_DELAY, 1000 * usual.anchor_delay) / 1000,
        {step: exposed for step, page in PAGES.items() if (exposed := design.exposed(asked_on(page)))},
    )


def _shipped() -> "QuerySet[Variant]":
    return Variant.objects.filter(shipped_at__isnull=False).order_by("shipped_at", "pk")


def _moment(at: datetime | None, otherwise: int) -> int:
    return int(at.timestamp() * 1_000_000) if at else otherwise
