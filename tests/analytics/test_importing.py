"""Events from anywhere come in once, in the order of their file; what is wrong is said line by line."""

import json

import pytest
from django.core.management import CommandError, call_command

from analytics.counts import recounting
from analytics.models import Journey
from journey.models import DeadEvent, Event, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LINES = [
    {"participant": "anna", "at": "2026-11-01T10:00:00Z", "step": "video_start", "video": "v1", "device": "phone"},
    {"participant": "anna", "at": "2026-11-01T10:00:00Z", "step": "view_promotion", "props": {"product": "rose"}},
    {"participant": "anna", "at": "2026-11-01T12:00:05.250001+02:00", "step": "purchase", "value": 1690.0},
    {"participant": 7, "at": 1793527205, "step": "video_start", "kind": "tester", "arms": {"b": "x", "a": "y"}},
    {"participant": 7, "at": 1793527206500, "step": "view_item"},
]
TO_ORDER = ["view_item", "add_to_cart", "purchase"]


def imported(capsys, path):
    call_command("import_events", str(path))
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def file(tmp_path):
    def write(text, name="events.jsonl"):
        path = tmp_path / name
        path.write_text(text if isinstance(text, str) else "\n".join(json.dumps(line) for line in text))
        return path

    return write


def test_events_become_journeys_with_what_the_lines_say(file, capsys):
    assert imported(capsys, file(LINES)) == ["Stored 5, already there 0, refused 0."]
    anna, seven = Journey.objects.order_by("-kind")
    assert (anna.path, anna.video, anna.product, anna.revenue_cents) == ("saB", "v1", "rose", 1690)
    assert (anna.stop - anna.start, anna.device, anna.kind) == (5_250_001, "phone", "visitor")
    assert (seven.path, seven.kind, seven.arms, seven.stop - seven.start) == ("sv", "tester", "a=y;b=x", 1_500_000)
    assert sorted(Participant.objects.values_list("label", flat=True)) == ["7", "anna"]


def test_the_same_file_twice_changes_nothing(file, capsys):
    path = file([*LINES, {"participant": "anna", "at": "?", "step": "purchase"}])
    imported(capsys, path)
    before = list(Event.objects.values()), list(Journey.objects.values()), DeadEvent.objects.count()
    assert imported(capsys, path)[0] == "Stored 0, already there 5, refused 1."
    assert (list(Event.objects.values()), list(Journey.objects.values()), DeadEvent.objects.count()) == before
    assert recounting.drift().differences == []


def test_events_at_the_same_instant_keep_the_order_of_the_file(file, capsys):
    at = {"participant": "bo", "at": 1793527205}
    steps = ["purchase", "view_item", "add_to_cart", "view_item", "purchase"]
    imported(capsys, file([at | {"step": step} for step in steps]))
    assert Journey.objects.get().path == "BvtvB"


def test_a_file_that_goes_on_within_the_second_of_another_loses_nothing(file, capsys):
    viewed, added, bought = ({"participant": "bo", "at": 1793527205, "step": step} for step in TO_ORDER)
    imported(capsys, file([viewed, added], "first.jsonl"))
    assert imported(capsys, file([added, bought], "second.jsonl")) == ["Stored 1, already there 1, refused 0."]
    assert Journey.objects.get().path == "vtB"
    assert imported(capsys, file([viewed, added, bought], "all.jsonl")) == ["Stored 0, already there 3, refused 0."]


def test_csv_is_read_by_the_names_in_its_first_line(file, capsys):
    rows = ["Participant,at,step,value,props", 'anna,2026-11-01 10:00,purchase,1690,"{""order"": ""K""}"']
    rows += ["anna,2026-11-01 10:01,view_item,,", "anna,2026-11-01 10:02,view_item,,,more"]
    told = imported(capsys, file("\n".join(rows), "events.csv"))
    assert told == ["Stored 2, already there 0, refused 1.", "  line 4: it has more cells than the first line"]
    assert [event.props for event in Event.objects.order_by("at")] == [{"order": "K", "value": 1690}, None]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nonsense", "it is not JSON: "),
        ("[1]", "an event is an object"),
        ('{"at": 1793527205, "step": "purchase"}', "participant is missing"),
        ('{"participant": "a", "step": "purchase"}', "at is missing"),
        ('{"participant": "a", "at": "noon", "step": "purchase"}', "at is neither ISO 8601 nor a number"),
        ('{"participant": "a", "at": -5, "step": "purchase"}', "at is not between 1970 and 2109"),
        ('{"participant": "a", "at": true, "step": "purchase"}', "at is neither ISO 8601 nor a number"),
        ('{"participant": true, "at": 1793527205, "step": "purchase"}', "participant is missing"),
        ('{"participant": "a", "at": "2026-11-01"}', "step is missing"),
        ('{"participant": "a", "at": "2026-11-01", "step": "buy"}', "there is no step 'buy'"),
        ('{"participant": "a", "at": "2026-11-01", "step": "purchase", "value": 16.9}', "value is not a whole number"),
        ('{"participant": "a", "at": "2026-11-01", "step": "purchase", "kind": "cat"}', "there is no kind 'cat'"),
        ('{"participant": "a", "at": "2026-11-01", "step": "purchase", "arms": "x"}', "arms are written like"),
        ('{"participant": "a", "at": "2026-11-01", "step": "purchase", "props": 3}', "props is not an object"),
        ('{"participant": "a\\u0000", "at": "2026-11-01", "step": "purchase"}', "it holds a NUL"),
        ('{"participant": "a", "at": "2026-11-01", "step": "purchase", "x": "\\ud800"}', "it is not JSON"),
    ],
)
def test_a_bad_line_is_refused_by_number_and_reason_and_the_rest_goes_in(file, capsys, line, reason):
    told = imported(capsys, file(f"{json.dumps(LINES[0])}\n{line}\n{json.dumps(LINES[1])}"))
    assert told[0] == "Stored 2, already there 0, refused 1."
    assert told[1].startswith(f"  line 2: {reason}")
    assert DeadEvent.objects.get().reason.startswith(f"events.jsonl, line 2: {reason}")


def test_a_file_of_which_nothing_can_be_taken_fails(file):
    with pytest.raises(CommandError, match="every line was refused"):
        call_command("import_events", str(file("nonsense")))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_events", "nowhere.jsonl")


def test_more_than_twenty_reasons_are_counted(file, capsys):
    told = imported(capsys, file([*LINES, *[{"participant": "a"}] * 25]))
    assert (len(told), told[-2:]) == (23, ["All reasons:", "  25 × at is missing"])


def test_recount_and_its_check_say_what_they_found(file, capsys):
    imported(capsys, file(LINES))
    call_command("recount", "--check")
    assert capsys.readouterr().out.startswith("drift 0 in 2 journeys and ")
    Journey.objects.filter(kind="tester").update(stage=6)
    with pytest.raises(CommandError, match="drift 1 in 2 journeys"):
        call_command("recount", "--check")
    assert "stage is 6 instead of 1" in capsys.readouterr().out
    call_command("recount")
    call_command("recount", "--check")
