"""Files of rows: below static/, where a path without one is refused and breaks no page; or uploaded by somebody."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.templatetags.static import static

UPLOADED = "upload:"  # before the name of a file that is not below static/
Model = TypeVar("Model", bound=type[models.Model])


def file_goes_with_row(field: str) -> Callable[[Model], Model]:
    """For a class: when one of its rows is deleted, however, so is its file, as soon as that is committed."""

    def decorate(model: Model) -> Model:
        def forget(instance: models.Model, **_: object) -> None:
            transaction.on_commit(partial(getattr(instance, field).delete, save=False))

        models.signals.post_delete.connect(forget, sender=model, weak=False)
        return model

    return decorate


def url_of(path: str, instead: str = "") -> str:
    """The address of a file; of another one, or none, where the manifest does not know it."""
    if path.startswith(UPLOADED):
        return default_storage.url(path.removeprefix(UPLOADED))
    try:
        return static(path)
    except ValueError:
        return static(instead) if instead else ""


def is_file(path: str) -> None:
    try:
        found = finders.find(path)
    except SuspiciousFileOperation:
        found = None
    if not found:
        raise ValidationError(f"There is no file static/{path}.")


def is_clip(path: str) -> None:
    for ending in (".mp4", ".webp"):
        is_file(path + ending)


def is_icon(name: str) -> None:
    is_file(f"shop/icons/{name}.svg")
