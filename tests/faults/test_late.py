"""Beacons that come five times, in any order, hours late, or by a clock that is wrong."""

import random
import time
from collections import Counter

import pytest

from journey.trails import DAY_US
from tests.faults.house import LONG, SEEDS
from tests.faults.scene import report
from tests.faults.voices import counted, events, stored, voices

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of processes")]
MINUTE, HOUR = 60, 3_600
IN_TIME = [0, 5 * MINUTE, HOUR, 6 * HOUR, 23.9 * HOUR]
TOO_LATE = [24.1 * HOUR, 7.1 * 24 * HOUR]
BEACONS, EVENTS, COPIES = 3, 10, 5


def told_five_times(stage, seed):
    """Each browser's first beacon at once, so that its day has been counted; then everything five times, shuffled."""
    spoken = voices(stage.house, *IN_TIME, *TOO_LATE)
    first = [voice.say(events(1, EVENTS)) for voice in spoken]
    stage.judge()
    rest = [(voice, 1 + EVENTS * part) for voice in spoken for part in range(BEACONS)] * COPIES
    random.Random(seed).shuffle(rest)
    answers = Counter((voice.t0, voice.say(events(n, EVENTS))) for voice, n in rest)
    return spoken, first, answers, stage.judge()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_comes_five_times_shuffled_and_hours_late_is_counted_once_and_after_a_day_refused(stage, seed):
    stage.again()
    spoken, first, answers, row = told_five_times(stage, seed)
    young, old = spoken[: len(IN_TIME)], spoken[len(IN_TIME) :]
    rows, dead = stored(stage.house, spoken)
    sent = {"sent": len(young) * BEACONS * EVENTS, "again": len(young) * (BEACONS * (COPIES - 1) + 1) * EVENTS}
    report("F16 five times, shuffled, late", seed, row | sent | {"acked": sent["sent"], "stored": len(rows)})
    assert first == [204] * len(young) + [400] * len(old)
    assert answers == {(voice.t0, 204): BEACONS * COPIES for voice in young} | {
        (voice.t0, 400): BEACONS * COPIES for voice in old
    }
    wanted = sorted(
        [voice.participant, voice.trail, n, voice.t0 + n * 1_000]
        for voice in young
        for n in range(1, 1 + BEACONS * EVENTS)
    )
    assert (sorted(rows), dead) == (wanted, [])
    assert (row["drift"], row["double"], row["poison"]) == ([], 0, 0)
    journeys = counted(stage.house, spoken)[1]
    assert journeys == sorted([voice.participant, voice.t0 + 1_000] for voice in young)


def test_without_on_conflict_what_comes_twice_is_taken_for_bad(stage):
    stage.again("on conflict")
    assert told_five_times(stage, 1)[3]["poison"] > 0


def test_without_a_day_at_the_door_the_past_could_be_told_for_ever(stage):
    stage.again("a day at the door")
    assert told_five_times(stage, 1)[1] == [204] * len(IN_TIME + TOO_LATE)


def told_while_the_clock_was_wrong(stage, hours, without=""):
    """A page is drawn and told of by a clock so many hours ahead; then the clock is set right, and more is told.

    Returns the answers, the events as stored, and the latest moment that any of them may claim.
    """
    stage.again(without, CLOCK_OFF_SECONDS=str(hours * HOUR))
    spoken = voices(stage.house, -hours * HOUR)
    answers = [spoken[0].say(events(1, EVENTS))]
    stage.again(without)
    answers += [spoken[0].say(events(11, EVENTS, dt=2_000)), spoken[0].say(events(21, EVENTS, dt=10**12))]
    row = stage.judge()
    rows = stored(stage.house, spoken)[0]
    report(f"F15 clock {hours:+} h, then set right", 1, row | {"sent": 30, "acked": 30, "stored": len(rows)})
    assert (answers, row["drift"], row["poison"]) == ([204] * 3, [], 0)
    return rows, max(time.time_ns() // 1_000, spoken[0].t0 + DAY_US)


@pytest.mark.parametrize("hours", [48, -2] if LONG else [48])
def test_a_clock_that_is_set_right_reorders_nothing(stage, hours):
    rows, latest = told_while_the_clock_was_wrong(stage, hours)
    assert [n for _, _, n, _ in rows] == [*range(1, 31)]
    assert [at for *_, at in rows if at > latest] == []


def test_without_a_limit_a_browser_could_tell_of_the_future(stage):
    rows, latest = told_while_the_clock_was_wrong(stage, -2, "times within reason")
    assert [at for *_, at in rows if at > latest]
