"""What running experiments do to simulated buyers: their arm, what it draws, and the effect planted in it."""

from collections.abc import Callable

from analytics.simulation.people import Sight
from journey.designs import known_slots, known_values
from journey.models import Arm, Experiment
from journey.variants import design_for

PRODUCT_PAGE = "product/body"
ANCHOR_DELAY = "anchor_delay_ms"

# Variant slug → trait → factor. What a variant draws (blocks, the anchor's delay) works by itself, beside these.
EFFECTS: dict[str, dict[str, float]] = {
    "trust-first": {"cart": 1.12},
    "early-anchor": {"tap": 1.08},
}


def sights() -> Callable[[int], Sight]:
    """Participant → what they are shown, by the experiments that run now."""
    variants = dict(_running_variants())
    blocks, delay = known_slots()[PRODUCT_PAGE], known_values()[ANCHOR_DELAY]

    def sight_of(participant: int) -> Sight:
        design = design_for(participant)
        return Sight(
            design.arms,
            tuple(design.slots.get(PRODUCT_PAGE, blocks)),
            design.values.get(ANCHOR_DELAY, delay) / 1000,
            effects_of([variants.get(name, "") for name in design.arms.split(";")]),
        )

    return sight_of


def control(participant: int) -> Sight:
    """What everyone is shown outside experiments."""
    return Sight(blocks=tuple(known_slots()[PRODUCT_PAGE]), anchor_delay=known_values()[ANCHOR_DELAY] / 1000)


def effects_of(variants: list[str]) -> dict[str, float]:
    effects: dict[str, float] = {}
    for variant in variants:
        for trait, factor in EFFECTS.get(variant, {}).items():
            effects[trait] = effects.get(trait, 1) * factor
    return effects


def _running_variants() -> list[tuple[str, str]]:
    """("experiment=arm", slug of its variant) as the arms of a context are written."""
    arms = Arm.objects.filter(experiment__state=Experiment.State.RUNNING, variant__isnull=False)
    names = arms.values_list("experiment__slug", "slug", "variant__slug")
    return [(f"{experiment}={arm}", variant) for experiment, arm, variant in names]
