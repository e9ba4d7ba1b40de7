"""Videos in the admin: dropped or chosen, refused in a sentence, prepared, and tried again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shop import transcoding
from shop.admin.videos import VideoForm
from shop.models import Upload, Video
from tests.factories import CreatorFactory, VideoFactory
from tests.films import film
from tests.shop.test_admin_content import complaints, no_rows

pytestmark = pytest.mark.django_db


def mp4(**how) -> SimpleUploadedFile:
    return SimpleUploadedFile("morning.mp4", film(**how))


def video_form(**more: object) -> dict[str, object]:
    numbers = dict.fromkeys(["likes", "saves", "shares", "comment_count", "views"], 0)
    told = {"slug": "morning", "posted_at_0": "2026-01-02", "posted_at_1": "10:00", "is_published": "on"}
    return numbers | told | no_rows("anchors") | more


def test_a_video_sent_by_script_is_prepared_told_about_and_played_once_it_is_saved(admin_client, client):
    sent = admin_client.post(reverse("admin:shop_video_upload"), {"file": mp4()})
    told = sent.json()
    assert (sent.status_code, told["state"], told["words"]) == (201, "waiting", "Waiting for its turn")

    form = video_form(creator=CreatorFactory().pk, file_code=told["code"])
    admin_client.post(reverse("admin:shop_video_add"), form)
    assert (Video.objects.get().slug, list(Video.objects.published())) == ("morning", [])

    transcoding.transcode_next()
    told = admin_client.get(told["ask"]).json()
    assert (told["state"], told["percent"], told["tone"]) == ("ready", 100, "good")
    video = Video.objects.published().get()
    assert (video.clip_url, video.poster_url) == (told["movie"], told["poster"])
    assert client.get(video.clip_url, headers={"Range": "bytes=0-9"}).status_code == 206
    assert video.clip_url in client.get(reverse("shop:feed"), {"video": "morning"}).content.decode()


def test_a_video_is_uploaded_without_script_too(admin_client):
    form = video_form(creator=CreatorFactory().pk, file=mp4())
    admin_client.post(reverse("admin:shop_video_add"), form)
    assert Video.objects.get().uploads.get().name == "morning.mp4"


def test_a_mistake_elsewhere_in_the_form_does_not_ask_for_the_video_again(admin_client):
    page = admin_client.post(reverse("admin:shop_video_add"), video_form(file=mp4()))
    upload = Upload.objects.get()
    assert list(complaints(page)) == ["creator"]
    assert f'value="{upload.code}"' in page.content.decode()
    form = video_form(creator=CreatorFactory().pk, file_code=upload.code)
    admin_client.post(reverse("admin:shop_video_add"), form)
    assert Video.objects.get().uploads.get() == upload


def test_a_video_page_asks_for_a_video(admin_client):
    page = admin_client.post(reverse("admin:shop_video_add"), video_form(creator=CreatorFactory().pk))
    assert complaints(page) == {"file": ["Add the video."]}


def test_what_the_feed_cannot_show_is_refused_in_a_sentence_both_ways(admin_client):
    sentence = "This video is wider than tall (160 × 90): turn the phone upright, or crop it to 9:16."
    sent = admin_client.post(reverse("admin:shop_video_upload"), {"file": mp4(size=(160, 90))})
    assert (sent.status_code, sent.json()) == (400, {"said": sentence})
    page = admin_client.post(reverse("admin:shop_video_add"), video_form(file=mp4(size=(160, 90))))
    assert complaints(page)["file"] == [sentence]
    assert Upload.objects.count() == 0


def test_an_upload_belongs_to_one_video(admin_client):
    upload = transcoding.receive(mp4())
    transcoding.tie(upload, VideoFactory())
    page = admin_client.post(reverse("admin:shop_video_add"), video_form(file_code=upload.code))
    assert complaints(page)["file"] == ["This upload is gone: send the video again."]


def test_a_failed_video_is_tried_again_from_its_page(admin_client):
    upload = transcoding.receive(mp4())
    transcoding.tie(upload, video := VideoFactory(clip=""))
    Upload.objects.update(state="failed", reason="The file is damaged.")
    change = reverse("admin:shop_video_change", args=[video.pk])
    assert "The file is damaged." in admin_client.get(change).content.decode()
    again = reverse("admin:shop_video_upload_again", args=[upload.code])
    admin_client.get(again)
    assert Upload.objects.get().state == "failed"
    assert admin_client.post(again).url == change
    assert Upload.objects.get().state == "waiting"


def test_only_who_may_change_videos_may_upload(client, django_user_model):
    upload = transcoding.receive(mp4())
    django_user_model.objects.create_user("reader", password="long-enough-words", is_staff=True)
    client.login(username="reader", password="long-enough-words")
    doors = [reverse("admin:shop_video_upload"), reverse("admin:shop_video_upload_state", args=[upload.code])]
    assert [client.post(door).status_code for door in doors] == [403, 403]


@pytest.mark.both
def test_likes_given_while_a_video_is_saved_are_kept(admin_client, monkeypatch):
    video = VideoFactory(likes=5)
    cleaned = VideoForm.clean
    monkeypatch.setattr(VideoForm, "clean", lambda form: (cleaned(form), Video.objects.update(likes=9))[0])
    form = video_form(creator=video.creator_id, likes=5, slug=video.slug, caption="New", file=mp4())
    admin_client.post(reverse("admin:shop_video_change", args=[video.pk]), form)
    video.refresh_from_db()
    assert (video.caption, video.likes) == ("New", 9)
