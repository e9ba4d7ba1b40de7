"""Every step one can choose, grouped by the stage it belongs to."""

from typing import TypedDict

from analytics.semantics.notation import BadQuestion, read
from journey.steps import Stage, Step

ANYWHERE = "Anywhere"
PROPERTIES = ("product", "video", "creator", "category")  # that a step of the form can be narrowed by


class Group(TypedDict):
    stage: str
    steps: list[tuple[str, str]]  # name and meaning


def vocabulary() -> list[Group]:
    stages: list[Stage | None] = [*Stage, None]
    return [
        Group(stage=_name(stage), steps=[(s.value, s.meaning) for s in Step if s.stage == stage]) for stage in stages
    ]


def may_say_more() -> bool:
    """Whether a step can be narrowed to what its events say."""
    try:
        return bool(read("view_item[product=serum]").steps)
    except BadQuestion:
        return False


def _name(stage: Stage | None) -> str:
    return f"{stage.value} {stage.name.replace('_', ' ').capitalize()}" if stage else ANYWHERE
