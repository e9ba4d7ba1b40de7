"""What an address asks for: what cannot be meant is as if it were not there."""

from django.core.validators import slug_re
from django.http import QueryDict

LAST_PAGE = 99_999


def number(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`, None for anything else."""
    is_one = text.isascii() and text.isdigit() and len(text) <= len(str(most)) and int(text) <= most
    return int(text) if is_one else None


def page_number(answers: QueryDict) -> int:
    return number(answers.get("page", ""), LAST_PAGE) or 1


def slug(answers: QueryDict, name: str) -> str:
    """Empty for what no slug can be: PostgreSQL refuses a NUL, and no address can be made of a space."""
    text = answers.get(name, "")
    return text if slug_re.match(text) else ""
