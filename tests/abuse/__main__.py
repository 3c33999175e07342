"""`make soak`: more than 10,000 requests that Slack would not send, with what became of them."""

import asyncio
import sys
import tempfile
from pathlib import Path

from bot import logs
from storage import migrate
from tests.abuse.run import Outcome, abused_house
from tests.databases import sqlite_url

EACH = 1000


def main() -> None:
    """Send them, print the table, and end with status 1 if anything was wrong."""
    logs.configure("CRITICAL", "console", sys.stderr)
    outcome = asyncio.run(_run())
    print("| requests | answered | count |\n|---|---|---|")
    for (kind, status), count in sorted(outcome.answers.items()):
        print(f"| {kind} | {status} | {count} |")
    print(f"\n{outcome.answers.total()} in all; did something: {outcome.did or 'none'};")
    print(f"let in: {outcome.let_in or 'none'};")
    print(f"told of a bug: {dict(outcome.broke) or 'none'}")
    sys.exit(0 if outcome.clean else 1)


async def _run() -> Outcome:
    with tempfile.TemporaryDirectory(prefix="rapport-abuse-") as folder:
        url = sqlite_url(Path(folder) / "rapport.db")
        await migrate.upgrade(url)
        return await abused_house(url, EACH)


if __name__ == "__main__":
    main()
