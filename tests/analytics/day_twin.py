"""The slow, obvious twin of the counts of a day: one journey after the other."""

from collections import defaultdict

from analytics.counts.counting import Cell
from analytics.counts.journeys import days_later
from analytics.counts.tallies import SUMS, Tally, gaps_to, measured
from analytics.models import FIELDS, Journey, offsets
from analytics.semantics.walking import walk


def counts_of(day, funnels) -> list[Cell]:
    found = defaultdict(Tally)
    journeys = Journey.objects.filter(day=day).values_list("start", "path", "pauses", *SUMS, "kind", *FIELDS)
    for start, path, pauses, cents, said, missing, kind, *values in journeys:
        at, sums = offsets(pauses), (cents, said, missing)
        for funnel in funnels:
            walked = walk(funnel, path, at)
            (reached, gaps), entry = measured(walked), days_later(start, walked.at[0])
            for field, value in zip(("", *FIELDS), ("", *values), strict=True):
                found[funnel.key, field, kind, value, entry, reached].add_one(reached, sums, gaps)
    return [
        Cell(funnel, field, day, kind, value, entry, reached, tally.n, *tally.sums, gaps_to(tally.gaps))
        for (funnel, field, kind, value, entry, reached), tally in sorted(found.items())
    ]
