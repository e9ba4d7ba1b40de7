"""What staff sees of the instrument itself: who was counted, what was lost, refused and told to others."""

from playwright.sync_api import Page

from tests.browser.scenes.showroom import STAFF, Showroom, pages, scene

pages(
    __name__,
    STAFF,
    admin_participants="/admin/journey/participant/",
    admin_participant="/admin/journey/participant/{tester}/change/",
    admin_forget="/admin/journey/participant/{tester}/forget",
    admin_invite="/admin/journey/participant/invite",
    admin_invited="/admin/journey/participant/invite?label=Anna",
    admin_steps="/admin/steps/",
    admin_lost_steps="/admin/lost-steps/",
    admin_funnel_with_a_note="/admin/analytics/funnel/",
    admin_journeys="/admin/analytics/journey/",
    admin_forwarding="/admin/analytics/outgoing/",
    admin_health="/admin/health/",
)


@scene("admin dead events, about to be tried again", STAFF)
def dead_events(page: Page, room: Showroom) -> None:
    page.goto("/admin/journey/deadevent/")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("try_again")
