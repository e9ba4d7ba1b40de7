"""Who sees which variant. The same participant always lands on the same arm."""

import time
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.signals import setting_changed
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from journey.designs import fitting
from journey.models import Arm, Experiment, Variant
from journey.trails import born
from journey.values import asked_names, over

MOST_KEPT = 2_000  # designs of participants in each process
RELOAD_SECONDS = 2.0  # how long another process may go on with the experiments it knows


@dataclass(frozen=True, slots=True)
class ArmPlan:
    slug: str
    weight: int
    slots: dict[str, list[str]]
    values: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """A running experiment, read once and used by every request."""

    slug: str
    arms: tuple[ArmPlan, ...]
    share: int = 100  # percent of participants
    visit: str = ""  # "new" or "returning", seen from its start
    devices: tuple[str, ...] = ()
    since_us: int = 0
    sources: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()

    def takes(self, participant: int, device: str, joined: Collection[str] = ()) -> bool:
        """Whether somebody takes part: always the same answer while nothing but its share grows.

        `joined`: the experiments that they have ever arrived for, see `welcomes`.
        """
        if self.by_arrival and self.slug not in joined:
            return False
        if self.share < 100 and place(self._share_seed, str(participant)) * 100 >= self.share:
            return False
        if self.devices and device not in self.devices:
            return False
        return not self.visit or self.visit == ("new" if born(participant) >= self.since_us else "returning")

    @property
    def by_arrival(self) -> bool:
        return bool(self.sources or self.videos)

    def welcomes(self, source: str, video: str) -> bool:
        """Whether who arrives from there, on this video, has joined: one such arrival is enough for ever."""
        return (not self.sources or source in self.sources) and (not self.videos or video in self.videos)

    @cached_property
    def seed(self) -> int:
        """The hash of the slug: that of a participant goes on from there, so a page does not hash it again."""
        return fnv1a32(self.slug)

    @cached_property
    def _share_seed(self) -> int:
        return fnv1a32(f"{self.slug}/share")

    @cached_property
    def touches(self) -> frozenset[str]:
        """Slots and values that its arms draw differently: who asks for one of them is exposed, whichever arm."""
        return frozenset(name for arm in self.arms for name in (*arm.slots, *asked_names(arm.values)))


@dataclass(frozen=True)
class Design:
    """What one participant sees that the control does not show."""

    slots: dict[str, list[str]]
    values: dict[str, Any]
    arms: str
    plans: tuple[Plan, ...] = ()  # of the experiments it is part of
    _stamps: dict[frozenset[str], str] = field(default_factory=dict, compare=False, repr=False)

    def stamp(self, names: frozenset[str]) -> str:
        """The same for everyone whose design says the same of these slots and values, whatever else it says."""
        if names not in self._stamps:
            known = {name.partition("@")[0] for name in names}  # words are asked for by language
            said = ({name: one for name, one in part.items() if name in known} for part in (self.slots, self.values))
            self._stamps[names] = repr((sorted(names), *(sorted(part.items()) for part in said)))
        return self._stamps[names]

    def exposed(self, asked: AbstractSet[str]) -> str:
        """The experiments that a page is part of which asked for these slots and values, joined by ";"."""
        return ";".join(plan.slug for plan in self.plans if not plan.touches.isdisjoint(asked))


def fnv1a32(text: str, value: int = 0x811C9DC5) -> int:
    """Fowler–Noll–Vo hash 1a, 32 bits; `value`: the hash of what comes before the text."""
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def bucket(seed: str, participant: str) -> float:
    """A number in [0, 1) in steps of 1/10000: GrowthBook's hash, version 2, so that its test vectors are ours."""
    return place(fnv1a32(seed), participant)


def place(hashed_seed: int, participant: str) -> float:
    return fnv1a32(str(fnv1a32(participant, hashed_seed))) % 10_000 / 10_000


