"""What the admin calls a slug, and where its picture and pages are. Slugs and addresses cross borders, models never."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

ADMIN = {
    "video": "shop_video",
    "product": "shop_product",
    "creator": "shop_creator",
    "order": "shop_order",
    "ticket": "shop_ticket",
}


def named(slug: str) -> str:
    """rose-serum → Rose Serum; what was written by people keeps its capitals."""
    words = slug.replace("_", "-").split("-")
    return " ".join(word[:1].upper() + word[1:] for word in words if word)


def poster(video: str) -> str:
    """Address of a video's picture; empty when there is no video, or its slug came from elsewhere and is no slug."""
    return _address("shop:poster", video)


def picture(product: str) -> str:
    return _address("shop:picture", product)


def found_in_admin(kind: str, code: str) -> str:
    """The list of the admin that shows exactly this one; empty where there is no such list."""
    list_ = _address(f"admin:{ADMIN[kind]}_changelist")
    return f"{list_}?{urlencode({'q': code})}" if list_ and code else ""


def _address(name: str, *slugs: str) -> str:
    try:
        return reverse(name, args=slugs) if all(slugs) else ""
    except NoReverseMatch:
        return ""
