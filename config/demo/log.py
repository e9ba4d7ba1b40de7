"""One log of several programs: each line says whose it is."""

import os
from typing import TextIO

COLOURS = {"broker": 33, "worker": 35, "web": 36}


class Log:
    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._coloured = out.isatty() and "NO_COLOR" not in os.environ

    def line_of(self, name: str, line: str) -> None:
        label = f"{name:<6} │"
        self.say(f"\033[{COLOURS.get(name, 0)}m{label}\033[0m {line}" if self._coloured else f"{label} {line}")

    def say(self, line: str) -> None:
        try:
            print(line, file=self._out, flush=True)
        except OSError:
            # Whoever read along has left; the shop goes on.
            self._out = open(os.devnull, "w")  # noqa: SIM115
