"""From a file to lines of cells, or one sentence about what is wrong with it."""

import csv
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import ValidationError

from shop.importing.columns import NAMES, WANTED

MOST_BYTES = 5_000_000
MOST_LINES = 10_000


@dataclass(frozen=True)
class Line:
    """`number` is the one a spreadsheet shows; empty cells are left out."""

    number: int
    cells: dict[str, str]


def read(content: bytes) -> list[Line]:
    """Raises ValidationError with a sentence."""
    if len(content) > MOST_BYTES:
        raise ValidationError(f"This file is larger than {MOST_BYTES // 1_000_000} MB: split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError("This file is not UTF-8: save it as “CSV UTF-8”.") from None
    if "\0" in text:
        raise ValidationError("This is not a CSV file.")
    return lines(text)


def lines(text: str) -> list[Line]:
    head = text.partition("\n")[0]
    # Spreadsheets of half of Europe put semicolons between cells.
    rows = csv.reader(StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        names = [name.strip() for name in next(rows)]
        check(names)
        found = [Line(number, cells_of(names, row, number)) for number, row in enumerate(rows, 2)]
    except StopIteration:
        raise ValidationError("This file is empty.") from None
    except csv.Error as error:
        raise ValidationError(f"This file cannot be read after {rows.line_num} lines: {error}.") from None
    found = [line for line in found if line.cells]
    if not found:
        raise ValidationError("This file has no lines below its first.")
    if len(found) > MOST_LINES:
        raise ValidationError(f"This file has {len(found)} lines, {MOST_LINES} are the most: split it.")
    return found


def check(names: list[str]) -> None:
    if missing := [name for name in WANTED if name not in names]:
        raise ValidationError(f"The first line must name the columns; {' and '.join(missing)} is missing.")
    if unknown := [name for name in names if name not in NAMES]:
        raise ValidationError(f"There is no column “{unknown[0]}”. The columns are: {', '.join(NAMES)}.")
    if len(set(names)) < len(names):
        raise ValidationError("A column is there twice.")


def cells_of(names: list[str], row: list[str], number: int) -> dict[str, str]:
    if any(cell.strip() for cell in row[len(names) :]):
        raise ValidationError(f"Line {number} has more cells than there are columns.")
    return {name: cell.strip() for name, cell in zip(names, row, strict=False) if cell.strip()}
