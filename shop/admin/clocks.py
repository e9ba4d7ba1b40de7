"""How long is left, or was waited, in words."""

from datetime import timedelta


def in_words(time: timedelta) -> str:
    """2 d 4 h · 3 h 20 min · 40 s; nothing is left of what is over."""
    time = max(time, timedelta(0))
    hours, minutes = divmod(time // timedelta(minutes=1), 60)
    if hours >= 24:
        return f"{hours // 24} d {hours % 24} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min" if minutes else f"{time.seconds} s"
