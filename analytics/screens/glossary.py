"""What every word and number of a report means: the page says it on hover and focus, docs/reports.md in a table.

The figures of videos and products are terms as well; docs/metrics.md has them, with the numbers that they follow from.
"""

from dataclasses import dataclass

from analytics.videos.metrics import PRODUCT_METRICS, VIDEO_METRICS


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    meaning: str


_TERMS = {
    "journey": ("Journey", "One walk of a participant through the shop. It ends with 30 quiet minutes."),
    "participant": ("Participant", "A person as we know them, with all their journeys of these days as one walk."),
    "event": ("Attempt", "Every event that takes the first step begins one of its own: totals instead of people."),
    "reached": ("Reached", "Took this step and all required ones before it, as the funnel asks, within its window."),
    "previous": ("Of the step before", "Of those who took the last required step before, how many took this one too."),
    "first": ("Of the first step", "Of those who took the first step, how many came this far."),
    "lost": ("Lost", "Took the last required step before and not this one. After the purchase nobody is lost."),
    "interval": (
        "95 % interval",
        "Where the true rate lies, if these are a sample of more like them: Wilson's interval, right 19 times in 20.",
    ),
    "median": ("Median time", "Half of those who took the step needed less time since the last required step before."),
    "window": ("Window", "The longest time from the first step to the last. It is elapsed time and knows no midnight."),
    "conversion": ("Conversion", "Of those who took the first step, how many came to the goal."),
    "goal": ("Goal", "The purchase; in a funnel without one, its last step."),
    "entry": ("Entry day", "The UTC day on which a journey began; of participants, the day of their first step."),
    "immature": ("Too young", "Of that day some may still go on: its rate can only rise. It is dotted."),
    "difference": (
        "Difference",
        "The later rate minus the earlier one, in points of percent, with Newcombe's interval.",
    ),
    "q": (
        "q-value",
        "The p-value, made stricter because several differences are looked at (Benjamini and Hochberg): of those"
        " with q up to 0.05, about one in 20 is chance.",
    ),
    "odds": (
        "Odds ratio",
        "How many times the odds of going on are those of the others. 1: no difference. It says what goes together,"
        " not what causes what.",
    ),
    "others": ("Others", "All that are too small to be listed, summed up."),
    "revenue": ("Revenue", "The sum of all purchases in these journeys."),
}
TERMS = {slug: Term(*term) for slug, term in _TERMS.items()}
FIGURES = {
    kind: {metric.key: Term(metric.label, metric.meaning) for metric in metrics}
    for kind, metrics in {"video": VIDEO_METRICS, "product": PRODUCT_METRICS}.items()
}
