"""Leave a block or a stage out: one experiment that has an arm without each of them, to learn what they contribute."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from journey import designs
from journey.models import Arm, Experiment, Variant
from journey.variants import control

WEIGHT = 10  # of an arm; the control is in every comparison, so it gets √arms times as much (Dunnett 1955)
ARM_LETTERS, EXPERIMENT_LETTERS = 20, 40


@dataclass(frozen=True)
class Omission:
    """A design without one thing: a block of a slot, or what a yes-or-no value turns off."""

    name: str
    slots: dict[str, list[str]]
    values: dict[str, Any]

    @property
    def problems(self) -> list[str]:
        """Why the page would be broken without it."""
        return designs.problems(self.slots, self.values)


def omissions_of(slot: str) -> list[Omission]:
    """One for each block that everyone sees in a slot, and for each value that is on for everyone on its page."""
    everyone = control()
    blocks = everyone.slots.get(slot, designs.known_slots()[slot])
    switches = {
        name: everyone.values.get(name, value.control) for name, value in designs.values_of(page_of(slot)).items()
    }
    return [
        *(Omission(block, {slot: [other for other in blocks if other != block]}, {}) for block in blocks),
        *(Omission(name, {}, {name: False}) for name, on in switches.items() if on is True),
    ]


def page_of(slot: str) -> str:
    return slot.partition("/")[0]


@transaction.atomic
def draft_study(slot: str) -> tuple[Experiment, list[str]]:
    """The experiment as a draft, and in words what is no part of it. Raises ValidationError when nothing is left."""
    if slot not in designs.known_slots():
        raise ValidationError(f"There is no slot “{slot}”.")
    found = omissions_of(slot)
    studied = [omission for omission in found if not omission.problems]
    if not studied:
        raise ValidationError(f"Nothing of {in_words(slot)} can be left out.")
    words = in_words(slot)
    experiment = Experiment.objects.create(
        slug=_free(Experiment, f"without-{slot.replace('/', '-')}"[: EXPERIMENT_LETTERS - 4]),
        name=f"What each part of {words} contributes",
        hypothesis=f"Some parts of {words} help to sell and some do not: whoever misses one buys less, or more.",
    )
    Arm.objects.create(experiment=experiment, slug="control", weight=round(WEIGHT * sqrt(len(studied))))
    for omission, slug in zip(studied, _arm_slugs(studied), strict=True):
        Arm.objects.create(experiment=experiment, slug=slug, weight=WEIGHT, variant=_variant(slot, omission))
    return experiment, [_refusal(omission) for omission in found if omission.problems]


def in_words(name: str) -> str:
    """product/body → product body"""
    return name.replace("/", " ").replace("_", " ")


def left_out(experiment: Experiment) -> dict[str, str]:
    """Arm → what it leaves out; empty when the experiment is no study of omissions.

    Read from what the arms draw: together they draw everything, and each of them misses one thing.
    """
    variants = {arm.slug: arm.variant for arm in experiment.arms.select_related("variant") if arm.variant}
    drawn: dict[str, set[str]] = {}
    for variant in variants.values():
        for slot, blocks in variant.slots.items():
            drawn.setdefault(slot, set()).update(blocks)
    if len(variants) == 1:  # nobody draws what it misses, but the templates
        drawn = {slot: blocks | set(designs.known_slots().get(slot, [])) for slot, blocks in drawn.items()}
    found = {slug: _missing(variant, drawn) for slug, variant in variants.items()}
    alone = all(len(missing) == 1 for missing in found.values())
    return {slug: missing[0] for slug, missing in found.items()} if alone else {}


def _missing(variant: Variant, drawn: dict[str, set[str]]) -> list[str]:
    blocks = [block for slot, mine in variant.slots.items() for block in sorted(drawn[slot] - set(mine))]
    known = designs.values()
    off = [name for name, on in variant.values.items() if on is False and name in known and known[name].control is True]
    return [*blocks, *off] if len(off) == len(variant.values) else []


def _variant(slot: str, omission: Omission) -> Variant:
    """The same design as in an earlier study, or a new one."""
    same = Variant.objects.filter(slots=omission.slots, values=omission.values).order_by("pk").first()
    if same:
        return same
    slug = _free(Variant, f"without-{page_of(slot)}-{omission.name}"[:44])
    name = f"Without {in_words(omission.name)}"
    return Variant.objects.create(
        slug=slug, name=f"{name} ({page_of(slot)})", slots=omission.slots, values=omission.values
    )


def _arm_slugs(omissions: Sequence[Omission]) -> Iterable[str]:
    """no-price; of two that begin alike in the letters there are, the second is numbered."""
    taken: set[str] = set()
    for omission in omissions:
        name = f"no-{omission.name}"
        slug, n = name[:ARM_LETTERS], 2
        while slug in taken:
            slug, n = f"{name[: ARM_LETTERS - 3]}-{n}", n + 1
        taken.add(slug)
        yield slug


def _refusal(omission: Omission) -> str:
    return f"“{in_words(omission.name)}” is no part of the study. {omission.problems[0]}"


def _free(model: type[Experiment] | type[Variant], slug: str) -> str:
    n, free = 2, slug
    while model.objects.filter(slug=free).exists():
        free, n = f"{slug}-{n}", n + 1
    return free
