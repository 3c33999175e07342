"""The page's script in a real Chromium: what is typed stays, the keyboard is enough, phones do."""

import pytest
from playwright.async_api import FloatRect, Page, ViewportSize, expect

from tests.sandbox.chromium import PHONE, WIDE, visiting
from tests.sandbox.conftest import Rig
from tests.sandbox.sample_app import option, plain

pytestmark = pytest.mark.browser
SHORT: ViewportSize = {"width": 360, "height": 480}


async def _no_sideways_scrolling(page: Page) -> None:
    widths = "[document.documentElement.scrollWidth, document.querySelector('#topbar').scrollWidth]"
    assert max(await page.evaluate(widths)) <= PHONE["width"]


async def test_the_keyboard_is_enough_from_command_to_saved(rig: Rig) -> None:
    async with visiting(rig.sandbox) as page:
        composer = page.get_by_role("combobox", name="Message Sample")
        await composer.focus()
        await page.keyboard.type("/")
        await expect(page.get_by_role("option")).to_have_count(4)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Tab")
        await expect(composer).to_have_value("/echo ")
        await expect(page.get_by_text("/echo [TEXT]", exact=True)).to_be_visible()
        await composer.fill("/contact")
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="New contact")
        await expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_text("Please complete this required field.")).to_be_visible()
        await expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
        await page.keyboard.type("Grace <Lindqvist>")
        await dialog.get_by_label("Company").focus()
        await page.keyboard.type("ac")
        await expect(dialog.get_by_role("option")).to_have_text(["Acme", "Acorn"])
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_label("Company")).to_have_value("Acorn")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Escape")
        await expect(dialog).to_be_visible()
        await dialog.get_by_label("Name", exact=True).focus()
        await page.keyboard.press("Enter")
        await expect(dialog).to_be_hidden()
        await expect(page.get_by_text("Saved Grace <Lindqvist>")).to_be_visible()
        # The composer has the keys again, and not the looks alone.
        for way_out in ("Escape", "Enter"):
            await page.keyboard.type("/contact")
            await expect(composer).to_have_value("/contact")
            await page.keyboard.press("Enter")
            await expect(dialog).to_be_visible()
            if way_out == "Enter":
                await dialog.get_by_label("Name", exact=True).fill("Uma Lind")
            await page.keyboard.press(way_out)
            await expect(dialog).to_be_hidden()
        await page.keyboard.type("/echo")
        await expect(composer).to_have_value("/echo")
        # Ctrl+Enter sends a form from any of its fields.
        await composer.fill("/contact")
        await page.keyboard.press("Enter")
        await dialog.get_by_label("Name", exact=True).fill("Tom Reed")
        await dialog.get_by_role("button", name="Cancel").focus()
        await page.keyboard.press("Control+Enter")
        await expect(dialog).to_be_hidden()
        await expect(page.get_by_text("Saved Tom Reed")).to_be_visible()


async def test_what_is_typed_stays_while_the_workspace_changes(rig: Rig) -> None:
    async with visiting(rig.sandbox) as page:
        composer = page.get_by_role("combobox", name="Message Sample")
        await composer.fill("half a thought")
        await rig.sandbox.member("Ben").say("Hello")
        await page.get_by_text("New message for Ben Okafor").wait_for()
        await expect(composer).to_have_value("half a thought")
        await expect(composer).to_be_focused()
        await composer.fill("/contact")
        await composer.press("Enter")
        await page.get_by_label("Name", exact=True).fill("Grace")
        await page.get_by_label("Stage").click()
        await page.get_by_role("option", name="Asked").click()
        await page.get_by_role("button", name="More", exact=True).click()
        await page.get_by_label("Nickname").wait_for()
        await expect(page.get_by_label("Name", exact=True)).to_have_value("Grace")
        await expect(page.get_by_label("Stage")).to_have_value("Asked")
        await page.get_by_role("button", name="Close").click()
        await page.get_by_text("New message for Ben Okafor").click()
        await expect(page.get_by_role("log").get_by_text("I heard Hello")).to_be_visible()
        await expect(page.get_by_role("link", name="Ben Okafor")).to_have_attribute(
            "aria-current", "true"
        )


