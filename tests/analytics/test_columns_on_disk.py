"""Files of days: used only when they are those of the journeys there are, and gone with the people in them."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from analytics import tasks
from analytics.answers.questions import Question
from analytics.columns import days, folder, versions
from analytics.columns.answers import told
from analytics.columns.day import built
from analytics.counts.counting import count, touch_days
from analytics.keeping import retention
from analytics.models import DayVersion, Journey
from analytics.semantics.funnels import SHOP
from journey import privacy
from journey.models import Horizon, Participant
from journey.privacy import Person
from journey.store import store, touch
from tests.analytics.taken import BOUGHT, DAY, START, TAPPED, WATCHED, batch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
MONDAY = date(2026, 9, 21)
ASKED = Question(SHOP)


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.COLUMNS_DIR = tmp_path / "columns"
    return settings.COLUMNS_DIR


@pytest.fixture
def shop():
    """Two people on Monday, one of them again on Tuesday."""
    store([batch(1_000_001, *BOUGHT), batch(1_000_002, *TAPPED), batch(1_000_001, *WATCHED, at=START + DAY)])
    count()


def said() -> dict[int, int]:
    return dict(told(ASKED).parts[()].reached)


def files() -> list[str]:
    return sorted(path.name for path in folder.folder().iterdir() if path.is_file())


def holds(number: int) -> bool:
    """Whether a participant's number lies in any file."""
    paths = [path for path in folder.folder().iterdir() if path.is_file()]
    return any(number.to_bytes(8, "little") in path.read_bytes() for path in paths)


def reads_journeys(captured) -> bool:
    return any('"path"' in query["sql"] for query in captured)


def test_a_day_is_built_once_and_then_read_from_its_file(shop, django_assert_max_num_queries):
    with django_assert_max_num_queries(10) as captured:
        assert said() == {0b1111: 1, 0: 2}
    assert reads_journeys(captured)
    assert [name[:10] for name in files()] == ["2026-09-21", "2026-09-22"]
    with django_assert_max_num_queries(2) as captured:
        assert said() == {0b1111: 1, 0: 2}
    assert not reads_journeys(captured)


def test_when_a_day_changes_its_file_goes_and_the_others_stay(shop):
    said()
    before = files()
    store([batch(1_000_003, *BOUGHT)])
    count()
    assert files() == before[1:]
    assert said() == {0b1111: 2, 0: 2}


def test_a_change_that_is_taken_back_leaves_the_file(shop):
    said()
    before = files()
    with transaction.atomic():
        touch_days([MONDAY])
        transaction.set_rollback(True)
    assert files() == before


def test_who_is_forgotten_lies_in_no_file(shop):
    said()
    assert holds(1_000_001)
    privacy.forget(Person(frozenset({1_000_001})))
    assert not holds(1_000_001)
    count()
    assert said() == {0: 1}
    assert holds(1_000_002)
    assert not holds(1_000_001)


def test_whose_journeys_are_too_old_lies_in_no_file(shop):
    said()
    end = START // DAY * DAY + DAY
    Horizon.move(Horizon.Name.EVENTS, end + DAY)
    Horizon.move(Horizon.Name.CLEARED, end)
    retention.drop_journeys(end)
    assert [name[:10] for name in files()] == ["2026-09-22"]
    assert not holds(1_000_002)
    assert said() == {0: 1}


def test_who_builds_a_day_that_changes_meanwhile_leaves_nothing_behind(shop):
    before = versions.version_of(MONDAY)
    privacy.forget(Person(frozenset({1_000_001})))
    days.of(MONDAY, before)
    assert files() == []


def test_a_file_of_another_version_is_not_read(shop):
    said()
    version = versions.version_of(MONDAY)
    Journey.objects.filter(participant=1_000_001).delete()
    assert len(days.of(MONDAY, version).walks) == 2, "nobody said that anything has changed"
    DayVersion.objects.filter(day=MONDAY).update(version=version + 1)
    assert len(days.of(MONDAY, version + 1).walks) == 1


def test_a_day_without_a_version_is_never_kept(shop):
    DayVersion.objects.all().delete()
    assert said() == {0b1111: 1, 0: 2}
    assert not folder.folder().exists()


def test_a_file_that_is_not_whole_is_written_again(shop):
    said()
    for path in folder.folder().iterdir():
        path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2])
    assert said() == {0b1111: 1, 0: 2}
    for path in folder.folder().iterdir():
        path.write_bytes(b"")
    assert said() == {0b1111: 1, 0: 2}


def test_without_a_folder_to_write_to_questions_are_answered_all_the_same(shop, settings, tmp_path):
    (tmp_path / "file").write_text("no folder")
    settings.COLUMNS_DIR = tmp_path / "file" / "columns"
    assert said() == {0b1111: 1, 0: 2}
    assert days.build_changed() == 0


def test_days_that_changed_a_while_ago_are_built_before_anybody_asks(shop, django_assert_max_num_queries):
    assert days.build_changed() == 0, "they have just changed"
    DayVersion.objects.update(touched_at=0)
    assert days.build_changed() == 2
    assert days.build_changed() == 0
    with django_assert_max_num_queries(2):
        said()


def test_what_nobody_needs_any_more_is_swept(shop, here):
    said()
    kept = files()
    for name in ("2026-09-21.5.abc.columns", "1999-01-01.5.abc.columns", "x.draft"):
        (here / name).write_bytes(b"old")
    days.build_changed()
    assert files() == sorted([*kept, "x.draft"]), "somebody may be writing it"


def test_many_may_build_the_same_day_at_once(shop, here):
    version = versions.version_of(MONDAY)
    found = []

    def build():
        found.append(days.of(MONDAY, version).number("participant").tolist())
        connection.close()

    threads = [Thread(target=build) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[1_000_001, 1_000_002]] * 6
    assert len(files()) == 1


def test_a_file_holds_what_was_built(shop):
    fresh, kept = built(MONDAY), days.of(MONDAY, versions.version_of(MONDAY))
    again = days.of(MONDAY, versions.version_of(MONDAY))
    for day in (kept, again):
        assert {name: array.tolist() for name, array in day.arrays.items()} == {
            name: array.tolist() for name, array in fresh.arrays.items()
        }


def test_whose_kind_changes_changes_their_days(shop):
    said()
    Participant.objects.filter(number=1_000_001).update(kind="staff")
    touch([1_000_001])
    count()
    assert said() == {0: 1}


def test_days_are_those_that_have_journeys_in_order(shop):
    tuesday = MONDAY + timedelta(days=1)
    assert versions.days() == [MONDAY, tuesday]
    assert versions.days(tuesday) == [tuesday]
    assert versions.days(None, MONDAY) == [MONDAY]
    assert versions.days(MONDAY + timedelta(days=2)) == []


def test_the_command_builds_every_day_now_and_the_task_those_that_are_quiet(shop, capsys):
    tasks.build_columns()
    assert not folder.folder().exists() or files() == []
    call_command("columns")
    assert capsys.readouterr().out == "Built 2 days.\n"
    assert len(files()) == 2
    folder.remove([MONDAY])
    DayVersion.objects.update(touched_at=0)
    tasks.build_columns()
    assert len(files()) == 2
