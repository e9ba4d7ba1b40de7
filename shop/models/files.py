"""Files below static/: a path without one is refused where it is typed, and breaks no page if it got lost later."""

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.storage import default_storage
from django.templatetags.static import static

UPLOADED = "upload:"  # before the name of a file that is not below static/


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
