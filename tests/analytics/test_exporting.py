"""What leaves comes back as what it was: the same events, in the same order, counted the same."""

import datetime as dt
import json

import orjson
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from analytics.counts import recounting
from analytics.counts.collecting import settle
from analytics.exporting import events, parquet
from analytics.models import FunnelCount, Journey
from analytics.simulation import pipeline
from analytics.simulation.crowd import Period
from journey.models import Context, DeadEvent, Event, Participant, Touched
from journey.models.participant import code_of
from journey.store import store
from journey.trails import Context as TrailContext
from tests.analytics.world import END, WORLD

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FORMATS = ["jsonl", "parquet"]
TRAIL = 3_762_117_784_830_336_118  # beyond 2^53
AT = 1_793_527_205_000_001
ODD = {
    "value": "free",
    "muted": 1,
    "quantity": 2**53,
    "seconds": 1.5,
    "position": True,
    "video": None,
    "term": "día “1”\n",
    "list": "",
    "own_name": "x",
}


def kept(participant=7, events=((0, 0, "view_item", {}),), kind="visitor", label="", trail=TRAIL, t0=AT):
    """A batch goes into the database as the worker would put it there."""
    context = TrailContext("phone", "Safari", "ig", "trust=b")
    batch = {"participant": participant, "kind": kind, "label": label, "trail": trail, "t0": t0}
    store([orjson.dumps(batch | {"context": [*context], "events": events, "dead": []})])


def everything():
    """All that a file has to bring back, and all that is counted of it."""
    raw = Event.objects.order_by("pk").values_list("participant", "trail", "n", "at", "step", "props")
    contexts = Event.objects.order_by("pk").values_list(*(f"context__{name}" for name in TrailContext._fields))
    people = Participant.objects.order_by("number").values_list("number", "kind", "label")
    counted = [sorted(map(repr, model.objects.values_list(*_fields(model)))) for model in (Journey, FunnelCount)]
    return list(raw), list(contexts), list(people), counted


def _fields(model):
    return [field.name for field in model._meta.fields if not field.primary_key]


def emptied():
    for model in (Journey, FunnelCount, Touched, Event, Participant, Context):
        model.objects.all().delete()


@pytest.fixture
def file(tmp_path):
    return lambda format_: str(tmp_path / f"events.{format_}")


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_exported_and_imported_is_counted_the_same(format_, file, capsys, monkeypatch):
    monkeypatch.setattr(events, "ROWS_A_READ", 700)
    monkeypatch.setattr(parquet, "CHUNKS_A_GROUP", 2)
    pipeline.run(Period.before(END, days=3, seed=7, journeys=300), WORLD, lambda journeys: None)
    kept(5, [(0, 0, "view_item", ODD), (3, 5, "dead_tap", {}), (1, 5, "rage_tap", {"x": 2**60})], "tester", "anna")
    kept(6, label="anna")
    settle()
    before, number = everything(), Event.objects.count()
    assert (len(before[3][0]), number > 3_000) == (302, True)

    call_command("export_events", file(format_), names=True)
    emptied()
    call_command("import_events", file(format_))
    assert everything() == before
    assert recounting.drift().differences == []
    call_command("import_events", file(format_))
    assert everything() == before
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"Stored {number:,}, already there 0, refused 0.",
        f"Stored 0, already there {number:,}, refused 0.",
    ]


def test_a_line_says_all_of_an_event(file):
    kept(2**62, [(4, 999_999, "purchase", {"order": "K1", "value": 1690})], "tester", "anna")
    call_command("export_events", file("jsonl"), names=True)
    with open(file("jsonl")) as lines:
        assert [json.loads(line) for line in lines] == [
            {
                "participant": code_of(2**62),
                "trail": str(TRAIL),
                "n": 4,
                "at": "2026-11-01T10:00:06Z",
                "step": "purchase",
                "kind": "tester",
                "label": "anna",
                "device": "phone",
                "browser": "Safari",
                "source": "ig",
                "arms": "trust=b",
                "props": {"order": "K1", "value": 1690},
                "ga4": "purchase",
                "tiktok": "Purchase",
            }
        ]


