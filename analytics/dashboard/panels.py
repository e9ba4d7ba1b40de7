"""A panel is a callable and a template. Each stands alone: one that fails says so, and the others are shown."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from analytics.dashboard.moment import Moment

logger = logging.getLogger(__name__)

FAILED = "This part cannot be shown now; nothing else depends on it. What it says: "


@dataclass(frozen=True, slots=True)
class Panel:
    """`read` gives its template everything it draws; without the permission `may` it is left out.

    What is None has nothing to say today, and takes no place.
    """

    name: str
    title: str
    may: str
    read: Callable[[Moment], dict[str, Any] | None]
    is_wide: bool = False

    @property
    def template(self) -> str:
        return f"admin/analytics/dashboard/{self.name}.html"


@dataclass(frozen=True, slots=True)
class Shown:
    panel: Panel
    html: str
    trouble: str = ""


def shown(panels: Iterable[Panel], moment: Moment, request: HttpRequest) -> list[Shown]:
    """The panels this user may see, drawn."""
    mine = (panel for panel in panels if request.user.has_perm(panel.may))
    return [drawn for panel in mine if (drawn := _drawn(panel, moment, request))]


def _drawn(panel: Panel, moment: Moment, request: HttpRequest) -> Shown | None:
    try:
        content = panel.read(moment)
        if content is None:
            return None
        return Shown(panel, render_to_string(panel.template, content | {"moment": moment}, request))
    except Exception as error:
        logger.warning("The panel “%s” cannot be shown", panel.title, exc_info=True)
        return Shown(panel, "", f"{FAILED}{error or type(error).__name__}")
