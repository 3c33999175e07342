"""Which answers have gone into a member's DM: Slack may send again what it asks of the bot."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AnswerTold

# Slack tries for some minutes at most; nothing older is asked for again.
REMEMBERED_FOR = timedelta(hours=1)


async def is_first(session: AsyncSession, key: str, now: datetime) -> bool:
    """Note that an answer is about to be told; False if the same one was noted before.

    `key` names what is answered and what is said, in words of nobody's. Of two processes that ask
    at once one waits for the other.
    """
    told = await session.scalar(select(AnswerTold).where(AnswerTold.key == key))
    if told is not None:
        return False
    await session.execute(delete(AnswerTold).where(AnswerTold.told_at < now - REMEMBERED_FOR))
    session.add(AnswerTold(key=key, told_at=now))
    await session.flush()
    return True


async def forget(session: AsyncSession, key: str) -> None:
    """Take the note back: the answer did not arrive, and may be told when it is asked for again."""
    await session.execute(delete(AnswerTold).where(AnswerTold.key == key))
