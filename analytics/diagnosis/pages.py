"""The page of all verdicts, and that of one video or product: an address becomes what the templates draw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from analytics.answers.asked import Asked
from analytics.diagnosis.asking import picture_of, today
from analytics.diagnosis.cards import Card, card, tone_of
from analytics.diagnosis.cases import Case
from analytics.diagnosis.evidence import money
from analytics.diagnosis.extras import NOBODY, Reader, extras_of
from analytics.diagnosis.judging import judge
from analytics.diagnosis.keeping import About, primary_verdicts
from analytics.diagnosis.pictures import Picture, anchor_of
from analytics.diagnosis.verdicts import Verdict
from analytics.screens import filters
from analytics.screens.slugs import named

TONES = {"broken": 0, "unsure": 1, "fine": 2}


@dataclass(frozen=True, slots=True)
class Row:
    about: str
    slug: str
    views: int
    first: Verdict
    more: int
    url: str
    product: "Row | None" = None  # that it leads to, where that is broken and the video alone does not tell

    @property
    def name(self) -> str:
        return named(self.slug)

    @property
    def tone(self) -> str:
        return tone_of(self.first)

    @property
    def cost(self) -> str:
        return money(self.first.lost_cents) if self.first.lost_cents else ""


class DiagnosisPage(Asked):
    """The verdicts on everything that was met in some days; what costs most first."""

    def __init__(self, params: Mapping[str, str], reader: Reader = NOBODY) -> None:
        super().__init__(params)
        self.reader = reader

    @cached_property
    def picture(self) -> Picture:
        return picture_of(self.question.first, self.question.last, self.question.kinds)

    @cached_property
    def _judged(self) -> list[tuple[About, str, int, list[Verdict]]]:
        return list(primary_verdicts(self.picture, self.question.last or today()))

    @cached_property
    def cards(self) -> list[Card]:
        """Those of the whole shop."""
        return self._cards(self._judged[0][3], self.picture.of_shop(), About.SHOP.value, "")

    def _cards(self, verdicts: list[Verdict], case: Case, about: str, slug: str) -> list[Card]:
        return [card(one, extras_of(one, case, about, slug, self, self.reader)) for one in verdicts]

    @cached_property
    def rows(self) -> list[Row]:
        found = [
            Row(about.value, slug, views, verdicts[0], len(verdicts) - 1, self._subject_url(about.value, slug))
            for about, slug, views, verdicts in self._judged[1:]
        ]
        pages = {row.slug: row for row in found if row.about == About.PRODUCT and row.tone == "broken"}
        found = [replace(row, product=self._behind(row, pages)) for row in found]
        return sorted(found, key=lambda row: (TONES[row.tone], -row.first.lost_cents, -row.views, row.slug))

    def _behind(self, row: Row, pages: Mapping[str, Row]) -> Row | None:
        if row.about != About.VIDEO or row.tone == "broken":
            return None
        return pages.get(anchor_of(self.picture.videos[row.slug]))

    @property
    def broken(self) -> list[Row]:
        return [row for row in self.rows if row.tone == "broken"]

    @property
    def cost(self) -> str:
        most = max((row.first.lost_cents for row in self.broken), default=0)
        return f"{money(most)} {settings.CURRENCY}" if most else ""

    @property
    def currency(self) -> str:
        return settings.CURRENCY

    @property
    def everything(self) -> str:
        return self.url(period="all", **{"from": "", "to": ""})

    def _subject_url(self, about: str, slug: str) -> str:
        return f"{reverse('admin:analytics_diagnosis_subject', args=[about, slug])}?{urlencode(self.params)}"


class SubjectPage(DiagnosisPage):
    """All verdicts on one video or product."""

    def __init__(self, params: Mapping[str, str], about: str, slug: str, reader: Reader = NOBODY) -> None:
        super().__init__(params, reader)
        self.about, self.slug, self.name = about, slug, named(slug)

    @cached_property
    def picture(self) -> Picture:
        asked = self.question
        return picture_of(asked.first, asked.last, asked.kinds, **{self.about: self.slug})

    @cached_property
    def case(self) -> Case:
        return self.picture.of_video(self.slug) if self.about == About.VIDEO else self.picture.of_product(self.slug)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return judge(self.case, self.question.last or today())

    @cached_property
    def cards(self) -> list[Card]:
        return self._cards(self.verdicts, self.case, self.about, self.slug)

    @cached_property
    def product(self) -> Row | None:
        """The product a video leads to, where that is broken and the video alone does not tell why."""
        video = self.picture.videos.get(self.slug) if self.about == About.VIDEO else None
        slug = anchor_of(video) if video and tone_of(self.verdicts[0]) != "broken" else ""
        if slug not in self.picture.products:
            return None
        verdicts = judge(self.picture.of_product(slug), self.question.last or today())
        views = self.picture.products[slug].page_views
        row = Row("product", slug, views, verdicts[0], len(verdicts) - 1, self._subject_url("product", slug))
        return row if row.tone == "broken" else None

    @property
    def known(self) -> bool:
        return self.slug in (self.picture.videos if self.about == About.VIDEO else self.picture.products)

    @property
    def figures_url(self) -> str:
        """The page of all that is counted of it."""
        return f"{reverse(f'admin:analytics_{self.about}day_results', args=[self.slug])}?{urlencode(self.params)}"

    @property
    def all_url(self) -> str:
        return f"{reverse('admin:analytics_diagnosis')}?{urlencode(self.params)}"


def as_context(page: DiagnosisPage) -> dict[str, Any]:
    return {"page": page, "filters": filters.of(page.question, page.period, [], page.url)}
