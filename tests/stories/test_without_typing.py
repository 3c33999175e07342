"""Whatever can be typed after a slash command is also a button, a menu or a shortcut away."""

from collections.abc import Awaitable, Callable
from datetime import date

from handlers.views.commands import FORMS
from handlers.views.home import GUIDE
from sandbox import acts
from sandbox.driver import Member
from sandbox.model import Place, elements_of
from tests.stories.conftest import House
from tests.stories.steps import add_contact

Way = Callable[[Member], Awaitable[None]]


def in_home(label: str) -> Way:
    async def press(ada: Member) -> None:
        await ada.home.press(label)

    return press


def in_the_menu(label: str) -> Way:
    async def choose(ada: Member) -> None:
        await ada.home.choose("Show some of them", label)

    return choose


def shortcut(name: str) -> Way:
    async def use(ada: Member) -> None:
        await ada.shortcut(name)

    return use


async def search(ada: Member) -> None:
    offered = await ada.home.type_ahead("Find someone …", "acme")
    await ada.home.choose("Find someone …", offered[0])


async def pause_a_week(ada: Member) -> None:
    await ada.home.press("Go on now")
    await ada.home.press("What comes next")
    await ada.dms.last.press("Pause a week")


async def pause_until_friday(ada: Member) -> None:
    await ada.home.press("What comes next")
    await ada.dms.last.choose(date(2026, 11, 27), "Pause until …")


async def pause_and_go_on(ada: Member) -> None:
    await ada.command("/followups pause")
    await ada.home.press("Go on now")


async def step_three(ada: Member) -> None:
    await ada.home.press("Guide")
    await ada.dms.last.choose("3. Ask")


async def limits_in_the_settings(ada: Member) -> None:
    """The button in the settings is a facilitator's: tests/stories/test_limits.py presses it."""
    await ada.command("/rapport limits")


# What is typed, and how the same is had without typing it; in the order in which Ada tries them.
WAYS: dict[tuple[str, str], Way] = {
    ("contact", ""): in_home("Add contact"),
    ("contact", "find Grace"): search,
    ("contact", "list"): in_home("Open list"),
    ("contact", "list asked"): in_the_menu("Asked (1)"),
    ("contact", "list at Acme"): search,
    ("contact", "list path Data analyst"): in_the_menu("Data analyst"),
    ("contact", "list 60 days"): in_the_menu("Silent for 60 days"),
    ("contact", "help"): in_home("Help"),
    ("interview", ""): shortcut("Log a talk"),
    ("interview", "help"): in_home("Help"),
    ("followups", ""): shortcut("What comes next"),
    ("followups", "pause"): pause_a_week,
    ("followups", "pause until friday"): pause_until_friday,
    ("followups", "resume"): pause_and_go_on,
    ("followups", "help"): in_home("Help"),
    ("rapport", "check"): shortcut("Check a message"),
    ("rapport", "guide ask"): step_three,
    ("rapport", "settings"): in_home("Settings"),
    ("rapport", "limits"): limits_in_the_settings,
    ("rapport", "help"): in_home("Help"),
}


def shown(ada: Member) -> str:
    """What stands before Ada: the form that opened, or what was said last."""
    if ada.has_modal:
        return str(ada.modal.title)
    every = sorted([*ada.answers, *ada.dms], key=lambda message: float(message.ts))
    return str(every[-1].text)


async def test_every_command_is_also_a_button_away(house: House) -> None:
    """Both ways lead to the same; and no form of a command is left out here."""
    assert {(form.command, form.word) for form in FORMS} == {
        (command, typed.partition(" ")[0]) for command, typed in WAYS
    }
    ada = house.ada
    await ada.command("/contact Grace Hill, CTO at Acme")
    ada.modal.fill({"Path": "Data analyst"})
    await ada.modal.submit()
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "I asked for a talk"})
    await ada.modal.submit()
    await ada.open_home()
    for (command, typed), way in WAYS.items():
        seen = []
        for step in (ada.command(f"/{command} {typed}"), way(ada)):
            await step
            seen.append(shown(ada).splitlines()[0])
            if ada.has_modal:
                await ada.modal.close()
            await house.later(minutes=1)
        if typed not in ("help", "list at Acme"):
            assert seen[0] == seen[1], typed
        elif typed == "help":
            assert "Learn from people who do the work." in seen[1]
        else:
            assert "Grace Hill" in seen[1]
    assert house.sandbox.workspace.troubles == {}


async def test_a_press_on_a_home_that_is_just_being_renewed_still_counts(house: House) -> None:
    """Slack takes what a member saw when they pressed, and so does the sandbox."""
    ada = house.ada
    await ada.open_home()
    view = house.sandbox.workspace.homes[ada.id]
    block, element = next(
        (block, element)
        for block, element in elements_of(view.blocks)
        if element.get("action_id") == GUIDE
    )
    await ada.open_home()
    place, ids = Place(view_id=view.id), (block["block_id"], element["action_id"])
    await acts.press(house.sandbox, ada.id, place, *ids)
    await house.settle()
    assert "The ten steps" in ada.dms.last.text


async def test_help_speaks_of_the_members_own_people(house: House) -> None:
    """Examples are made of what the member has; of nobody else's, and shown as typed."""
    ada, ben = house.ada, house.ben
    await add_contact(ada, "Tom *Reed* at <Cask> & Co")
    for command in ("/contact", "/interview", "/followups"):
        await ada.command(f"{command} help")
        assert f"{command} in all its forms" in ada.answer.text
    await ada.command("/rapport help")
    assert "/interview Tom *Reed* tuesday 3pm" in ada.answer.text
    assert "/contact list at <Cask> & Co" in ada.answer.text
    await ben.command("/rapport help")
    assert "Tom" not in ben.answer.text and "/contact list at Acme" in ben.answer.text
    await ada.answer.choose("Check a message")
    assert ada.modal.title == "Draft check"


async def test_an_error_teaches_the_nearest_right_form(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    for typed, right, example in (
        ("/contact fnd brook", "/contact find brook", "/contact find Grace Hill"),
        ("/contact edit grace", "/contact find grace", "/contact find Grace Hill"),
        ("/followups puase", "/followups pause", "/followups pause until friday"),
        ("/rapport setings", "/rapport settings", ""),
        ("/rapport chek Hi", "/rapport check Hi", "/rapport check Hi Grace, …"),
        ("/contact list frobnicate", "/contact list at Acme", ""),
        ("/rapport guide frobnicate", "3. Ask", ""),
    ):
        await ada.command(typed)
        assert right in ada.answer.text and example in ada.answer.text, typed


async def test_the_guide_leads_from_step_to_step(house: House) -> None:
    ada = house.ada
    await ada.command("/rapport guide")
    await ada.answer.press("Begin with the first")
    for number in range(1, 10):
        assert f"Step {number} of 10" in ada.answer.text
        assert all(words in ada.answer.text for words in ("What", "Why", "Here"))
        assert len(ada.answer.buttons) == 2
        await ada.answer.press(ada.answer.buttons[1])
    assert "Step 10 of 10 · Keep in touch" in ada.answer.text
    await ada.answer.press("Who has been silent")
    assert "Nobody here yet" in ada.answer.text
    await ada.command("/rapport guide prepare")
    await ada.answer.press("Plan a talk")
    ada.modal.fill({"Or someone new": "Grace Hill", "When?": house.now.replace(day=26)})
    await ada.modal.submit()
    await ada.command("/rapport guide 5")
    await ada.answer.press("Prepare")
    assert ada.modal.title == "Prepare"
