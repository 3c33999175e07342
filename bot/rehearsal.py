"""What made-up members need of the bot: an empty database, a bot, a process's settings."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from bot.clock import Clock
from bot.service import Bot, at_work
from bot.settings import Settings
from bot.tryout import Credentials
from storage import migrate
from storage.engine import create_engine
from storage.models import Member
from storage.sessions import Sessions
from storage.urls import normalised, sqlite_url


class DatabaseInUse(Exception):
    """The database holds somebody's contacts: made-up members have no business there."""

    def __init__(self) -> None:
        super().__init__("This database is in use. Made-up members need an empty one of their own.")


@contextmanager
def database(given: str | None) -> Iterator[str]:
    """Give the URL of the database to use: the given one, or one that is forgotten at the end."""
    if given is not None:
        yield normalised(given)
        return
    with TemporaryDirectory(prefix="rapport-", ignore_cleanup_errors=True) as folder:
        yield normalised(sqlite_url(Path(folder) / "simulation.db"))


async def prepare(url: str) -> None:
    """Bring an empty database up to date; raises DatabaseInUse for one that is not empty."""
    await migrate.upgrade(url)
    sessions = Sessions(create_engine(url))
    try:
        async with sessions.unscoped() as session:
            if (await session.scalars(select(func.count(Member.id)))).one():
                raise DatabaseInUse
    finally:
        await sessions.close()


def opener(
    credentials: Credentials, url: str
) -> Callable[[str, Clock], AbstractAsyncContextManager[Bot]]:
    """Give what opens a bot on this database, told the Web API's address and a clock.

    Open one at a time. Each has new connections, of one engine: a bot that comes after another
    need not compile its SQL anew, which was an eighth of a simulation with faults.
    """
    engine = create_engine(url)

    def open_bot(api_url: str, clock: Clock) -> AbstractAsyncContextManager[Bot]:
        settings = Settings(
            slack_bot_token=credentials.bot_token,
            slack_app_token=credentials.app_token,
            slack_api_url=api_url,
            database_url=url,
        )
        return at_work(settings, clock, engine)

    return open_bot


def environment(credentials: Credentials, url: str) -> dict[str, str]:
    """Give the settings of a bot process on this database."""
    return {
        "SLACK_BOT_TOKEN": credentials.bot_token,
        "SLACK_APP_TOKEN": credentials.app_token,
        "DATABASE_URL": url,
        "LOG_LEVEL": "ERROR",
        "METRICS_PORT": "",  # several bots on one machine cannot share one
    }
