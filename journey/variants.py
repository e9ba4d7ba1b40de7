"""Who sees which variant. The same participant always lands on the same arm."""

import time
from dataclasses import dataclass
from typing import Any

from django.core.signals import setting_changed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from journey.models import Arm, Experiment, Variant

RELOAD_SECONDS = 2.0  # how long another process may go on with the experiments it knows


@dataclass(frozen=True, slots=True)
class ArmPlan:
    slug: str
    weight: int
    slots: dict[str, list[str]]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """A running experiment, read once and used by every request."""

    slug: str
    arms: tuple[ArmPlan, ...]


@dataclass(frozen=True, slots=True)
class Design:
    """What one participant sees that the control does not show."""

    slots: dict[str, list[str]]
    values: dict[str, Any]
    arms: str


CONTROL = Design({}, {}, "")


def fnv1a32(text: str) -> int:
    """Fowler–Noll–Vo hash 1a, 32 bits."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def bucket(seed: str, participant: str) -> float:
    """A number in [0, 1) in steps of 1/10000: GrowthBook's hash, version 2, so that its test vectors are ours."""
    return fnv1a32(str(fnv1a32(seed + participant))) % 10_000 / 10_000


def assign(plan: Plan, participant: int) -> ArmPlan | None:
    """The arm of a participant, by hash: weights are shares, no memory needed. None when no arm has weight."""
    total = sum(arm.weight for arm in plan.arms)
    place = bucket(plan.slug, str(participant)) * total
    for arm in plan.arms:
        place -= arm.weight
        if place < 0:
            return arm
    return None


def design_for(participant: int) -> Design:
    slots: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    names = []
    for plan in running():
        if arm := assign(plan, participant):
            slots |= arm.slots
            values |= arm.values
            names.append(f"{plan.slug}={arm.slug}")
    return Design(slots, values, ";".join(names))


_known: tuple[float, tuple[Plan, ...]] | None = None


def running() -> tuple[Plan, ...]:
    """The running experiments, sorted by slug; asks the database at most every two seconds in each process."""
    global _known
    known, now = _known, time.monotonic()  # another thread may forget them at any moment
    if known is None or now - known[0] > RELOAD_SECONDS:
        _known = known = now, _read()
    return known[1]


def _read() -> tuple[Plan, ...]:
    experiments = Experiment.objects.filter(state=Experiment.State.RUNNING).order_by("slug")
    return tuple(
        Plan(experiment.slug, tuple(_arm_plan(arm) for arm in experiment.arms.all()))
        for experiment in experiments.prefetch_related("arms__variant")
    )


def _arm_plan(arm: Arm) -> ArmPlan:
    variant = arm.variant
    return ArmPlan(arm.slug, arm.weight, variant.slots if variant else {}, variant.values if variant else {})


@receiver([post_save, post_delete], sender=Experiment)
@receiver([post_save, post_delete], sender=Arm)
@receiver([post_save, post_delete], sender=Variant)
@receiver(setting_changed)
def forget(**kwargs: object) -> None:
    """What is saved in the admin shows at once in the process that saved it."""
    global _known
    _known = None
