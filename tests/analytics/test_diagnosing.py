"""A diagnosis from the database: the same as from memory, kept by day, told on the command line, drawn in the admin."""

from dataclasses import replace
from datetime import timedelta
from inspect import isfunction, signature

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from analytics.diagnosis import keeping, pages, tests_to_run
from analytics.diagnosis.asking import bands_now, diagnose, picture_of
from analytics.diagnosis.bands import Bands, default_bands
from analytics.diagnosis.defaults import DEFAULTS
from analytics.diagnosis.judging import judge
from analytics.diagnosis.memory import picture_of as remembered
from analytics.diagnosis.models import Benchmark, VerdictDay
from analytics.diagnosis.pictures import Picture
from analytics.shares import Share
from analytics.simulation import pipeline
from analytics.simulation.arms import control
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.faults import no_fault, planted
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures
from journey import designs
from tests.analytics.cases import PRODUCT
from tests.analytics.world import END, WORLD

DAYS, LAST = 10, END - timedelta(1)
FIRST = END - timedelta(DAYS)
PERIOD = Period.before(END, DAYS, seed=7, journeys=700)
TROUBLED, _ = planted(WORLD, "weak-hook", ("serum-week-one",))
KINDS = ("simulated",)


@pytest.fixture
def simulated(db):
    pipeline.run(PERIOD, TROUBLED, lambda journeys: None)


@pytest.fixture
def analyst(admin_client):
    return admin_client


def verdict_page(analyst, *subject: str) -> str:
    name = "analytics_diagnosis_subject" if subject else "analytics_diagnosis"
    address = reverse(f"admin:{name}", args=subject)
    answer = analyst.get(f"{address}?kind=simulated&from={FIRST}&to={LAST}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_figures_of_the_database_are_those_of_memory(simulated):
    """What is scored in memory is what staff sees: the same walks give the same figures on both ways."""
    stored = picture_of(FIRST, LAST, KINDS)
    known = remembered(crowd(PERIOD, TROUBLED, control), no_fault, default_bands(), DAYS)
    assert stored.videos == known.videos
    assert stored.products == known.products
    assert (stored.said, stored.missing, stored.days) == (known.said, known.missing, known.days)


def test_a_diagnosis_finds_what_was_planted(simulated):
    found = diagnose(video="serum-week-one", first=FIRST, last=LAST, kinds=KINDS)
    assert (found[0].key, found[0].primary) == ("D03", True)


def test_keeping_a_day_twice_changes_nothing(simulated, settings):
    settings.DEMO = True
    for _ in range(2):
        kept = keeping.keep(LAST)
        assert VerdictDay.objects.count() == kept == 7  # the shop, three videos, three products
    row = VerdictDay.objects.get(slug="serum-week-one")
    assert (row.day, row.about, row.key, row.certain) == (LAST, "video", "D03", True)


def test_a_verdict_that_is_not_what_it_was_the_day_before_has_changed(db):
    for day, key in ((LAST, "D08"), (END, "D11")):
        VerdictDay.objects.create(day=day, about="video", slug="a", key=key, certain=True, lost_cents=5)
        VerdictDay.objects.create(day=day, about="video", slug="b", key="D08", certain=True, lost_cents=9)
    assert [(then.key, now.key, now.slug) for then, now in keeping.changed(END)] == [("D08", "D11", "a")]


def test_the_command_says_the_verdict_in_words_and_as_json(simulated, capsys):
    asked = {"video": "serum-week-one", "first": str(FIRST), "last": str(LAST), "kind": "simulated"}
    call_command("diagnose", **asked)
    words = capsys.readouterr().out
    assert words.startswith("D03 Hook too weak\n  People leave before anything happens:")
    call_command("diagnose", **asked, format="json")
    (first, *_) = orjson.loads(capsys.readouterr().out)
    assert (first["key"], first["test"]["slots"], first["evidence"][0]["unit"]) == ("D03", {}, "share")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"video": "nobody"}, "Nobody has met a video 'nobody'"),
        ({"product": "nothing"}, "Nobody has met a product 'nothing'"),
        ({"first": "soon"}, "write it like 2026-11-30"),
        ({"kind": "martian"}, "There is no kind “martian”"),
        ({"score": True, "faults": "bad-weather"}, "There is no fault 'bad-weather'"),
    ],
)
def test_what_cannot_be_diagnosed_is_said_in_words(db, asked, words):
    with pytest.raises(CommandError, match=words):
        call_command("diagnose", **asked)


def test_the_page_lists_everything_and_what_is_wrong_with_it(simulated, analyst):
    page = verdict_page(analyst)
    assert "People leave before anything happens" in page
    assert [slug for slug in ("serum-week-one", "lights-off-please", "rose-serum") if slug not in page] == []


