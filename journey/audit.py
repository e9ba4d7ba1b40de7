"""Who changed what of designs and experiments: told beside every change, in its transaction, in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from django.http import HttpRequest, HttpResponse

from journey.models import Arm, Change, Experiment, RampStep, Variant
from journey.wording import Told, differences, spelled

Subject, Through = Change.Subject, Change.Through
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class AuditMiddleware:
    """Who asks is read only if something changes, so pages pay nothing for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


@contextmanager
def told(row: Model) -> Iterator[None]:
    """Around an UPDATE that goes past `save()`: what it changed of this row is told, or nothing if it raises."""
    with transaction.atomic():
        before = _stored(row)
        yield
        _tell(row, differences(before, _stored(row)))


_PARTS = {Arm, RampStep}
_OWN = (*_PARTS, Variant, Experiment)


def _before(sender: type[Model], instance: Model, raw: bool, **_: object) -> None:
    if not raw:
        instance._before = _stored(instance)  # type: ignore[attr-defined]


def _after(sender: type[Model], instance: Any, raw: bool, **_: object) -> None:
    if not raw:
        before, now = instance._before, _stored(instance)
        _tell(instance, differences(before, now) if before else ["made", *_made(sender, now)])


def _gone(sender: type[Model], instance: Model, **_: object) -> None:
    _tell(instance, ["removed"])


def _made(sender: type[Model], now: Told) -> list[str]:
    """What a new one says: all of an arm, and of what has many fields those that are not as usual."""
    usual = {} if sender in _PARTS else spelled(sender())
    return [f"{name}: {value}" for name, value in now.items() if value != usual.get(name)]


def _stored(row: Model) -> Told:
    """What the database says: an instance may hold more than was saved."""
    found = row.pk and type(row)._base_manager.filter(pk=row.pk).first()
    return spelled(found) if found else {}


def _tell(row: Any, lines: list[str]) -> None:
    subject, about, part = _place(row)
    if lines:
        _write(subject, about, [part + line for line in lines])


def _place(row: Any) -> tuple[Change.Subject, Any, str]:
    """What a change belongs to, and which part of it that is."""
    if isinstance(row, Variant):
        return Subject.DESIGN, row, ""
    if isinstance(row, Experiment):
        return Subject.EXPERIMENT, row, ""
    part = f"arm {row.slug}, " if isinstance(row, Arm) else f"day {row.day}, "
    return Subject.EXPERIMENT, row.experiment, part


def _write(subject: Change.Subject, about: Any, lines: list[str]) -> None:
    """One request is one change of each thing, however many rows it saves."""
    request = _request.get()
    seen: dict[tuple[str, int], Change] = {} if request is None else request.__dict__.setdefault("changes", {})
    last = seen.get((subject, about.pk))
    words = "\n".join([*(last.words.splitlines() if last else []), *lines])
    # What was told before may have been rolled back.
    if last and Change.objects.filter(pk=last.pk).update(words=words):
        last.words = words
        return
    seen[subject, about.pk] = Change.objects.create(
        by=_who(request), through=_through(request), subject=subject, number=about.pk, name=about.name,
        words="\n".join(lines),
    )  # fmt: skip


def _who(request: HttpRequest | None) -> str:
    return request.user.get_username() if request is not None and hasattr(request, "user") else ""


def _through(request: HttpRequest | None) -> Change.Through:
    if request is None:
        return Through.ITSELF
    return Through.API if request.path.startswith("/api/") else Through.ADMIN


for _model in _OWN:  # who listens to all deletions makes every one of them read the rows it deletes
    pre_save.connect(_before, sender=_model)
    post_save.connect(_after, sender=_model)
    post_delete.connect(_gone, sender=_model)
