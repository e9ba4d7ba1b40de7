"""What is said under a video: read by everyone, written once, taken back by who wrote it."""

import re

import pytest

from journey.steps import Step
from shop.models import Comment, Video
from tests.factories import CommentFactory, VideoFactory
from tests.shop.buying import queries, said
from tests.walker import Walker

pytestmark = pytest.mark.django_db


def texts(page) -> list[str]:
    return re.findall(r"<p>(.*?) <span", said(page))


def new_key(walker) -> str:
    """Of the form to write in, which is the last one of the sheet."""
    return re.findall(r'name="key" value="([^"]+)"', walker.get("shop:comments", "week-one").content.decode())[-1]


def write(walker, text="Mine!", key=None):
    key = key or new_key(walker)
    return walker.post("shop:comment", "week-one", key=key, text=text)


@pytest.fixture
def video() -> Video:
    return VideoFactory(slug="week-one", creator__slug="mira", comment_count=411)


def test_a_comment_shows_at_once_is_counted_and_others_read_it(walker, video):
    answer = write(walker, "  Third bottle,\n  no  regrets <3 ")
    assert (answer.status_code, texts(answer)) == (201, ["Third bottle, no regrets &lt;3"])
    assert ("412 comments" in said(answer), ">You<" in said(answer)) == (True, True)
    others = Walker().get("shop:comments", "week-one")
    assert (texts(others), ">You<" in said(others)) == (["Third bottle, no regrets &lt;3"], False)
    assert [(event.step, event.props) for event in walker.events] == [
        (Step.VIDEO_ENGAGE.letter, {"kind": "comment", "video": "week-one", "creator": "mira"})
    ]


@pytest.mark.both
def test_a_form_that_arrives_twice_is_one_comment(walker, video):
    key = new_key(walker)
    assert [write(walker, key=key).status_code for _ in range(2)] == [201, 201]
    assert (Comment.objects.count(), Video.objects.get().comment_count) == (1, 412)
    assert walker.steps.count(Step.VIDEO_ENGAGE) == 1


def test_nobody_reads_the_code_of_who_wrote(walker, video):
    write(walker)
    comment = Comment.objects.get()
    page = said(Walker().get("shop:comments", "week-one"))
    assert (comment.author[:6], comment.buyer in page, comment.key in page) == ("guest_", False, False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Please write something first."),
        ("  \n ", "Please write something first."),
        ("x" * 301, "Please keep it to 300 characters."),
    ],
)
def test_what_cannot_be_a_comment_is_refused_and_stays_in_the_field(walker, video, text, sentence):
    answer = write(walker, text)
    assert (answer.status_code, sentence in said(answer), Comment.objects.count()) == (422, True, 0)
    assert text.strip() in answer.content.decode()


def test_ten_comments_in_ten_minutes_are_enough(walker, video):
    assert [write(walker, f"Number {n}").status_code for n in range(11)] == [201] * 10 + [429]
    assert (Comment.objects.count(), Video.objects.get().comment_count) == (10, 421)
    assert write(Walker()).status_code == 201


def test_only_who_wrote_it_takes_it_back_and_only_once(walker, video):
    write(walker)
    key = Comment.objects.get().key
    Walker().post("shop:uncomment", "week-one", key=key)
    assert Comment.objects.count() == 1
    for _ in range(2):
        assert "411 comments" in said(walker.post("shop:uncomment", "week-one", key=key))
    assert not Comment.objects.exists()


def test_the_demos_comments_belong_to_nobody(walker, video):
    CommentFactory(video=video)
    for key in ("", "\0"):
        walker.post("shop:uncomment", "week-one", key=key)
    assert Comment.objects.count() == 1


def test_the_pinned_one_is_first_then_ones_own_then_the_most_liked(walker, video):
    write(walker, "own")
    for text, likes, pinned in [("liked", 9, False), ("loved", 99, False), ("pinned", 0, True)]:
        CommentFactory(video=video, text=text, likes=likes, is_pinned=pinned)
    assert texts(walker.get("shop:comments", "week-one")) == ["pinned", "own", "loved", "liked"]
    assert texts(Walker().get("shop:comments", "week-one")) == ["pinned", "loved", "liked", "own"]


def test_many_comments_come_in_pages(walker, video):
    CommentFactory.create_batch(31, video=video)
    first, second = (walker.get("shop:comments", "week-one", page=page) for page in (1, 2))
    assert (len(texts(first)), len(texts(second)), "data-refill" in said(second)) == (30, 1, False)
    assert ("More comments" in said(first), "More comments" in said(second)) == (True, False)


def test_a_sheet_asks_as_often_for_three_comments_as_for_one(walker, video):
    CommentFactory(video=video)
    with queries() as one:
        walker.get("shop:comments", "week-one")
    CommentFactory.create_batch(2, video=video)
    with queries() as three:
        walker.get("shop:comments", "week-one")
    assert len(three) == len(one) <= 4


def test_a_video_that_is_not_there_has_no_comments(walker):
    VideoFactory(slug="hidden", is_published=False)
    assert [walker.get("shop:comments", slug).status_code for slug in ("hidden", "nowhere")] == [404, 404]
    assert walker.post("shop:comment", "hidden", key="k", text="Hello").status_code == 404


def test_the_creator_answers_with_their_own_face(walker, video):
    CommentFactory(video=video, author=video.creator.handle, is_pinned=True)
    CommentFactory(video=video, author="somebody")
    page = said(walker.get("shop:comments", "week-one"))
    faces = re.findall(r'class="comment-face" aria-hidden="true">(.*?)</span>', page)
    assert [video.creator.avatar_url in face for face in faces] == [True, False]
    assert faces[1] == "s"
