"""Gathers what the brief before a talk says, for all briefs of a message at once."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind
from handlers.views.brief import MOST_TOUCHES, Brief, Passed, Promised
from handlers.views.question_words import question_text
from storage import assumptions, promises, questions, research, touches
from storage.models import Nudge, PickedQuestion


async def briefs(session: AsyncSession, inside: Sequence[Nudge]) -> dict[int, Brief]:
    """Give the brief of each nudge that is one, by the talk's id; the queries do not grow."""
    talks = {
        nudge.interview_id: nudge.contact
        for nudge in inside
        if nudge.kind == NudgeKind.BRIEF and nudge.interview_id and nudge.contact
    }
    if not talks:
        return {}
    contact_ids = {contact.id for contact in talks.values()}
    picked = await questions.of_interviews(session, talks.keys())
    believed = await assumptions.open_of(session, contact_ids)
    found = await research.of_contacts(session, contact_ids)
    passed = await touches.latest_of(session, contact_ids, each=MOST_TOUCHES)
    promised = await promises.open_of_several(session, contact_ids)
    return {
        interview_id: Brief(
            title=contact.title,
            vantage=contact.vantage,
            touches=[Passed(t.kind, t.at, t.note) for t in passed.get(contact.id, ())],
            research=found.get(contact.id, {}),
            beliefs=[belief.text for belief in believed.get(contact.id, ())],
            questions=_in_words(picked.get(interview_id, ())),
            promises=[Promised(p.by, p.what, p.due_on) for p in promised.get(contact.id, ())],
        )
        for interview_id, contact in talks.items()
    }


def _in_words(picked: Sequence[PickedQuestion]) -> list[str]:
    asked = [question_text(row.question_id, row.own_words) for row in picked]
    return [question for question in asked if question]