async def test_own_messages_are_edited_and_deleted(rig: Rig) -> None:
    async with visiting(rig.sandbox, at=rig.sandbox.workspace.channel_named("general").id) as page:
        log = page.get_by_role("log")
        composer = page.get_by_role("combobox", name="Message #general")
        await composer.fill("Ask *Grace* & @Ben Okafor")
        await composer.press("Enter")
        await log.get_by_text("Ask Grace").wait_for()
        await composer.press("ArrowUp")
        await expect(composer).to_have_value("Ask *Grace* & @Ben Okafor")
        await composer.press("Escape")
        await expect(composer).to_have_value("")
        await page.get_by_role("button", name="More actions").click()
        await page.get_by_role("menuitem", name="Edit message").click()
        await expect(page.get_by_text("Editing: Enter saves")).to_be_visible()
        await composer.fill("")
        await composer.press("Enter")
        await page.get_by_text("There is nothing left of it").wait_for()
        await composer.fill("Ask <Tom>")
        await composer.press("Enter")
        await expect(log.get_by_role("article")).to_contain_text("Ask <Tom> (edited)")
        await page.get_by_role("button", name="More actions").press("Enter")
        # An opened menu takes the focus a moment later; whoever uses the keys waits for that.
        await expect(page.get_by_role("menuitem", name="Edit message")).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("menuitem", name="Delete message")).to_be_focused()
        await page.keyboard.press("Enter")
        question = page.get_by_role("alertdialog", name="Delete message")
        await question.get_by_role("button", name="Delete").press("Enter")
        await expect(log.get_by_role("article")).to_have_count(0)


async def test_a_phone_shows_everything_without_scrolling_sideways(rig: Rig) -> None:
    async with visiting(rig.sandbox, size=PHONE) as page:
        composer = page.get_by_role("combobox", name="Message Sample")
        await composer.fill("/echo a rather long text, " + "withoutanyspaces" * 20)
        await composer.press("Enter")
        await page.get_by_text("And again").wait_for()
        await _no_sideways_scrolling(page)
        await expect(page.get_by_role("link", name="general")).to_be_hidden()
        await page.get_by_role("button", name="Members and conversations").press("Enter")
        await page.get_by_role("link", name="general").click()
        await expect(page.get_by_role("heading", name="general")).to_be_visible()
        await expect(page.get_by_role("link", name="general")).to_be_hidden()
        await page.get_by_role("button", name="Members and conversations").press("Enter")
        await page.get_by_role("link", name="Sample").click()
        await page.get_by_role("tab", name="Home").click()
        await page.get_by_role("button", name="Press me").wait_for()
        await _no_sideways_scrolling(page)
        await page.get_by_role("button", name="Tomorrow 9:00").click()
        await expect(page.get_by_text("9:00 AM").first).to_be_visible()


async def test_the_tour_points_at_three_things_covers_none_and_comes_once(rig: Rig) -> None:
    async with visiting(rig.sandbox, tour="") as page:
        tour = page.get_by_role("region", name="Tour")
        for size in (WIDE, PHONE, SHORT):
            await page.set_viewport_size(size)
            await page.evaluate("localStorage.clear()")
            await page.reload()
            for step in range(1, 4):
                await expect(tour.get_by_text(f"{step} of 3")).to_be_visible()
                card = await tour.bounding_box()
                target = await page.locator("[data-toured]").bounding_box()
                assert card and target
                assert not _overlap(card, target), (size, step)
                if step < 3:
                    await tour.get_by_role("button", name="Next").click()
            if size == WIDE:
                await tour.get_by_role("button", name="Start").click()
            else:
                await page.keyboard.press("Escape")
            await expect(tour).to_be_hidden()
        await page.reload()
        await expect(page.get_by_role("heading", name="Sample")).to_be_visible()
        await expect(tour).to_be_hidden()


def _overlap(one: FloatRect, other: FloatRect) -> bool:
    across = one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
    down = one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]
    return across and down


