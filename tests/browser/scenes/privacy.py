"""Being asked, and what is kept of one."""

from tests.browser.scenes.showroom import pages

for who in ("not asked yet", "asked again"):
    slug = who.replace(" ", "_")
    pages(
        __name__,
        who,
        **{
            f"{slug}_in_the_feed": "/",
            f"{slug}_on_a_product": "/p/rose-serum",
            f"{slug}_in_the_cart": "/cart",
            f"{slug}_in_support": "/support",
        },
    )
pages(__name__, "ada", my_data="/my-data", my_data_delete="/my-data/delete")
pages(
    __name__,
    "not counted",
    my_data_not_counted="/my-data",
    my_data_deleted="/my-data?deleted",
    my_data_nothing_to_delete="/my-data/delete",
)
