"""The demo, from the command line to the page: a cohort in the middle of its journey."""

import asyncio
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import visiting_address

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
# Where each of them is, by what Home tells them.
HOMES = {
    "U0BENOKAFOR": ["Dina Faro", "take place?", "1 declined", "One polite follow-up"],
    "U0CHIARANER": ["6 of 5 to 15 talks", "Zita Marr", "Otto Renn", "1 in touch"],
    "U0DEVIRAO": ["You have a pause until Monday, November 30th", "Go on now", "1 of 5 to 15"],
    "U0EMREASLAN": ["Nothing is due", "5 to ask", "0 of 5 to 15 talks"],
    "U0FERNWALSH": ["Your first talk is a message away"],
}
ADAS = ["Oskar Bly", "no thank-you yet", "Ruth Calder", "3 questions", "4 of 5 to 15 talks"]
ADAS += ["Send him the dashboard", "One polite follow-up", "10 names", "1 not now"]


async def rapport(line: str, folder: Path) -> Process:
    environ = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PATH": "", "COLUMNS": "100"}
    command = (sys.executable, "-m", "bot", *line.split())
    return await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environ, stdout=PIPE, stderr=PIPE
    )


async def _greeting(process: Process) -> str:
    assert process.stdout
    told = ""
    while "Ctrl+C" not in told:
        line = await process.stdout.readline()
        assert line, told
        told += line.decode()
    return told


async def _home(page: Page, *words: str) -> None:
    home = page.get_by_role("tabpanel")
    for each in words:
        await expect(home).to_contain_text(each)


async def test_the_demo_opens_on_a_cohort_in_the_middle_of_its_journey(
    tmp_path: Path, keep_picture: KeepPicture
) -> None:
    """Played as members play it; its database is nobody else's, and it ends politely."""
    line = "sandbox --demo --no-open --database sqlite:///demo.db"
    process = await rapport(line, tmp_path)
    try:
        told = await _greeting(process)
        assert "Ada Brook: in the middle of it" in told and "Fern Walsh: new" in told
        found = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert found
        await _look_around(found[0], keep_picture)
        await _look_on_a_phone(found[0])
        again = await rapport(line, tmp_path)
        _, refused = await again.communicate()
        assert (again.returncode, b"Made-up members need an empty one" in refused) == (1, True)
    finally:
        process.send_signal(signal.SIGTERM)
        _, complaints = await process.communicate()
    assert (process.returncode, complaints) == (0, b"")


async def _look_around(address: str, keep_picture: KeepPicture) -> None:
    async with visiting_address(f"{address}/?as=U0ADABROOK&at=home&tour=off") as page:
        await _home(page, *ADAS)
        await keep_picture(page, "demo-home-wide")
        await page.get_by_role("tab", name="Messages").click()
        log = page.get_by_role("log")
        await expect(log).to_contain_text("for today: your talk with Ruth Calder")
        await expect(log).not_to_contain_text("Only visible to you")
        digest = log.get_by_role("article").filter(has_text="your talk with Ruth Calder")
        await digest.last.evaluate("digest => digest.scrollIntoView()")
        await keep_picture(page, "demo-messages-wide")
        for member, words in HOMES.items():
            await page.goto(f"{address}/?as={member}&at=home&tour=off")
            await _home(page, *words)


async def _look_on_a_phone(address: str) -> None:
    there = f"{address}/?as=U0ADABROOK&at=home&tour=off"
    async with visiting_address(there, size=PHONE) as page:
        await _home(page, "Oskar Bly")
        await expect_no_sideways_scrolling(page)
        await page.get_by_role("button", name="Guide").click()
        await page.get_by_role("tab", name="Messages").click()
        log = page.get_by_role("log")
        await expect(log).to_contain_text("for today")
        await log.get_by_role("button", name="Begin with the first").click()
        await log.get_by_role("button", name="Next: Research").click()
        await expect(log).to_contain_text("Step 2 of 10 · Research")
        await expect_no_sideways_scrolling(page)
