"""After a talk: what became of beliefs, and which questions were answered."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.desk import Desk
from handlers.prepare import picked
from handlers.views import outcome_form as form
from handlers.views.metadata import Carried, unpack
from handlers.whom import with_whom
from storage import assumptions, questions
from storage.models import Interview

Body = dict[str, Any]


async def outcome_page(session: AsyncSession, talk: Interview, carried: Carried) -> View | None:
    """Draw the debrief's last page; None for a talk before which nothing was asked or believed."""
    rows = (await questions.of_interviews(session, [talk.id])).get(talk.id, [])
    believed = await assumptions.to_settle(session, talk.id)
    if not rows and not believed:
        return None
    beliefs = [form.Belief(b.id, b.text, b.status, b.outcome) for b in believed]
    unanswered = [row.id for row in rows if row.answered is False]
    return form.outcome_form(with_whom(talk), beliefs, picked(rows), unanswered, carried)


async def save_outcome(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save the last page, then close it."""
    view = body["view"]
    interview_id, typed = unpack(view).interview_id or 0, form.read_outcome_form(view)
    async with desk.member() as session:
        for belief_id, status, in_words in typed.beliefs:
            await assumptions.settle(session, belief_id, interview_id, status, in_words, desk.now)
        if typed.answered is not None:
            await questions.settle(session, interview_id, typed.answered)
    await ack()
    await desk.changed()