def test_a_subject_has_a_page_with_its_evidence_and_its_next_test(simulated, analyst):
    page = verdict_page(analyst, "video", "serum-week-one")
    assert 'aria-label="Verdict: Hook too weak"' in page
    assert "Still watching after 3 seconds" in page
    assert "No variant of the page can do that." in page


def test_an_empty_shop_says_so(db, analyst):
    assert "Nobody has seen a video in these days." in verdict_page(analyst)


def test_a_subject_nobody_met_has_a_page_that_says_so(db, analyst):
    assert "Nobody met it in these days." in verdict_page(analyst, "video", "unseen")


def test_a_subject_is_a_video_or_a_product(analyst):
    assert analyst.get(reverse("admin:analytics_diagnosis_subject", args=["creator", "ada"])).status_code == 404


def test_who_may_not_read_reports_reads_no_diagnosis(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("packer", is_staff=True))
    assert client.get(reverse("admin:analytics_diagnosis")).status_code == 403


def test_every_test_that_is_proposed_can_be_drawn():
    ours = [one for one in vars(tests_to_run).values() if isfunction(one) and one.__module__ == tests_to_run.__name__]
    proposed = [make() for make in ours if not signature(make).parameters]
    assert len(proposed) > 8
    for test in proposed:
        assert designs.problems(test.slots, test.values) == []
        assert test.is_design


def test_benchmarks_are_there_and_are_the_ones_that_count(db):
    assert [row.key for row in Benchmark.objects.all()] == [row.key for row in DEFAULTS]
    Benchmark.objects.filter(key="hold").update(limit=0.5)
    assert (bands_now()["hold"].limit, default_bands()["hold"].limit) == (0.5, 0.6)


@pytest.mark.parametrize(
    ("key", "change", "words"),
    [
        ("ctr", {"limit": 2}, "A share is written from 0 to 1: did you mean 0.02?"),
        ("ctr", {"limit": -0.1}, "A benchmark is not below 0."),
        ("ctr", {"limit": 0.02}, "What is typical cannot be bad: it must not be below 0.02."),
        ("gate_days", {"limit": 0}, "Nothing can be told from fewer than one."),
        ("loss", {"own": True}, "There is no median of this one"),
    ],
)
def test_a_benchmark_that_makes_no_sense_is_refused_in_words(analyst, key, change, words):
    row = Benchmark.objects.get(key=key)
    fields = {name: getattr(row, name) for name in ("name", "limit", "typical", "grade", "source", "note", "own")}
    sent = {name: value for name, value in (fields | change).items() if value is not None and value is not False}
    answer = analyst.post(reverse("admin:analytics_benchmark_change", args=[row.pk]), sent)
    assert words in answer.content.decode()


def test_the_shops_own_median_counts_where_it_is_asked_for(simulated):
    Benchmark.objects.filter(key="hold").update(own=True)
    held = {slug: video.hold_3s.value for slug, video in picture_of(FIRST, LAST, KINDS).videos.items()}
    case = picture_of(FIRST, LAST, KINDS).of_video("serum-week-one")
    assert len(held) == 3  # two others are too few for a median
    assert case.bands["hold"] == default_bands()["hold"]


def test_half_the_median_of_three_others_is_a_band():
    bands = Bands({row.key: default_bands()[row.key] for row in DEFAULTS}, frozenset({"ctr"}))
    others = [Share(part, 100) for part in (4, 8, 10)] + [Share(9, 10)]
    found = bands.among({"ctr": others})["ctr"]
    assert (found.limit, found.typical) == (0.04, 0.08)


def test_one_subject_is_judged_as_it_is_among_all(simulated):
    whole = picture_of(FIRST, LAST, KINDS)
    for slug in whole.videos:
        assert judge(picture_of(FIRST, LAST, KINDS, video=slug).of_video(slug), LAST) == judge(
            whole.of_video(slug), LAST
        )
    for slug in whole.products:
        alone = picture_of(FIRST, LAST, KINDS, product=slug).of_product(slug)
        assert judge(alone, LAST) == judge(whole.of_product(slug), LAST)


SELDOM = VideoFigures(video="clip", impressions=200, starts=200, showings=200, clicks=10, clicked={"lamp": 10})
SOUND = ProductFigures(**PRODUCT | {"addresses": 40, "payments": 36})
DEAR = replace(SOUND, checkout_cents=160_000, addresses=6)


@pytest.mark.parametrize(("product", "told"), [(DEAR, "D18"), (SOUND, "")])
def test_of_a_video_that_does_not_tell_yet_what_is_broken_about_its_product_is_said(db, product, told):
    everything, one = pages.DiagnosisPage({}), pages.SubjectPage({}, "video", "clip")
    everything.picture = one.picture = Picture(default_bands(), {"clip": SELDOM}, {"lamp": product}, 30, 200_000, 200)
    (clip,) = (row for row in everything.rows if row.slug == "clip")
    assert [row.first.key if row else "" for row in (clip.product, one.product)] == [told, told]
