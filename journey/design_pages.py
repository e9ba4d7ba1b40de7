"""What the editor of a design offers, page by page; and what it shows of a design that is being written."""

from importlib import import_module
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest

from journey import designs, previews
from journey.values import Value


def offered() -> dict[str, Any]:
    """Pages with their slots and blocks, and the values each page reads: all from the code itself."""
    look = import_module(settings.DESIGN_PAGES)
    addresses = look.addresses()
    pages = sorted({slot.partition("/")[0] for slot in designs.known_slots()})
    return {
        "pages": [
            {
                "name": page,
                "address": addresses.get(page, ""),
                "slots": [
                    {
                        "name": name,
                        "control": blocks,
                        "blocks": designs.drawings(page),
                        "needs": designs.needed_blocks()[name],
                    }
                    for name, blocks in sorted(designs.known_slots().items())
                    if name.partition("/")[0] == page
                ],
                "values": [_value(value) for value in designs.values_of(page).values()],
            }
            for page in pages
        ],
        "languages": dict(settings.LANGUAGES),
        "for_the_cart": look.something_to_buy(),
    }


def seen(request: HttpRequest, name: str, slots: Any, values: Any) -> dict[str, Any]:
    """What is wrong with a design; or the token that shows it, and the link and picture for one's own phone."""
    if problems := designs.problems(slots, values):
        return {"problems": problems}
    token = previews.token(name or "a design", slots, values)
    link = request.build_absolute_uri(f"/?{previews.PARAMETER}={token}")
    return {"token": token, "link": link, "qr": segno.make(link, error="l").svg_data_uri(scale=3, border=2)}


def _value(value: Value) -> dict[str, Any]:
    kinds = {bool: "flag", int: "number", str: "choice", dict: "words"}
    return {
        "name": value.name, "control": value.control, "about": value.about, "kind": kinds[type(value.control)],
        "low": value.low, "high": value.high, "choices": list(value.choices),
        "places": list(value.places),
    }  # fmt: skip
