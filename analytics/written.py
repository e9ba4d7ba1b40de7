"""How sums of money, and chances, are written wherever staff reads them."""

from django.conf import settings


def amount(cents: float) -> str:
    """1234567 → 12,345.67; what is owed has a minus."""
    whole = round(cents)
    return f"{'−' if whole < 0 else ''}{abs(whole) // 100:,}.{abs(whole) % 100:02}"


def money(cents: float) -> str:
    """1234567 → 12,345.67 USD"""
    return f"{amount(cents)} {settings.CURRENCY}"


def chance(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def p_value(p: float) -> str:
    """p = 0.042, p < 0.001."""
    said = chance(p)
    return f"p {said}" if said.startswith("<") else f"p = {said}"
