"""Who is written to: an address a line, as it is typed in the admin."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MOST = 50  # addresses; a longer list belongs to a mailing list of its own


def addresses(text: str) -> list[str]:
    """Each address once, in the order in which they are typed."""
    lines = (line.strip() for line in text.replace(",", "\n").splitlines())
    return list({line.lower(): line for line in lines if line}.values())


def refuse_bad(field: str, text: str) -> None:
    """Raises ValidationError with a sentence for each address that is none."""
    found = addresses(text)
    problems = [f"“{line}” is not a mail address." for line in found if not _is_address(line)]
    if len(found) > MOST:
        problems.append(f"At most {MOST} addresses: give a mailing list instead.")
    if problems:
        raise ValidationError({field: problems})


def or_administrators(text: str) -> list[str]:
    """These addresses, or, when there are none, those of the administrators who may sign in."""
    return addresses(text) or [
        user.email
        for user in get_user_model().objects.filter(is_active=True, is_superuser=True).order_by("pk")
        if user.email
    ]


def _is_address(line: str) -> bool:
    try:
        validate_email(line)
    except ValidationError:
        return False
    return True
