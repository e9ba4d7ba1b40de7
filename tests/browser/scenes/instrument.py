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
    admin_funnel_compared="/admin/analytics/funnel/?period=7&compare=previous&by=device,source&part=all",
    admin_funnel_of_nobody="/admin/analytics/funnel/?from=2020-01-01&to=2020-01-02",
    admin_funnel_of_twenty_steps="/admin/analytics/funnel/?funnel=path&period=all",
    admin_drop="/admin/analytics/funnel/drop/?period=all&part=all",
    admin_journeys="/admin/analytics/journey/",
    admin_reports="/admin/analytics/savedreport/",
    admin_report_form="/admin/analytics/savedreport/add/?copy=shop",
    admin_background_work="/admin/analytics/job/",
    admin_forwarding="/admin/analytics/outgoing/",
    admin_health="/admin/health/",
    admin_dashboard="/admin/",
    admin_video_results="/admin/analytics/videoday/",
    admin_one_video="/admin/analytics/videoday/of/ambush-at-five/",
    admin_product_results="/admin/analytics/productday/",
    admin_one_product="/admin/analytics/productday/of/cat-tunnel/",
    admin_diagnosis="/admin/analytics/diagnosis/",
    admin_diagnosis_of_a_video="/admin/analytics/diagnosis/video/lights-off-please/",
    admin_benchmarks="/admin/analytics/benchmark/",
    admin_alerts="/admin/analytics/alert/",
    admin_scheduled_mails="/admin/analytics/schedule/",
    admin_unwanted_mails="/admin/analytics/unwanted/",
    admin_alert_rules="/admin/analytics/alertrule/",
    admin_alert_rule="/admin/analytics/alertrule/2/change/",
    admin_scheduled_mail="/admin/analytics/schedule/1/change/",
    admin_mails="/admin/analytics/mail/",
)


@scene("admin dead events, about to be tried again", STAFF)
def dead_events(page: Page, room: Showroom) -> None:
    page.goto("/admin/journey/deadevent/")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("try_again")


@scene("admin one journey, read", STAFF)
def journey(page: Page, room: Showroom) -> None:
    page.goto("/admin/analytics/journey/?o=-4")
    page.locator("#result_list .field-began a").first.click()
    page.locator(".line .row").first.wait_for()


@scene("admin journeys behind a number", STAFF)
def behind_a_number(page: Page, room: Showroom) -> None:
    page.goto("/admin/analytics/journey/?funnel=shop&period=all&kind=all&step=1&state=reached")
    page.locator(".of-a-report").wait_for()
