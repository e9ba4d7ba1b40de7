"""A person as we know them: a number, and no more."""

from django.db import models

from journey.trails import now_us, trail_number

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


def new_participant() -> int:
    """A positive 63-bit number: it is the key and, spelled in base 32, the public code.

    It grows with time, so that new events lie beside each other in their index instead of all over it.
    """
    return trail_number(now_us())


def code_of(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 32)
        digits = ALPHABET[digit] + digits
    return digits or "0"


def number_of(code: str) -> int:
    """The number of a code; raises ValueError for what is not one."""
    number = 0
    for letter in code.lower():
        number = number * 32 + ALPHABET.index(letter)
    return number


class Participant(models.Model):
    """Someone who walks through the shop. Made by the worker when their first event arrives."""

    class Kind(models.TextChoices):
        VISITOR = "visitor", "visitor"
        TESTER = "tester", "tester"
        STAFF = "staff", "staff"
        SIMULATED = "simulated", "simulated"
        BOT = "bot", "bot"
        ANONYMOUS = "anonymous", "not recorded"  # who stands behind a fact, and no more

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.VISITOR)
    pinned = models.BooleanField(default=False, help_text="Staff has said what kind this is: nothing changes it again.")
    label = models.CharField(max_length=200, blank=True, help_text="A researcher's name for them, or the imported one.")
    study = models.CharField(max_length=100, blank=True, help_text="The study they came for, by a tester's link.")
    first_seen = models.BigIntegerField(help_text="Microseconds since 1970, UTC.")

    class Meta:
        indexes = [models.Index(fields=["-first_seen"], name="participants_latest_first")]

    def __str__(self) -> str:
        return self.label or self.code

    @property
    def code(self) -> str:
        return code_of(self.number)