@pytest.mark.parametrize(
    "labels",
    [
        ["It took place", "They didn't show", "It was called off"],
        ["Draft it", "I followed up", "Later"],
        ["It's kept", "Later", "Skip"],
        ["Fine", "Prepare", "Later"],
    ],
)
@pytest.mark.parametrize("width", [360, 390])
async def test_a_menu_beside_buttons_has_no_row_to_itself_on_a_phone(
    rig: Rig, labels: list[str], width: int
) -> None:
    buttons = [
        {"type": "button", "action_id": f"b{n}", "text": {"type": "plain_text", "text": label}}
        for n, label in enumerate(labels)
    ]
    option = {"text": {"type": "plain_text", "text": "Tomorrow"}, "value": "1"}
    menu = {"type": "overflow", "action_id": "more", "options": [option, {**option, "value": "2"}]}
    blocks = [{"type": "actions", "elements": [*buttons, menu]}]
    general = rig.sandbox.workspace.channel_named("general")
    rig.sandbox.posting.post(general.id, {"text": "How did it go?", "blocks": blocks})
    async with visiting(rig.sandbox, at=general.id, size={"width": width, "height": 740}) as page:
        more = await page.get_by_role("button", name="More options").bounding_box()
        last = await page.get_by_role("button", name=labels[-1]).bounding_box()
        assert more and last
        assert abs(more["y"] - last["y"]) < 8
        assert more["x"] > last["x"]
        await page.get_by_role("button", name="More options").click()
        await expect(page.get_by_role("menuitem", name="Tomorrow").first).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("It is told to everybody."),
    "confirm": plain("Tell"),
    "deny": plain("Keep"),
    "style": "danger",
}


def _asking(kind: str, **more: object) -> dict[str, object]:
    return {"type": kind, "action_id": kind, "confirm": CONFIRM, **more}


@pytest.mark.parametrize("kind", ["static_select", "radio_buttons", "checkboxes", "datepicker"])
async def test_what_is_chosen_where_the_app_wants_to_be_sure_is_told_after_a_yes(
    rig: Rig, kind: str
) -> None:
    """A no leaves everything as it was; of what cannot be undone it is the nearer answer."""
    options = {} if kind == "datepicker" else {"options": [option("One"), option("Two")]}
    blocks = [{"type": "actions", "elements": [_asking(kind, **options)]}]
    rig.sandbox.posting.post(
        rig.sandbox.workspace.dm(rig.ada.id).id, {"text": "x", "blocks": blocks}
    )
    async with visiting(rig.sandbox) as page:
        sure = page.get_by_role("alertdialog", name="Sure?")
        for answer in ("Keep", "Tell"):
            if kind == "static_select":
                await page.get_by_role("combobox", name="Choose", exact=True).click()
                await page.get_by_role("option", name="Two").click()
            elif kind == "datepicker":
                await page.locator("input[type=date]").fill("2026-03-05")
                await page.locator("input[type=date]").dispatch_event("change")
            else:
                await page.get_by_label("Two").click()
            await expect(sure.get_by_role("button", name="Keep")).to_be_focused()
            assert not any("actions" in payload for payload in rig.seen)
            await sure.get_by_role("button", name=answer).click()
            await expect(sure).to_be_hidden()
            if answer == "Keep" and kind in ("radio_buttons", "checkboxes"):
                await expect(page.get_by_label("Two")).not_to_be_checked()
            if answer == "Keep" and kind == "static_select":
                chosen = page.get_by_role("combobox", name="Choose", exact=True)
                await expect(chosen).to_have_value("")
        await rig.sandbox.until(lambda: any("actions" in payload for payload in rig.seen))


async def test_a_form_opens_on_its_first_field_and_not_on_what_takes_away_what_is_in_it(
    rig: Rig,
) -> None:
    people = {"type": "multi_static_select", "action_id": "who", "options": [option("Grace")]}
    chosen = people | {"initial_options": [option("Grace")]}
    view = {
        "type": "modal",
        "title": plain("Who"),
        "submit": plain("Save"),
        "blocks": [{"type": "input", "label": plain("With"), "element": chosen}],
    }
    rig.sandbox.view_stack.open(rig.ada.id, rig.sandbox.view_stack.check(view, "modal"))
    async with visiting(rig.sandbox) as page:
        await expect(page.get_by_role("combobox", name="With")).to_be_focused()