def test_a_row_of_parquet_has_typed_columns(file):
    kept(7, [(0, 0, "video_engage", {"video": "v1", "kind": "share", "value": "free"})])
    call_command("export_events", file("parquet"), names=True)
    (row,) = pq.read_table(file("parquet")).to_pylist()
    assert {name: value for name, value in row.items() if value not in (None, "")} == {
        "participant": "7",
        "trail": TRAIL,
        "n": 0,
        "at": dt.datetime(2026, 11, 1, 10, 0, 5, 1, dt.UTC),
        "step": "video_engage",
        "kind": "visitor",
        "device": "phone",
        "browser": "Safari",
        "source": "ig",
        "arms": "trust=b",
        "props_video": "v1",
        "props_kind": "share",
        "props_more": '{"value":"free"}',
        "ga4": "share",
    }


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["1", "2", "3", "4"]),
        ({"kind": ["visitor"]}, ["1", "4"]),
        ({"kind": ["visitor", "bot"]}, ["1", "3", "4"]),
        ({"first": dt.date(2026, 11, 1)}, ["1", "2", "3"]),
        ({"last": dt.date(2026, 11, 1)}, ["1", "2", "4"]),
        ({"first": dt.date(2026, 11, 1), "last": dt.date(2026, 11, 1)}, ["1", "2"]),
    ],
)
def test_days_and_kinds_are_chosen(asked, codes, capsysbinary):
    midnight = 1_793_577_600_000_000  # after 1 November 2026
    kept(1, kind="visitor")
    kept(2, kind="tester", t0=midnight - 1)
    kept(3, kind="bot", t0=midnight)
    kept(4, kind="visitor", t0=midnight - 86_400_000_001)
    call_command("export_events", "-", **asked)
    lines = capsysbinary.readouterr().out.splitlines()
    assert [json.loads(line)["participant"] for line in lines] == codes


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_is_a_file_too(format_, file, capsys):
    call_command("export_events", file(format_))
    call_command("import_events", file(format_))
    assert capsys.readouterr().out == "Stored 0, already there 0, refused 0.\n"


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_events", str(tmp_path / "nowhere" / "events.jsonl"))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_parquet_file_is_refused_in_a_sentence(file):
    kept()
    call_command("export_events", file("parquet"))
    with open(file("parquet"), "r+b") as damaged:
        damaged.truncate(500)
    with pytest.raises(CommandError, match="cannot be read as Parquet"):
        call_command("import_events", file("parquet"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"participant": "anna!"}, "with trail and n, participant is a code of 13 letters and digits at most"),
        ({"participant": "z" * 13}, "with trail and n, participant is a code of 13 letters and digits at most"),
        ({"trail": 0}, "trail is not a whole number, or too large"),
        ({"trail": 2**63}, "trail is not a whole number, or too large"),
        ({"n": -1}, "n is not a whole number, or too large"),
        ({"n": 2**31}, "n is not a whole number, or too large"),
        ({"n": 1.5}, "n is not a whole number, or too large"),
        ({"label": "x" * 201}, "participant is longer than 200 letters"),
        ({"step": "dance"}, "there is no step 'dance'"),
    ],
)
def test_an_identity_that_makes_no_sense_is_refused(change, reason, file):
    good = {"participant": "7", "trail": str(TRAIL), "n": 0, "at": "2026-11-01T10:00:00Z", "step": "view_item"}
    with open(file("jsonl"), "w") as lines:
        lines.write(json.dumps(good) + "\n" + json.dumps(good | {"n": 1} | change))
    call_command("import_events", file("jsonl"))
    assert [event.n for event in Event.objects.all()] == [0]
    assert DeadEvent.objects.get().reason == f"events.jsonl, line 2: {reason}"


def test_a_month_takes_less_than_twelve_bytes_an_event(tmp_path, file):
    tally = pipeline.run(Period.before(END, days=3, seed=7, journeys=500), WORLD, lambda journeys: None)
    call_command("export_events", file("parquet"))
    with open(file("parquet"), "rb") as whole:
        assert len(whole.read()) / tally.events < 12
