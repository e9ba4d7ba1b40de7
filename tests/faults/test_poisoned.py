"""Among buyers, beacons and entries that make no sense, and one that kills its reader: only these are put aside."""

import json
import random
import time

import pytest

from tests.faults.house import FEW_SEEDS, STREAM
from tests.faults.programs import eventually
from tests.faults.scene import HOLDS, holds, report
from tests.faults.voices import events, stored, voices

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of processes")]
DEADLY = "the batch that kills"
# Bodies and their answers: refused at the door, and nothing is kept of them.
NONSENSE = [(b"{", 400), (b"[]", 400), (b'{"trail": "\\ud800", "events": [{}]}', 400), (b"x" * 100_000, 413)]
# Parts of an event, and why it is dead beside good ones.
BAD = [
    ({"step": "teleport"}, "there is no step 'teleport'"),
    ({"step": "purchase"}, "a browser may not say 'purchase'"),
    ({"props": {"block": "a\0b"}}, "props.block is too long, or holds a NUL"),
    ({"n": 2**70}, "n must be a whole number from 1 up"),
]
ENTRIES = 4


def entries(mark: int) -> list[bytes]:
    """What no beacon would write to the stream, each a dead batch; marked, as what is dead already is dead once."""
    marked = b"%d" % mark
    nobody = {"participant": 0, "trail": mark, "t0": 1, "events": [], "dead": []}
    return [b"\xff\x00" + marked, b"{%s}" % marked, marked * 100_000, json.dumps(nobody).encode()]


def poisoned(stage, seed, without=""):
    """Buyers walk, a browser talks nonsense, and somebody writes to the stream; returns that browser."""
    stage.again(without, KILLED_BY=DEADLY)
    voice = voices(stage.house, 60)[0]
    poison = [voice.token, *entries(voice.trail), ordinary(voice, 1, DEADLY)]
    random.Random(seed).shuffle(poison)
    with stage.buyers(seed):
        for entry in poison:
            if entry == voice.token:
                assert [voice.send(body) for body, _ in NONSENSE] == [status for _, status in NONSENSE]
                assert voice.say([*events(1, 5), *(events(9, 1)[0] | part for part, _ in BAD)]) == 204
            elif DEADLY.encode() in entry:
                among_neighbours(stage.house.stream, voice, entry)
            else:
                stage.house.stream.xadd(STREAM, {"batch": entry})
            time.sleep(0.1)
    return voice


def among_neighbours(stream, voice, entry: bytes) -> None:
    """Whoever reads one of them reads all three."""
    pipeline = stream.pipeline(transaction=True)
    for batch in (ordinary(voice, 2), entry, ordinary(voice, 3)):
        pipeline.xadd(STREAM, {"batch": batch})
    pipeline.execute()


def ordinary(voice, trail: int, browser: str = "Chrome") -> bytes:
    batch = {
        "participant": voice.participant,
        "kind": "visitor",
        "trail": voice.trail + trail,
        "t0": voice.t0,
        "context": ["phone", browser, "", ""],
        "events": [[0, 0, "view_item", {}]],
        "dead": [],
    }
    return json.dumps(batch).encode()


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_poison_is_put_aside_alone_after_four_deaths(stage, seed):
    falls = stage.house.programs["worker"].falls
    voice = poisoned(stage, seed)
    row = stage.judge()
    report("F17 poison", seed, row | {"sent": row["sent"] + 5, "acked": row["acked"] + 5})
    rows, dead = stored(stage.house, [voice])
    assert holds(row | {"never_sent": row["never_sent"] - 5}) == HOLDS
    assert [(trail - voice.trail, n) for _, trail, n, _ in rows] == [(2, 0), (3, 0), *((0, n) for n in range(1, 6))]
    assert dead == sorted([*(reason for _, reason in BAD), "whoever collected it died, 4 times"])
    assert row["poison"] == len(BAD) + ENTRIES + 1
    assert stage.house.programs["worker"].falls - falls == 4


def test_handed_out_together_the_neighbours_would_be_buried_too(stage):
    poisoned(stage, 1, "suspects alone")
    assert stage.judge()["poison"] > len(BAD) + ENTRIES + 1


def test_never_buried_it_would_kill_for_ever(stage):
    falls = stage.house.programs["worker"].falls
    poisoned(stage, 1, "burial")
    eventually(lambda: stage.house.programs["worker"].falls - falls > 4, 30, "nobody died a fifth time")
    assert "still wait" in stage.judge(seconds=1)["error"]
    stage.house.stream.flushall()
