"""Public handles: short enough to read out, too many to guess."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0, 1, i, l, o
LENGTH = 10  # 31 to the power of 10: fifty bits


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
