"""What a variant may change: every slot with its blocks, every value with its control, read from the code itself."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

SLOT_TAG = re.compile(r"""{%\s*slot\s+"([\w/]+)"((?:\s+"\w+")*)(?:\s+of\s+[\w.]+)?\s*%}""")
VALUE_TAG = re.compile(r"""{%\s*value\s+"(\w+)"\s+([^%]+?)(?:\s+as\s+\w+)?\s*%}""")
BLOCK_FOLDER = "shop/blocks"


def block_template(slot: str, block: str) -> str:
    """Slot "product/body" takes its blocks from the folder of the page "product"."""
    return f"{BLOCK_FOLDER}/{slot.partition('/')[0]}/{block}.html"


@cache
def known_slots() -> dict[str, list[str]]:
    """Slot name → the control's blocks, as the templates write them."""
    found = {}
    for text in _texts("templates", "*.html"):
        for name, blocks in SLOT_TAG.findall(text):
            found[name] = re.findall(r'"(\w+)"', blocks)
    return found


@cache
def known_values() -> dict[str, Any]:
    """Value name → its control, as `request.journey.value(...)` and `{% value %}` write it."""
    found: dict[str, Any] = {}
    for text in _texts("templates", "*.html"):
        found |= {name: ast.literal_eval(control) for name, control in VALUE_TAG.findall(text)}
    for text in _texts("shop", "*.py"):
        found |= dict(_value_calls(ast.parse(text)))
    return found


def problems(slots: Any, values: Any) -> list[str]:
    """Why a variant with these slots and values cannot be drawn; empty when it can."""
    if not isinstance(slots, dict) or not isinstance(values, dict):
        return ["Slots and values are both objects: {…}."]
    return [*_slot_problems(slots), *_value_problems(values)]


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


def _value_problems(values: dict[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if name not in known_values():
            yield f"There is no value “{name}”. Values are: {', '.join(sorted(known_values()))}."
        elif type(value) is not type(known_values()[name]):
            yield f"Value “{name}” must be like its control, {known_values()[name]!r}."
        elif isinstance(value, int | float) and value < 0:
            yield f"Value “{name}” must not be below 0."


def _drawn(slot: str, block: str) -> bool:
    if not re.fullmatch(r"\w+", block):
        return False
    try:
        get_template(block_template(slot, block))
    except TemplateDoesNotExist:
        return False
    return True


def _texts(folder: str, pattern: str) -> Iterator[str]:
    for path in sorted(Path(settings.BASE_DIR, folder).rglob(pattern)):
        yield path.read_text()


def _value_calls(tree: ast.AST) -> Iterator[tuple[str, Any]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="value"), args=[ast.Constant(value=str(name)), control]):
                yield name, ast.literal_eval(control)
