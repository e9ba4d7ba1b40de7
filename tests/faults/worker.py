"""A worker to be killed: collects and counts without pause, and goes on after an error as Celery does.

The argument names the line at which it kills itself, as a power cut would; without one it runs until it is killed.
"""

import os
import signal
import sys
import time
import traceback

import django

PAUSE = 0.02


def _die(*args, **kwargs) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _plant(crash_point: str) -> None:
    from analytics.counts import counting
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
    from django.db import close_old_connections

    from analytics import tasks
    from analytics.counts import counting

    _plant(sys.argv[1] if len(sys.argv) > 1 else "")
    print("working", flush=True)  # noqa: T201
    while True:
        try:
            tasks.collect()
            counting.count()
        except Exception:  # noqa: BLE001 - what went wrong is in the log, and the next tick tries again
            traceback.print_exc()
        close_old_connections()
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
