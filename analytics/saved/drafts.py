"""A funnel's line taken apart for a form: texts that may still be wrong, so that a slip is shown where it stands."""

import re
from typing import TypedDict

BETWEEN = {mark: re.compile(rf"{re.escape(mark)}(?![^\[]*\])") for mark in ",|:"}  # not inside of brackets


class Draft(TypedDict):
    """One step of a form. `within` and `after` are windows as they are written, or empty."""

    takes: list[str]
    without: list[str]
    optional: bool
    within: str
    after: str
    label: str


def drafts(line: str, labels: list[str] | tuple[str, ...] = ()) -> list[Draft]:
    """What cannot be understood at all is left out: whoever reads the line says so."""
    found: list[Draft] = []
    without: list[str] = []
    for item in filter(None, (item.strip() for item in BETWEEN[","].split(line))):
        if item.startswith("!"):
            without += _names(item[1:])
            continue
        names, *says = (part.strip() for part in BETWEEN[":"].split(item))
        label = labels[len(found)] if len(found) < len(labels) else ""
        found.append(_draft(_names(names), without, says, label))
        without = []
    return found


def _draft(takes: list[str], without: list[str], says: list[str], label: str) -> Draft:
    said = dict(say.partition("=")[::2] for say in says)
    return Draft(
        takes=takes,
        without=without,
        optional="optional" in said,
        within=said.get("within", ""),
        after=said.get("after", ""),
        label=label,
    )


def _names(text: str) -> list[str]:
    return [name for name in (name.strip() for name in BETWEEN["|"].split(text)) if name]


def line_of(steps: list[Draft]) -> str:
    """The line again."""
    return ",".join(_item(step) for step in steps)


def _item(step: Draft) -> str:
    before = f"!{'|'.join(step['without'])}," if step["without"] else ""
    says = [*(["optional"] if step["optional"] else [])]
    says += [f"{word}={step[word]}" for word in ("within", "after") if step[word]]
    return before + ":".join(["|".join(step["takes"]), *says])
