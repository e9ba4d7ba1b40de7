"""Everything that can break breaks, in any order, while buyers walk; in the end the oracle judges (F25).

`python -m tests.faults.chaos MINUTES SEED`; the seed of a run that failed is what was printed first.
"""

import random
import sys
import time
from collections import Counter

from tests.faults import breakages, figures
from tests.faults.house import CELERY, House
from tests.faults.scene import HOLDS, holds, scene

BREAKAGES = breakages.BROKER | breakages.PROCESSES | breakages.OTHERS
REST = 4.0  # seconds, at most, between two of them
PATIENCE = 300.0


def broken(house: House, chance: random.Random, seconds: float) -> Counter:
    """Break one thing after the other for so long; returns how often each was broken."""
    done: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        name = chance.choice([*BREAKAGES])
        done[name] += 1
        print(f"{end - time.monotonic():4.0f} s left: {name}", flush=True)  # noqa: T201
        BREAKAGES[name](house, chance)
        time.sleep(chance.random() * REST)
    return done


def weighed(house: House) -> dict[str, int]:
    """Megabytes and open files of web and broker, once both are there."""
    house.all_there()
    return {
        f"{name} {what}": amount
        for name in ("web", "broker")
        for what, amount in (("MB", house.memory(name) // 1_000_000), ("files", house.files(name)))
    }


def main() -> int:
    minutes, seed = float(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else str(random.randrange(10**6))
    print(f"{minutes:g} minutes of chaos, seed {seed}", flush=True)  # noqa: T201
    with scene(worker=CELERY) as played:
        played.again(worker=CELERY)
        with played.buyers(int(seed)):
            before = weighed(played.house)
            done = broken(played.house, random.Random(seed), minutes * 60)
            after = weighed(played.house)
        row = played.judge(PATIENCE)
    figures.tell_chaos(minutes, seed, done, row, before, after)
    print(before, after, row)  # noqa: T201
    return int(holds(row) != HOLDS)


if __name__ == "__main__":
    sys.exit(main())
