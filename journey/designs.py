"""What a variant may change: every slot with its blocks, every value with its control, read from the code itself."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from journey.values import Value, together, values_in

SLOT_TAG = re.compile(r"""{%\s*slot\s+"([\w/]+)"((?:\s+"\w+")*)(?:\s+needs((?:\s+"\w+")+))?(?:\s+of\s+[\w.]+)?\s*%}""")
BLOCK_FOLDER = "shop/blocks"


def block_template(slot: str, block: str) -> str:
    """Slot "product/body" takes its blocks from the folder of the page "product"."""
    return f"{BLOCK_FOLDER}/{slot.partition('/')[0]}/{block}.html"


@cache
def known_slots() -> dict[str, list[str]]:
    """Slot name → the control's blocks, as the templates write them."""
    return {name: _quoted(blocks) for name, blocks, _ in _slot_tags()}


@cache
def needed_blocks() -> dict[str, list[str]]:
    """Slot name → blocks its page does not work without: {% slot "checkout/body" … needs "address" %}."""
    return {name: _quoted(needed) for name, _, needed in _slot_tags()}


def forget() -> None:
    """Templates are read again."""
    for known in (known_slots, needed_blocks, drawings, values):
        known.cache_clear()


@cache
def drawings(page: str) -> list[str]:
    """Every block drawn for a page: each is a file."""
    return sorted(path.stem for path in Path(settings.BASE_DIR, "templates", BLOCK_FOLDER, page).glob("*.html"))


@cache
def values() -> dict[str, Value]:
    """Value name → its control, meaning and limits, as `{% value %}` and `{% words %}` write them; and where used."""
    folder = Path(settings.BASE_DIR, "templates")
    texts = ((str(path.relative_to(folder)), path.read_text()) for path in sorted(folder.rglob("*.html")))
    return together((name, value) for name, text in texts for value in values_in(text))


def known_values() -> dict[str, Any]:
    """Value name → its control."""
    return {name: value.control for name, value in values().items()}


def values_of(page: str) -> dict[str, Value]:
    """Those that a page reads in its own templates and blocks, or that are named after it."""
    return {name: value for name, value in values().items() if _is_read_on(page, value)}


def problems(slots: Any, values: Any) -> list[str]:
    """Why a variant with these slots and values cannot be drawn; empty when it can."""
    if not isinstance(slots, dict) or not isinstance(values, dict):
        return ["Slots and values are both objects: {…}."]
    return [*_slot_problems(slots), *_value_problems(values)]


def fitting(slots: dict[str, Any], given: dict[str, Any]) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """What of a design can be drawn today: a block that a release took away leaves the control in its place."""
    known = values()
    return (
        {name: blocks for name, blocks in slots.items() if not problems({name: blocks}, {})},
        {name: known[name].read(value) for name, value in given.items() if not problems({}, {name: value})},
    )


def _slot_problems(slots: dict[str, Any]) -> Iterator[str]:
    for name, blocks in slots.items():
        if name not in known_slots():
            yield f"There is no slot “{name}”. Slots are: {', '.join(sorted(known_slots()))}."
        elif not isinstance(blocks, list) or not all(isinstance(block, str) for block in blocks):
            yield f"Slot “{name}” takes a list of block names."
        elif not blocks or len(set(blocks)) < len(blocks):
            yield f"Slot “{name}” takes at least one block, and each only once."
        else:
            yield from (f"No block “{block}” for slot “{name}”." for block in blocks if not _drawn(name, block))
            yield from (
                f"Slot “{name}” needs “{need}”: without it nobody gets any further on this page."
                for need in needed_blocks()[name]
                if not any(stands_in(block, need) for block in blocks)
            )


def stands_in(block: str, need: str) -> bool:
    """Another drawing of a block is named after it: address_short for address."""
    return block == need or block.startswith(f"{need}_")


def _value_problems(given: dict[str, Any]) -> Iterator[str]:
    for name, value in given.items():
        if name not in values():
            yield f"There is no value “{name}”. Values are: {', '.join(sorted(values()))}."
        elif problem := values()[name].problem(value):
            yield problem


def _drawn(slot: str, block: str) -> bool:
    if not re.fullmatch(r"\w+", block):
        return False
    try:
        get_template(block_template(slot, block))
    except TemplateDoesNotExist:
        return False
    return True


def _is_read_on(page: str, value: Value) -> bool:
    places = f"shop/{page}/", f"blocks/{page}/"
    return value.name.startswith(f"{page}_") or any(place in name for name in value.used_in for place in places)


def _slot_tags() -> Iterator[tuple[str, str, str]]:
    for text in _texts("templates", "*.html"):
        yield from SLOT_TAG.findall(text)


def _quoted(text: str) -> list[str]:
    return re.findall(r'"(\w+)"', text)


def _texts(folder: str, pattern: str) -> Iterator[str]:
    for path in sorted(Path(settings.BASE_DIR, folder).rglob(pattern)):
        yield path.read_text()
