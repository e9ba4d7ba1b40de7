"""The behaviour model: the same seed, the same buyers; and buyers who behave like some."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import pairwise

import orjson
import pytest

from analytics.simulation.arms import control, sights
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.effects import Effect
from analytics.simulation.people import Sight
from analytics.simulation.pipeline import payloads_of
from analytics.simulation.rhythm import DAY, HOUR, MINUTE, midnight
from analytics.simulation.tally import Tally
from analytics.simulation.traits import product_traits, video_traits
from journey.models import Experiment
from journey.steps import Step
from journey.variants import assign, running
from tests.analytics.world import END, WORLD
from tests.factories import ArmFactory, VariantFactory


def shown_the_same(participant: int, device: str, source: str) -> Sight:
    return Sight("trust=control", ("gallery", "price", "reviews"))


def simulated(sight_of=shown_the_same, **period):
    """Every walk of a period, person by person."""
    return list(crowd(Period.before(**{"day": END, "days": 14, "seed": 7, "journeys": 600} | period), WORLD, sight_of))


@pytest.fixture(scope="module")
def people():
    return simulated()


@pytest.fixture(scope="module")
def walks(people):
    return [walk for _, walks in people for walk in walks]


def digest(people) -> str:
    tally = Tally()
    for _, walks in people:
        tally.add(walks, payloads_of(walks))
    return tally.digest


def steps_of(walk) -> set[str]:
    return {step for trail in walk.trails for _, _, step, _ in trail.events}


def times_of(walk) -> list[int]:
    return [trail.t0 + dt for trail in walk.trails for _, dt, _, _ in trail.events]


def test_same_seed_makes_the_same_events(people):
    assert digest(simulated()) == digest(people)


def test_another_seed_makes_other_people(people):
    assert {who.number for who, _ in simulated(seed=8)}.isdisjoint(who.number for who, _ in people)


def test_one_more_journey_changes_nobody_who_came_before(people):
    more = simulated(journeys=650)
    assert digest(more[: len(people) - 1]) == digest(people[:-1])


def test_a_period_has_as_many_journeys_as_it_asks_for(walks):
    assert len(walks) == 600


def test_within_an_hour_now_stands_still_and_later_that_day_only_what_happened_since_is_new():
    morning, soon, evening = (
        {
            payload
            for _, walks in crowd(Period.until_now(midnight(END) + at, 3, 7, 200), WORLD, shown_the_same)
            for payload in payloads_of(walks)
        }
        for at in (9 * HOUR, 9 * HOUR + 59 * MINUTE, 21 * HOUR)
    )
    assert soon == morning
    assert {orjson.loads(payload)["t0"] > midnight(END) + 8 * HOUR for payload in evening - morning} == {True}


def test_nothing_happens_before_the_period_or_after_its_end(walks):
    times = [at for walk in walks for at in times_of(walk)]
    assert midnight(END) - 14 * DAY <= min(times)
    assert max(times) < midnight(END)


def test_events_of_a_trail_are_numbered_in_the_order_of_time(walks):
    for trail in (trail for walk in walks for trail in walk.trails):
        numbers, offsets, _, _ = zip(*trail.events, strict=True)
        assert list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))
        assert list(offsets) == sorted(offsets)


def test_pages_are_numbered_zero_and_acts_are_not(walks):
    pages = {Step.VIEW_FEED, Step.VIEW_PROFILE, Step.VIEW_ITEM, Step.VIEW_CART, Step.BEGIN_CHECKOUT, Step.VIEW_ORDER}
    pages.add(Step.VIEW_SUPPORT)
    firsts = {(trail.events[0][2] in pages, trail.events[0][0]) for walk in walks for trail in walk.trails}
    assert firsts == {(True, 0), (False, 1)}


def test_trails_of_one_person_never_share_a_number(people):
    for _, walks in people:
        numbers = [trail.number for walk in walks for trail in walk.trails]
        assert len(numbers) == len(set(numbers))


def test_no_pause_within_a_walk_is_as_long_as_the_half_hour_that_ends_it(walks):
    for walk in walks:
        assert all(later - earlier < 30 * MINUTE for earlier, later in pairwise(sorted(times_of(walk))))


def test_a_person_rests_between_two_walks(people):
    for _, walks in people:
        for before, after in pairwise(walks):
            assert min(times_of(after)) - max(times_of(before)) > 30 * MINUTE


def test_every_stage_of_the_sale_loses_buyers():
    chain = [Step.VIDEO_START, Step.VIEW_PROMOTION, Step.VIEW_ITEM, Step.ADD_TO_CART, Step.PURCHASE, Step.SUPPORT_OPEN]
    reached = Counter(step for _, walks in simulated(journeys=6000) for walk in walks for step in steps_of(walk))
    counts = [reached[step] for step in chain]
    assert counts == sorted(counts, reverse=True)
    assert 0.02 < reached[Step.PURCHASE] / 6000 < 0.07


def test_evenings_are_busier_than_nights():
    hours = Counter(
        datetime.fromtimestamp(walk.trails[0].t0 / 1e6, UTC).hour
        for _, walks in simulated(journeys=2000)
        for walk in walks
    )
    assert sum(hours[hour] for hour in range(19, 22)) > 4 * sum(hours[hour] for hour in range(2, 5))


def test_only_the_first_page_of_a_walk_tells_the_source(walks):
    assert all(walk.trails[0].context.source for walk in walks)
    assert {trail.context.source for walk in walks for trail in walk.trails[1:]} == {""}


def test_traits_hang_on_the_slug_alone():
    assert video_traits("stuffing-waffle").pull < 0.5 < video_traits("lights-off-please").pull
    assert video_traits("stuffing-waffle") == WORLD.video_traits("stuffing-waffle")
    assert product_traits("sunset-lamp", "another shop") != product_traits("sunset-lamp")


@pytest.fixture
def trust_experiment(db):
    arm = ArmFactory(
        experiment__slug="trust",
        experiment__state="running",
        slug="badges",
        variant=VariantFactory(slug="trust-first", slots={"product/body": ["price", "assurances"]}),
    )
    ArmFactory(experiment=arm.experiment, slug="control", variant=None)


def test_everyone_is_in_the_arm_that_assign_gives_them(trust_experiment):
    (plan,) = running()
    arms = {}
    for who, walks in simulated(sights(), journeys=50):
        (arms[who.number],) = {trail.context.arms for walk in walks for trail in walk.trails}
    assert arms == {number: f"trust={assign(plan, number).slug}" for number in arms}
    assert len(set(arms.values())) == 2


def test_an_arm_reads_the_blocks_its_variant_draws(trust_experiment):
    sight_of = sights()
    seen = {sight.arms: sight.blocks for sight in (sight_of(number, "phone", "direct") for number in range(1, 50))}
    assert seen["trust=badges"] == ("price", "assurances")
    assert seen["trust=control"] == control().blocks


def test_an_experiment_for_a_source_has_only_those_who_come_from_there(trust_experiment):
    Experiment.objects.update(sources=["tiktok"])
    sight_of = sights()
    assert sight_of(1, "phone", "tiktok").arms.startswith("trust=")
    assert sight_of(1, "phone", "direct").arms == ""


def test_what_is_planted_in_an_arm_leaves_the_control_as_it_was(trust_experiment):
    nobody = {"trust=badges": Effect({Step.ADD_TO_CART: -1.0})}
    alike, lifted = (simulated(sights(effects, alike=True), journeys=200) for effects in ({}, nobody))
    # The last participant of a crowd is cut short.
    assert by_arm(lifted[:-1])["trust=control"].items() <= by_arm(alike)["trust=control"].items()
    assert added(alike, "trust=badges") > 5
    assert added(lifted, "trust=badges") == 0


def test_an_effect_moves_its_step_and_nothing_before_it(trust_experiment):
    half_more = {f"trust={arm}": Effect({Step.ADD_TO_CART: 0.5}) for arm in ("badges", "control")}
    plain, eager = (
        Counter(
            step
            for _, walks in simulated(sights(effects, alike=True), journeys=3000)
            for walk in walks
            for step in steps_of(walk)
        )
        for effects in ({}, half_more)
    )
    assert eager[Step.ADD_TO_CART] > 1.2 * plain[Step.ADD_TO_CART]
    assert eager[Step.VIEW_ITEM] < 1.1 * plain[Step.VIEW_ITEM]


def by_arm(people) -> dict[str, dict[int, list[bytes]]]:
    """Arm → participant → all that they sent."""
    found = defaultdict(dict)
    for who, walks in people:
        found[who.sight.arms][who.number] = payloads_of(walks)
    return found


def added(people, arm: str) -> int:
    walks = [walk for who, walks in people for walk in walks if who.sight.arms == arm]
    return sum(Step.ADD_TO_CART in steps_of(walk) for walk in walks)
