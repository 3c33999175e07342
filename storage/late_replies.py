"""A question in the DM that waited long, and is meant all the same."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import dialogues


async def is_still_meant(session: AsyncSession, interview_id: int, now: datetime) -> bool:
    """Take the question after a talk for a new one; False if it is not the open one any more."""
    dialogue = await dialogues.open_one(session)
    if dialogue is None or dialogue.interview_id != interview_id:
        return False
    dialogue.updated_at = now
    await session.flush()
    return True
