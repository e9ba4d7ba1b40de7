"""What stands on the card of a verdict beside its evidence, for whoever looks at it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse

from analytics.answers.asked import Asked
from analytics.diagnosis.asking import today
from analytics.diagnosis.cards import Extras
from analytics.diagnosis.cases import Case
from analytics.diagnosis.drafting import trial_of
from analytics.diagnosis.shop_side import Period, Quote, shop_side
from analytics.diagnosis.sought import NOTHING, sought_for
from analytics.diagnosis.their_journeys import journeys_url
from analytics.diagnosis.verdicts import Verdict

MAY_DRAFT = ("journey.add_variant", "journey.add_experiment")
WHOLE = "all"  # what the shop as a whole is called in an address


@dataclass(frozen=True, slots=True)
class Reader:
    may_draft: bool = False
    may_read_private: bool = False

    @classmethod
    def of(cls, user: User | AnonymousUser) -> "Reader":
        return cls(user.has_perms(MAY_DRAFT), user.has_perm(shop_side().MAY_READ_PRIVATE))


NOBODY = Reader()


def extras_of(verdict: Verdict, case: Case, about: str, slug: str, asked: Asked, reader: Reader) -> Extras:
    can_draft = reader.may_draft and verdict.test and verdict.test.is_design
    return Extras(
        journeys_url(verdict.key, about, slug, asked.question),
        tuple(_quotes(verdict, case, asked, reader)),
        trial_of(verdict, case),
        f"{reverse('admin:analytics_diagnosis_try', args=[about, slug or WHOLE])}?{urlencode(asked.params)}"
        if can_draft
        else "",
    )


def _quotes(verdict: Verdict, case: Case, asked: Asked, reader: Reader) -> list[Quote]:
    sought, product = sought_for(verdict.key), case.product.product
    if sought is NOTHING or not product:
        return []
    period = Period(asked.question.first, asked.question.last or today(), asked.question.kinds)
    return shop_side().quotes(product, sought, period, reader.may_read_private)
