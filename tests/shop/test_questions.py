"""Questions: asked once, a few an hour, answered by staff, public then."""

import pytest

from journey.steps import Step
from shop.models import Question
from tests.factories import ProductFactory
from tests.shop.buying import said

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def lamp():
    return ProductFactory(slug="lamp", creator__store_name="Soft Corner")


def ask(walker, text: str) -> tuple[int, dict]:
    answer = walker.client.post("/p/lamp/ask", {"text": text}, headers=JSON)
    return answer.status_code, answer.json()


def test_a_question_is_kept_thanked_for_and_not_public_yet(walker, lamp):
    thanks = "Thank you. Soft Corner usually answers within a day; then your question is here for everyone."
    assert ask(walker, "Does it get hot?") == (200, {"message": thanks})
    assert list(Question.objects.values_list("product__slug", "text", "answer")) == [("lamp", "Does it get hot?", "")]
    assert [(event.step, event.props) for event in walker.events] == [
        (Step.ASK_QUESTION.letter, {"product": "lamp", "category": lamp.category.slug})
    ]
    assert "Does it get hot?" not in said(walker.get("shop:product", "lamp"))
    Question.objects.get().delete()


def test_the_same_words_twice_are_one_question(walker, lamp):
    ask(walker, "Does it get hot?")
    assert ask(walker, "Does it get hot?")[0] == 200
    assert (Question.objects.count(), len(walker.events)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Please write your question first."),
        ("Hm?", "Please write a whole question."),
        ("a" * 301, "Please keep your question to 300 characters."),
    ],
)
def test_what_is_no_question_is_refused_in_words(walker, lamp, text, sentence):
    assert (ask(walker, text), Question.objects.count()) == ((409, {"error": sentence}), 0)


def test_the_sixth_within_an_hour_has_to_wait(walker, lamp):
    for n in range(5):
        assert ask(walker, f"Question number {n}?")[0] == 200
    status, told = ask(walker, "Question number 6?")
    assert (status, told["error"][:40]) == (429, "You have asked five questions within an ")
    assert Question.objects.count() == 5


def test_staff_answers_in_the_admin_and_the_page_shows_it(walker, lamp, admin_client):
    ask(walker, "Does it get hot?")
    question = Question.objects.get()
    assert "Does it get hot?" in said(admin_client.get("/admin/shop/question/?answered=no"))
    admin_client.post(
        f"/admin/shop/question/{question.pk}/change/",
        {"product": lamp.pk, "author": question.author, "text": question.text, "answer": "Warm, not hot."},
    )
    page = said(walker.get("shop:product", "lamp"))
    assert ("Does it get hot?" in page, "Warm, not hot." in page) == (True, True)


def test_without_a_script_the_asker_comes_back_to_the_product(walker, lamp):
    answer = walker.post("shop:ask", "lamp", text="Does it get hot?")
    assert (answer.status_code, answer["Location"]) == (303, "/p/lamp")
