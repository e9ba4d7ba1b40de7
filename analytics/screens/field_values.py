"""What a field can be held to: its most frequent values, for the lists of choices."""

from collections import Counter

from django.db.models import Count

from analytics.answers.questions import NONE, Question, column
from analytics.models import Journey

MOST = 50


def values_of(question: Question, field: str) -> list[str]:
    """Of the journeys in the days and kinds of a question, the most frequent first."""
    journeys = Journey.objects.between(question.first, question.last).of_kinds(question.kinds)
    rows = journeys.order_by().values_list(column(field)).annotate(n=Count("pk")).order_by("-n", column(field))
    if field != "variant":
        return [value or NONE for value, _ in rows[:MOST]]
    arms: Counter[str] = Counter()
    for combination, n in rows:
        arms.update(dict.fromkeys(filter(None, combination.split(";")), n))
    return [arm for arm, _ in arms.most_common(MOST)]
