"""A worker to be killed: collects and counts without pause. Run as a process of its own by test_collect_killed.py.

The argument names the line at which it kills itself, as a power cut would; without one it runs until it is killed.
"""

import os
import signal
import sys

import django


def _die(*args, **kwargs) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _plant(crash_point: str) -> None:
    from analytics import counting
    from journey import sink, store

    match crash_point:
        case "before the commit":
            store.touch = _die
        case "between commit and acknowledgement":
            sink._give_up = _die
        case "before counting":
            counting.count = _die
        case "":
            return
        case other:
            raise ValueError(other)


def main() -> None:
    django.setup()
    from analytics import counting, tasks

    _plant(sys.argv[1] if len(sys.argv) > 1 else "")
    print("working", flush=True)  # noqa: T201
    while True:
        tasks.collect()
        counting.count()


main()
