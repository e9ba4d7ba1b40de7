"""The tabs of a buyer's orders: what lies in each, and how many."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from shop.models import Order, Return

Status = Order.Status


@dataclass(frozen=True, slots=True)
class Tab:
    """`empty` is what stands here while nothing does."""

    slug: str
    title: str
    icon: str
    empty: str


TABS = [
    Tab("all", "All", "package", "You have not ordered anything yet. What you order stands here, with where it is."),
    Tab("to-pay", "To pay", "banknote", "Nothing to pay. Orders you pay at the door wait here until they arrive."),
    Tab("to-ship", "To ship", "package", "Nothing is being packed right now."),
    Tab("shipped", "Shipped", "truck", "Nothing is on its way right now."),
    Tab("to-review", "To review", "star", "Nothing to review. Once a parcel has arrived, you can say how it is."),
    Tab("returns", "Returns", "rotate-ccw", "No returns. What you send back, or want money back for, stands here."),
]


def tab_of(slug: str | None) -> Tab:
    return next((tab for tab in TABS if tab.slug == slug), TABS[0])


def on(tab: Tab, buyer: str | None) -> QuerySet:
    """What lies on a tab: orders, or returns on the last one."""
    if tab.slug == "returns":
        return Return.objects.of(buyer).for_list()
    mine = Order.objects.of(buyer).for_list()
    return {
        "to-pay": mine.to_pay,
        "to-ship": lambda: mine.filter(status=Status.PLACED),
        "shipped": lambda: mine.filter(status=Status.SHIPPED),
        "to-review": mine.to_review,
    }.get(tab.slug, lambda: mine)()


def counted(buyer: str | None) -> list[tuple[Tab, int]]:
    """Every tab with how many things on it want something, in two queries; of all of them nothing is said."""
    mine = Order.objects.of(buyer)
    lying = {tab.slug: Count("pk", Q(pk__in=on(tab, buyer).order_by().values("pk"))) for tab in TABS[1:-1]}
    counts = mine.aggregate(**lying) | {"returns": Return.objects.of(buyer).open().count()}
    return [(tab, counts.get(tab.slug, 0)) for tab in TABS]
