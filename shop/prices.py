"""Money as people type it: 16.90 is 1690 cents."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

MOST_CENTS = 100_000_000
SIGNS = "$€£"


def cents_of(text: str) -> int:
    """Raises ValidationError with a sentence."""
    try:
        cents = Decimal(text.strip().lstrip(SIGNS).replace(",", "")) * 100
        if not cents.is_finite() or cents != cents.to_integral_value() or not 0 <= cents <= MOST_CENTS:
            raise InvalidOperation
    except InvalidOperation:
        raise ValidationError(f"“{text}” is no amount: type it like 16.90.") from None
    return int(cents)


def as_typed(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
