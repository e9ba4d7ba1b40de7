"""What other tools call a step: GA4's and TikTok's names; None where they have none."""

from journey.steps import Step

GA4: dict[Step, str] = {
    Step.VIDEO_START: "video_start",
    Step.VIDEO_PROGRESS: "video_progress",
    Step.VIDEO_COMPLETE: "video_complete",
    Step.VIDEO_ENGAGE: "select_content",
    Step.VIEW_PROMOTION: "view_promotion",
    Step.SELECT_PROMOTION: "select_promotion",
    Step.VIEW_ITEM_LIST: "view_item_list",
    Step.SELECT_ITEM: "select_item",
    Step.VIEW_ITEM: "view_item",
    Step.CLAIM_COUPON: "select_promotion",
    Step.ADD_TO_CART: "add_to_cart",
    Step.REMOVE_FROM_CART: "remove_from_cart",
    Step.ADD_TO_WISHLIST: "add_to_wishlist",
    Step.VIEW_CART: "view_cart",
    Step.BEGIN_CHECKOUT: "begin_checkout",
    Step.ADD_SHIPPING_INFO: "add_shipping_info",
    Step.ADD_PAYMENT_INFO: "add_payment_info",
    Step.CHECKOUT_ERROR: "exception",
    Step.PURCHASE: "purchase",
    Step.REFUND: "refund",
    Step.SEARCH: "search",
}
TIKTOK: dict[Step, str] = {
    Step.VIEW_ITEM: "ViewContent",
    Step.SELECT_VARIANT: "CustomizeProduct",
    Step.ADD_TO_CART: "AddToCart",
    Step.ADD_TO_WISHLIST: "AddToWishlist",
    Step.BEGIN_CHECKOUT: "InitiateCheckout",
    Step.ADD_PAYMENT_INFO: "AddPaymentInfo",
    Step.PURCHASE: "Purchase",
    Step.SUPPORT_OPEN: "Contact",
    Step.SEARCH: "Search",
}
SHARED = "share"  # GA4 has a name of its own for sharing, which is one kind of our video_engage


def ga4(step: Step, kind: object = None) -> str | None:
    """GA4's name; of a video_engage by its `kind`."""
    return SHARED if step is Step.VIDEO_ENGAGE and kind == SHARED else GA4.get(step)


def tiktok(step: Step) -> str | None:
    return TIKTOK.get(step)
