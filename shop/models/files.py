"""Paths below static/ are refused where they are typed: a missing file would break every page that shows it."""

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError


def is_file(path: str) -> None:
    if not finders.find(path):
        raise ValidationError(f"There is no file static/{path}.")


def is_clip(path: str) -> None:
    for ending in (".mp4", ".webp"):
        is_file(path + ending)


def is_icon(name: str) -> None:
    is_file(f"shop/icons/{name}.svg")
