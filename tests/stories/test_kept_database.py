"""A database that is kept from one sandbox to the next."""

from pathlib import Path

from bot.manifest import manifest
from sandbox.clock import VirtualClock
from sandbox.server import Sandbox
from storage import migrate
from tests.stories.conftest import NOW, open_house
from tests.stories.steps import add_contact, plan_talk


async def test_a_new_sandbox_adds_to_what_an_earlier_one_saved(tmp_path: Path) -> None:
    """Its first form must not be taken for the first form of the start before."""
    url = f"sqlite:///{tmp_path / 'try.db'}"
    await migrate.upgrade(url)
    for name in ("Grace Hill", "Tom Reed"):
        sandbox = Sandbox(manifest(), clock=VirtualClock(NOW, running=False), ack_timeout=10.0)
        await sandbox.start()
        async with open_house(sandbox, url) as house:
            await add_contact(house.ada, name)
            await plan_talk(house.ada, name, "tomorrow 15:00")
            await house.ada.command("/contact list")
            listed = house.ada.answer.text
            await house.ada.open_home()
            at_home = house.ada.home.text
        await sandbox.stop()
    for shown in (listed, at_home):
        assert "Grace Hill" in shown
        assert "Tom Reed" in shown
