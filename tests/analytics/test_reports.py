"""Reports: the same numbers from counts, from journeys, on the command line and over the API."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from analytics.answers.questions import FIELDS, Question, funnel_of, question_from
from analytics.answers.reports import report, top
from analytics.counts.counting import count
from analytics.exporting.exports import as_csv, as_json
from analytics.models import Journey
from analytics.semantics.funnels import FUNNELS, SHOP, SIX_STAGES, Order
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, INTERESTED, START, TAPPED, WATCHED, batch

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 21)
EARLY, LATE = ("phone", "Chrome", "direct", "anchor=early"), ("desktop", "Chrome", "direct", "anchor=late;pay=guest")


@pytest.fixture
def shop():
    """Six visitors who got to watch, interest, link, link, purchase and support; a bot and a simulated buyer."""
    store(
        [
            batch(1, *WATCHED, context=EARLY),
            batch(2, *INTERESTED, context=LATE),
            batch(3, *TAPPED, context=EARLY),
            batch(4, *TAPPED, context=LATE, at=START + DAY),
            batch(5, *BOUGHT, context=EARLY, at=START + DAY),
            batch(6, *BOUGHT, (200, Step.SUPPORT_OPEN, {"ticket": "T"}), context=LATE, at=START + 2 * DAY),
            batch(7, *BOUGHT, kind="bot"),
            batch(8, *BOUGHT, kind="simulated"),
        ]
    )
    count()


def counts(answer):
    return [line.count for line in answer.lines]


def test_a_report_has_counts_rates_intervals_and_the_biggest_drop(shop):
    answer = report(Question(SIX_STAGES))
    assert counts(answer) == [6, 5, 0, 4, 2, 1]
    purchase = answer.lines[4]
    assert (purchase.of_previous.value, purchase.of_first.value) == (0.5, pytest.approx(1 / 3))
    assert purchase.of_previous.low < 0.5 < purchase.of_previous.high
    assert (purchase.lost, purchase.biggest) == (2, True)
    assert purchase.median_us == pytest.approx(90_000_000, rel=0.01)
    assert answer.revenue_cents == 2 * 1690


def test_a_step_after_an_optional_one_is_compared_with_the_required_one_before(shop):
    store([batch(9, *INTERESTED, (6, Step.VIEW_PROFILE, {}))])
    count()
    _, interest, profile, link, *_ = report(Question(SIX_STAGES)).lines
    assert (profile.count, profile.of_previous.whole, profile.lost) == (1, interest.count, 0)
    assert link.of_previous.whole == interest.count


def test_who_asks_for_no_support_is_not_lost(shop):
    assert report(Question(SIX_STAGES)).lines[5].lost == 0


def test_bots_and_simulated_journeys_count_only_when_asked_for(shop, settings):
    settings.DEMO = False
    assert counts(report(question_from({}, SHOP)))[0] == 2
    settings.DEMO = True
    with_simulated = report(question_from({}, SHOP))
    assert (counts(with_simulated)[0], with_simulated.simulated) == (3, True)
    assert counts(report(question_from({"kind": "all"}, SHOP)))[0] == 4


def test_both_days_of_a_period_are_included(shop):
    tuesday = date(2026, 9, 22)
    assert counts(report(Question(SIX_STAGES, first=MONDAY, last=tuesday)))[0] == 5
    assert counts(report(Question(SIX_STAGES, first=tuesday, last=tuesday)))[0] == 2


@pytest.mark.parametrize("slug", FUNNELS)
@pytest.mark.parametrize("by", ["", *FIELDS])
def test_a_saved_funnel_and_the_same_one_asked_for_give_the_same_numbers(shop, slug, by):
    saved = Question(FUNNELS[slug], kinds=frozenset({"visitor", "simulated"}), by=(by,) if by else ())
    asked = replace(saved, funnel=replace(saved.funnel, slug="asked"))
    assert (saved.saved, asked.saved) == (True, False)
    assert as_json(report(saved)) == as_json(report(asked))


def test_a_segment_is_what_the_filter_to_its_value_finds(shop):
    split = report(Question(SIX_STAGES, by=("device",)))
    assert {segment.value for segment in split.segments} == {"phone", "desktop"}
    for segment in split.segments:
        assert report(Question(SIX_STAGES, only=(("device", segment.value),))).lines == segment.lines


def test_arms_are_split_by_one_experiment_at_a_time(shop):
    first = report(Question(SHOP, by=("variant",)))
    assert (first.experiments, [s.value for s in first.segments]) == (
        ["anchor", "pay"],
        ["anchor=early", "anchor=late"],
    )
    assert [s.value for s in report(Question(SHOP, by=("experiment:pay",))).segments] == ["(none)", "pay=guest"]


def test_a_participant_is_one_walk_over_all_their_journeys(shop):
    store([batch(1, *BOUGHT[1:], at=START + 3 * DAY)])
    count()
    bought = funnel_of("video_start,purchase", "7d", "ordered")
    assert counts(report(Question(bought))) == [6, 2]
    assert counts(report(Question(bought, unit="participant"))) == [6, 3]


def test_the_smallest_segments_are_summed_up(shop):
    answer = top(report(Question(SIX_STAGES, by=("device",))), 1)
    assert [(s.value, s.lines[0].count) for s in answer.segments] == [("desktop", 3), ("1 others", 3)]


def test_an_empty_report_has_no_rates(db):
    line = as_json(report(Question(SHOP)))["steps"][1]
    assert (line["count"], line["from_previous"], line["low"]) == (0, None, None)


def test_a_saved_report_reads_counts_and_whether_they_are_complete(shop, django_assert_num_queries):
    with django_assert_num_queries(4):  # also which days there are; those of long ago, and the last ones
        report(Question(SIX_STAGES, by=("video",)))


def test_a_cell_of_a_csv_never_is_a_formula(shop):
    store([batch(9, (0, Step.VIDEO_START, {"video": "=HYPERLINK(1)"}))])
    count()
    assert "\n'=HYPERLINK(1),Watch,1," in as_csv(report(Question(SIX_STAGES, by=("video",))))


def run(capsys, *args):
    return call_command("funnel", *args) or capsys.readouterr().out


def test_the_command_prints_one_json_object(shop, capsys):
    told = json.loads(run(capsys, "--steps", "view_item,add_to_cart|purchase", "--window", "1h", "--format", "json"))
    assert list(told) == [
        *("steps", "unit", "attribute", "order", "window_seconds", "from", "to"),
        *("steps_said", "steps_lost", "journeys_unread"),
    ]
    assert (told["unit"], told["order"], told["window_seconds"], told["from"]) == ("journey", "ordered", 3600, None)
    second = told["steps"][1]
    assert (second["step"], second["count"], second["from_previous"]) == ("add_to_cart|purchase", 3, 1.0)
    assert second["low"] < second["from_first"] == second["high"] == 1.0


def test_the_command_splits_and_tables(shop, capsys):
    told = json.loads(run(capsys, "--by", "device", "--format", "json", "--kind", "visitor"))
    assert {value: steps[4]["count"] for value, steps in told["segments"].items()} == {"desktop": 1, "phone": 1}
    assert "Purchase" in run(capsys)
    assert run(capsys, "--format", "csv").startswith("segment,step,count,")


def test_a_strict_saved_funnel_needs_its_optional_step_too(shop, capsys):
    told = json.loads(run(capsys, "--order", "strict", "--format", "json"))
    assert told["order"] == Order.STRICT


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--steps", "buy"], "There is no step “buy”; steps are view_feed, "),
        (["--steps", "purchase", "--window", "soon"], "“soon” is not a window; write it like "),
        (["--steps", "purchase", "--order", "odd"], "There is no order “odd”; orders are ordered, strict, any."),
        (["--steps", "view_item,view_item|purchase", "--order", "any"], "two steps are the same or have nothing"),
        (["--steps", "purchase", "--funnel", "shop"], "Say either the steps or a saved funnel."),
        (["--funnel", "x"], "There is no funnel “x”; funnels are stages, path, shop, support."),
        (["--unit", "crowd"], "There is no unit “crowd”; choose from journey, participant, event."),
        (["--by", "mood"], "Journeys cannot be split by “mood”; fields are video, "),
        (["--from", "yesterday"], "“yesterday” is not a day; write it like "),
        (["--from", "2026-09-02", "--to", "2026-09-01"], "The first day, 2026-09-02, is after the last"),
        (["--kind", "cat"], "There is no kind “cat”; kinds are visitor, "),
        (["--format", "pdf"], "There is no format “pdf”; choose from table, json, csv."),
    ],
)
def test_the_command_refuses_in_one_sentence(db, args, sentence):
    with pytest.raises(CommandError) as refusal:
        call_command("funnel", *args)
    assert sentence in str(refusal.value)


def test_the_api_says_what_the_command_says(shop, admin_client, capsys):
    told = json.loads(run(capsys, "--funnel", "shop", "--by", "variant", "--from", "2026-09-21", "--format", "json"))
    assert admin_client.get("/api/funnels/shop/", {"by": "variant", "from": "2026-09-21"}).json() == told


def test_the_api_answers_any_funnel_as_the_command_does(shop, admin_client, capsys):
    asked = {"steps": "view_item,add_to_cart|view_cart", "window": "1h", "order": "any", "unit": "participant"}
    limited = {"steps": "view_item,!refund,purchase:within=1h", "attempt": "first"}
    for one in (asked, limited):
        call_command("funnel", format="json", **one)
        assert admin_client.get("/api/funnel/", one).json() == json.loads(capsys.readouterr().out)
    refused = admin_client.get("/api/funnel/", asked | {"unit": "crowd"})
    assert (refused.status_code, refused.json()) == (
        400,
        {"detail": "There is no unit “crowd”; choose from journey, participant, event."},
    )


def test_the_api_lists_funnels_and_refuses_in_words(db, admin_client):
    assert [funnel["slug"] for funnel in admin_client.get("/api/funnels/").json()] == list(FUNNELS)
    refused = admin_client.get("/api/funnels/shop/", {"from": "soon"})
    assert (refused.status_code, refused.json()["detail"]) == (400, "“soon” is not a day; write it like 2026-11-30.")
    misspelt = admin_client.get("/api/funnels/shop/", {"form": "2026-09-21"})
    assert misspelt.status_code == 400
    assert misspelt.json()["detail"].startswith("There is no parameter “form”; parameters are from, to, by")
    assert admin_client.get("/api/funnels/none/").status_code == 404


def test_the_api_is_for_staff_who_may_view_journeys(client, django_user_model):
    assert client.get("/api/funnels/").status_code == 401
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    assert client.get("/api/funnels/").status_code == 403


def test_every_count_is_a_number_of_journeys(shop):
    for line, stage in zip(report(Question(SIX_STAGES)).lines, range(1, 7), strict=True):
        if not line.optional:
            assert line.count == Journey.objects.filter(kind="visitor", stage__gte=stage).count()


def test_an_experiment_nobody_was_in_is_refused_in_words(shop, admin_client):
    refused = admin_client.get("/api/funnels/shop/", {"by": "experiment:unknown"})
    assert (refused.status_code, refused.json()) == (
        400,
        {"detail": "No event has been part of an experiment “unknown”."},
    )
