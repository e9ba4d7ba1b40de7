"""Blocks of a design are put in order by mouse and by keyboard, and who may only look sees what it draws."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
ADD = "/admin/journey/variant/add/"
LABEL = "document.activeElement.ariaLabel"
VIEWER = """
from django.contrib.auth.models import Permission, User
from journey.models import Variant
user = User.objects.create_user("looks-only", password="may-look-only", is_staff=True)
user.user_permissions.add(Permission.objects.get(codename="view_variant"))
print(Variant.objects.create(slug="two-blocks", name="Two blocks", slots={"product/body": ["price", "gallery"]}).pk)
"""
GONE = """
from django.contrib.auth.models import User
from journey.models import Variant
User.objects.filter(username="looks-only").delete()
Variant.objects.filter(slug="two-blocks").delete()
"""


@pytest.fixture
def editor(analyst):
    analyst.goto(ADD)
    expect(analyst.locator("#design li").first).to_be_visible()
    return analyst


def order(page) -> list[str]:
    return page.locator("#design fieldset").first.locator("li b").all_inner_texts()


def middle(page, at: int) -> tuple[float, float]:
    box = page.locator("#design li").nth(at).bounding_box()
    return box["x"] + 60, box["y"] + box["height"] / 2


def dragged(page, place: int, to: int) -> list[str]:
    """While it hangs over the other one, that says on which side it lands."""
    page.locator("#design li").nth(max(place, to)).scroll_into_view_if_needed()
    page.mouse.move(*middle(page, place))
    page.mouse.down()
    page.mouse.move(*middle(page, to), steps=8)
    expect(page.locator("#design li").nth(to)).to_have_class("lands-before" if to < place else "lands-after")
    page.mouse.up()
    return order(page)


def test_a_block_is_dragged_up_and_down(editor):
    first, second, third, *rest = order(editor)
    assert dragged(editor, 2, 0) == [third, first, second, *rest]
    assert dragged(editor, 0, 2) == [first, second, third, *rest]


def test_the_keyboard_moves_a_block_to_the_top_and_out_and_is_never_lost(editor):
    first, second, third, *rest = order(editor)
    editor.get_by_role("button", name=f"Move {third} up").focus()
    editor.keyboard.press("Enter")
    assert (order(editor)[1], editor.evaluate(LABEL)) == (third, f"Move {third} up")
    editor.keyboard.press("Enter")
    assert (order(editor), editor.evaluate(LABEL)) == ([third, first, second, *rest], f"Move {third} down")
    editor.get_by_role("button", name=f"Leave {second} out").focus()
    editor.keyboard.press("Enter")
    assert (order(editor), editor.evaluate(LABEL)) == ([third, first, *rest], f"Move {rest[0]} up")


def test_who_may_only_look_sees_what_the_design_draws(browser, stack):
    made, said = stack.run("shell", "-v0", "-c", VIEWER)
    assert made == 0, said
    page = browser.new_context(base_url=stack.url).new_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", "looks-only")
    page.fill("[name=password]", "may-look-only")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    page.goto(f"/admin/journey/variant/{said.split()[-1]}/change/")
    expect(page.locator("#design li").first).to_be_visible()
    assert order(page) == ["price", "gallery"]
    assert page.locator("#design li button:enabled").count() == 0
    page.context.close()
    assert stack.run("shell", "-v0", "-c", GONE)[0] == 0
