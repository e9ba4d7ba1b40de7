"""What an address asks for, and what is left of nonsense."""

import pytest
from django.http import QueryDict

from shop.asking import number, page_number, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0", 0), ("7", 7), ("50", 50), ("51", None), ("007", None), ("-1", None), ("1.0", None), ("²", None), ("", None)],
)
def test_a_number_is_whole_and_not_above_the_most(text, expected):
    assert number(text, most=50) == expected


@pytest.mark.parametrize(
    ("query", "expected"), [("page=3", 3), ("", 1), ("page=0", 1), ("page=last", 1), ("page=" + "9" * 5000, 1)]
)
def test_a_page_that_is_none_is_the_first(query, expected):
    assert page_number(QueryDict(query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"), [("by=mira-2", "mira-2"), ("by=mi%00ra", ""), ("by=mi+ra", ""), ("by=mira%0a", ""), ("", "")]
)
def test_what_no_slug_can_be_is_empty(query, expected):
    assert slug(QueryDict(query), "by") == expected
