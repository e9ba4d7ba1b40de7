"""Drawings: HTML that is drawn once and shown to everyone, as long as the live state it was drawn from is the same."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.utils import timezone


@dataclass
class Drawing:
    """`read` gives the state that decides how it looks, and `key` is what it gave; `load` gives what blocks draw.

    Nothing of one buyer may be in either: what is kept is shown to everyone.
    """

    key: object
    read: Callable[[], object]
    load: Callable[[], dict[str, Any]]
    about: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def context(self) -> dict[str, Any]:
        """What blocks draw, from the database: asked for when a drawing is not kept yet."""
        return self.load()

    @cached_property
    def _state(self) -> str:
        return digest(_release(), _today(int(timezone.now().timestamp())), settings.CURRENCY, self.key)

    def kept(self, part: Hashable, make: Callable[[dict[str, Any]], Any]) -> Any:
        """What `make` makes of the context, made when it was never made of this state."""
        if settings.DEBUG:  # templates change under a running server
            return make(self.context)
        name = f"{_named(part)}{self._state}"
        made = caches["drawings"].get(name)
        if made is None:
            made = make(self.context)
            # Who drew while the state changed drew the next one, and must not keep it under the name of this one.
            if self.read() == self.key:
                caches["drawings"].set(name, made)
        return made


def digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=5_000)  # a feed asks for the same part of each of its cards
def _named(part: Hashable) -> str:
    return digest(part)


@lru_cache(maxsize=1)
def _today(second: int) -> date:
    """A page has a dozen drawings, and asking a calendar about time zones is slow."""
    return timezone.localdate()


@cache
def _release() -> str:
    """The templates and static files this process draws with: a shared cache outlives a release."""
    texts = [path.read_text() for path in sorted(Path(settings.BASE_DIR, "templates", "shop").rglob("*.html"))]
    return digest(getattr(staticfiles_storage, "manifest_hash", ""), texts)
