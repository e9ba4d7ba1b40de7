"""What the forms of the catalogue are made of: prices in dollars, places to drop files on, thumbnails."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from shop.file_fields import PICTURES, PicturesField
from shop.prices import as_typed, cents_of
from shop.templatetags.shop import money
from shop.uploads import checked_picture

SIGN = money(0)[:-4]


def picture(url: str, shape: str = "square", alt: str = "") -> str:
    """A thumbnail for a list; "tall" for a poster, "round" for a face, "face" for a large one."""
    width, height = {"tall": (36, 64), "round": (40, 40), "face": (96, 96), "large": (96, 96)}.get(shape, (48, 48))
    return format_html(
        '<img class="thumb-{}" src="{}" alt="{}" width="{}" height="{}" loading="lazy">', shape, url, alt, width, height
    )


def chip(words: str, tone: str = "") -> str:
    """A state in a list; tones are good, busy and bad."""
    return format_html('<span class="chip chip-{}">{}</span>', tone or "plain", words)


class RowForm(forms.ModelForm):
    """A row of a table: its labels stand above the table, where a screen reader does not find them."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label or ""


class Dollars(forms.CharField):
    """Typed and shown as 16.90, kept as 1690; nothing typed is `empty`."""

    def __init__(self, empty: int | None = None, **options) -> None:
        self.empty = empty
        options.setdefault("widget", UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal", "class": "dollars"}))
        super().__init__(**options)

    def prepare_value(self, value):
        return as_typed(value) if isinstance(value, int) else value

    def to_python(self, value) -> int | None:
        text = str(value or "").strip()
        return cents_of(text) if text else self.empty

    def has_changed(self, initial, data) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class Lines(forms.CharField):
    """A list, typed as a line an entry; with `cells`, each line is a list itself, typed with bars between its cells."""

    def __init__(self, cells: bool = False, **options) -> None:
        self.cells = cells
        super().__init__(required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}), **options)

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(" | ".join(map(str, row)) if self.cells else str(row) for row in value)

    def to_python(self, value) -> list:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if not self.cells:
            return lines
        rows = [[cell.strip() for cell in line.split("|")] for line in lines]
        if len({len(row) for row in rows}) > 1 or any(len(row) < 2 for row in rows):
            raise ValidationError("Each line needs as many cells as the first, with | between them, two at least.")
        return rows

    def has_changed(self, initial, data) -> bool:
        return self.prepare_value(initial) != data


class InDollars:
    """For a ModelAdmin or an inline: every …_cents field is typed in dollars."""

    def formfield_for_dbfield(self, db_field, request, **options):
        if not db_field.name.endswith("_cents"):
            return super().formfield_for_dbfield(db_field, request, **options)
        label = db_field.verbose_name.removesuffix(" cents").capitalize()
        return Dollars(
            empty=None if db_field.null or not db_field.has_default() else db_field.get_default(),
            label=f"{options.get('label') or label} ({SIGN})",
            required=not db_field.blank and not db_field.has_default(),
            help_text=options.get("help_text") or db_field.help_text,
        )


class Drop(forms.FileInput):
    """A place to drop files on, with a button that does the same; without script it is the plain file field."""

    def __init__(self, words: str, accept: str, template: str, many: bool = False) -> None:
        super().__init__(attrs={"accept": accept})
        self.words, self.template, self.allow_multiple_selected = words, template, many

    def about(self) -> dict[str, object]:
        return {}

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        shown = {"name": name, "id": (attrs or {}).get("id", f"id_{name}"), "accept": self.attrs["accept"]}
        told = {"words": self.words, "many": self.allow_multiple_selected, **shown, **self.about()}
        return mark_safe(render_to_string(self.template, told))  # noqa: S308


class PicturesDrop(Drop):
    def __init__(self, words: str, many: bool = False) -> None:
        super().__init__(words, PICTURES, "admin/shop/drop_pictures.html", many)

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if self.allow_multiple_selected else files.get(name)


class Picture(forms.FileField):
    """One picture, checked and made small."""

    def __init__(self, words: str = "Drop a picture here", **options) -> None:
        super().__init__(required=False, widget=PicturesDrop(words), **options)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return checked_picture(file) if data else file


class Pictures(PicturesField):
    def __init__(self, **options) -> None:
        super().__init__(widget=PicturesDrop("Drop pictures here", many=True), **options)
