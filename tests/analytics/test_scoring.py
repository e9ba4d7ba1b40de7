"""The rules against known causes, in short: the whole table is made by the command, and stands in the docs."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from analytics.diagnosis.scoring import EXPECTED, Score, lines, score, verdicts_of
from analytics.management.commands import diagnose
from analytics.management.commands.diagnose import with_table
from analytics.simulation.faults import FAULTS
from analytics.simulation.troubles import NONE, TROUBLES

# One of each part of the way; all of them are in the table.
SHORT = (
    *("views-are-loops", "no-product", "late-anchor", "entertaining", "promise", "no-trust", "variant-dead-end"),
    *("parked-carts", "cost-surprise", "vanishing-sales", "healthy", "too-little"),
)


@pytest.mark.parametrize("fault", ["weak-hook", "price-shock", "unmeasured", "healthy", "too-little"])
def test_a_known_cause_is_found(fault):
    assert verdicts_of((fault, 1))[0] == EXPECTED[fault]


def test_every_trouble_is_a_fault_with_a_verdict_of_its_own():
    assert set(EXPECTED) == {*TROUBLES, "healthy", "too-little"}
    assert set(FAULTS) == {*TROUBLES, "lost"}
    assert sorted(EXPECTED.values()) == ["", *(f"D{number:02}" for number in range(1, 29))]
    assert NONE not in TROUBLES.values()


def test_the_command_prints_the_confusion_table(capsys):
    call_command("diagnose", score=True, faults="too-little", seeds=2)
    assert capsys.readouterr().out.splitlines() == [
        "| planted | should be | right | what else was said |",
        "|---|---|---|---|",
        "| too-little | D27 | 2 of 2 | – |",
    ]


def test_the_table_tells_right_ones_from_wrong_ones():
    found = Score()
    for fault, verdict in (("promise", "D10"), ("promise", "D09"), ("healthy", ""), ("healthy", "D13")):
        found.add(fault, verdict, ["", "D27"])
    assert list(lines(found))[2:] == [
        "| promise | D10 | 1 of 2 | D09 1 |",
        "| healthy | nothing broken | 1 of 2 | D13 1 |",
        "",
        "Primary cause right in 1 of 2 (50.0%, interval 9.5% to 90.5%) runs.",
        "False alarms about 1 of 4 (25.0%, interval 4.6% to 69.9%) videos and products in healthy traffic, where enough"
        " is known.",
        "False alarms about 0 of 2 (0.0%, interval 0.0% to 65.8%) videos and products beside one that has a fault,"
        " where enough is known.",
    ]


def test_what_is_known_so_far_is_written_after_every_run(tmp_path, monkeypatch):
    page = tmp_path / "diagnosis.md"
    page.write_text("Before\n<!-- score -->\nold\n<!-- end of score -->\nAfter\n")
    monkeypatch.setattr(diagnose, "PAGE", page)
    seen = []
    monkeypatch.setattr(diagnose, "with_table", lambda *told: seen.append(told[1]) or with_table(*told))
    call_command("diagnose", score=True, faults="too-little", seeds=2, write=True)
    assert [table.splitlines()[2] for table in seen] == [
        "| too-little | D27 | 1 of 1 | – |",
        "| too-little | D27 | 2 of 2 | – |",
    ]
    assert page.read_text().startswith("Before\n<!-- score -->\nMade by")
    assert page.read_text().endswith("| too-little | D27 | 2 of 2 | – |\n<!-- end of score -->\nAfter\n")


def test_in_a_few_runs_nine_of_ten_causes_are_right_and_nothing_sound_is_accused():
    """The claim of the docs in short: another seed than those of the table."""
    found = score([(fault, 101) for fault in SHORT], lambda *told: None, jobs=2)
    right, whole = found.planted
    assert whole == len(SHORT) - 2
    assert right >= 0.9 * whole, "\n".join(lines(found))
    assert found.right("too-little") == 1
    assert (found.healthy.false, found.beside.false) == (0, 0)
    assert found.healthy.judged + found.beside.judged > 20


def test_the_docs_have_a_row_for_every_fault_and_one_for_every_verdict():
    page = Path(settings.BASE_DIR, "docs", "diagnosis.md").read_text()
    assert re.findall(r"^\| ([a-z-]+) \| (?:D\d\d|nothing broken) \| \d+ of \d+ \|", page, re.M) == list(EXPECTED)
    assert sorted(re.findall(r"^\| (D\d\d) \|", page, re.M)) == [f"D{number:02}" for number in range(29)]