def assign(plan: Plan, participant: int) -> ArmPlan | None:
    """The arm of a participant, by hash: weights are shares, no memory needed. None when no arm has weight."""
    left = place(plan.seed, str(participant)) * sum(arm.weight for arm in plan.arms)
    for arm in plan.arms:
        left -= arm.weight
        if left < 0:
            return arm
    return None


def design_for(participant: int, device: str = "", joined: Collection[str] = ()) -> Design:
    """What the arms of a participant draw, over what was shipped. It is kept: one page seldom comes alone."""
    kept, asked = _read_lately().designs, (participant, device, tuple(joined))
    if (found := kept.get(asked)) is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = kept[asked] = _dealt(*asked)
    return found


def _dealt(participant: int, device: str, joined: Collection[str]) -> Design:
    shipped = control()
    slots, values, names, plans = {**shipped.slots}, {**shipped.values}, [], []
    for plan in running():
        if plan.takes(participant, device, joined) and (arm := assign(plan, participant)):
            slots |= arm.slots
            values = over(values, arm.values)
            names.append(f"{plan.slug}={arm.slug}")
            plans.append(plan)
    return Design(slots, values, ";".join(names), tuple(plans))


def welcomed(source: str, video: str = "") -> list[str]:
    """Slugs of the running experiments that are for who arrives so."""
    return [plan.slug for plan in running() if plan.by_arrival and plan.welcomes(source, video)]


def control() -> Design:
    """What everyone outside experiments sees: the templates, and over them what was shipped."""
    return _read_lately().shipped


def running() -> tuple[Plan, ...]:
    """The running experiments, sorted by slug."""
    return _read_lately().plans


@dataclass(frozen=True)
class Known:
    """What a process knows of experiments, and the designs that follow from it for those who asked."""

    plans: tuple[Plan, ...]
    shipped: Design
    designs: dict[tuple[int, str, tuple[str, ...]], Design] = field(default_factory=dict, compare=False)


_known: tuple[float, Known] | None = None


def _read_lately() -> Known:
    """Asks the database at most every two seconds in each process."""
    global _known
    known, now = _known, time.monotonic()  # another thread may forget them at any moment
    if known is None or now - known[0] > RELOAD_SECONDS:
        read = Known(_read_plans(), _read_shipped())
        # Nothing has changed as a rule: then what was dealt stays.
        _known = known = now, known[1] if known and known[1] == read else read
    return known[1]


def _read_plans() -> tuple[Plan, ...]:
    return plans_of(Experiment.objects.filter(state=Experiment.State.RUNNING).order_by("slug"))


def plans_of(experiments: "QuerySet[Experiment]") -> tuple[Plan, ...]:
    """What requests need to know of these experiments."""
    return tuple(
        Plan(
            experiment.slug,
            tuple(_arm_plan(arm) for arm in experiment.arms.all()),
            experiment.share,
            experiment.visit,
            tuple(experiment.devices),
            int(experiment.started_at.timestamp() * 1_000_000) if experiment.started_at else 0,
            tuple(experiment.sources),
            tuple(experiment.videos),
        )
        for experiment in experiments.prefetch_related("arms__variant")
    )


def _read_shipped() -> Design:
    """Where two shipped variants change the same, the later one counts."""
    slots: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for variant in Variant.objects.filter(shipped_at__isnull=False).order_by("shipped_at", "pk"):
        drawn = fitting(variant.slots, variant.values)
        slots |= drawn[0]
        values = over(values, drawn[1])
    return Design(slots, values, "")


def _arm_plan(arm: Arm) -> ArmPlan:
    variant = arm.variant
    return ArmPlan(arm.slug, arm.weight, *(fitting(variant.slots, variant.values) if variant else ({}, {})))


@receiver([post_save, post_delete], sender=Experiment)
@receiver([post_save, post_delete], sender=Arm)
@receiver([post_save, post_delete], sender=Variant)
@receiver(setting_changed)
def forget(**kwargs: object) -> None:
    """What is saved in the admin shows at once in the process that saved it."""
    global _known
    _known = None
