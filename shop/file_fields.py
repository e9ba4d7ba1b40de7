"""Several files in one field of a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

from shop.uploads import checked_picture

PICTURES = "image/jpeg,image/png,image/webp"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of what `check` makes of each file. Every refusal is said, not only the first."""

    widget = SeveralFiles

    def __init__(self, check: Callable[[File], Any], most: int | None = None, **options) -> None:
        super().__init__(required=False, **options)
        self.check, self.most = check, most

    def clean(self, data, initial=None) -> list:
        files = data or []
        if self.most and len(files) > self.most:
            raise ValidationError(f"Please choose at most {self.most} files: these are {len(files)}.")
        checked, errors = [], []
        for file in files:
            try:
                checked.append(self.check(file))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return checked


class PicturesField(FilesField):
    """Pictures, checked and drawn anew."""

    def __init__(self, **options) -> None:
        options.setdefault("widget", SeveralFiles(attrs={"accept": PICTURES}))
        super().__init__(_named, **options)


def _named(file: File) -> ContentFile:
    """A refusal says which one is meant."""
    try:
        return checked_picture(file)
    except ValidationError as error:
        raise ValidationError(f"{file.name}: {error.message}") from None
