"""Gathers what the brief before a talk says, for all briefs of a message at once."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind, ResearchItem
from handlers.views.brief import MOST_TOUCHES, AlsoThere, Brief, Passed, Promised
from handlers.views.question_words import question_text
from storage import assumptions, promises, questions, research, touches
from storage.models import Contact, Nudge, PickedQuestion


async def briefs(session: AsyncSession, inside: Sequence[Nudge]) -> dict[int, Brief]:
    """Give the brief of each nudge that is one, by the talk's id; the queries do not grow."""
    talks = {
        nudge.interview.id: nudge.interview
        for nudge in inside
        if nudge.kind == NudgeKind.BRIEF and nudge.interview
    }
    if not talks:
        return {}
    contact_ids = {contact.id for talk in talks.values() for contact in talk.people}
    picked = await questions.of_interviews(session, talks.keys())
    believed = await assumptions.open_of(session, contact_ids)
    found = await research.of_contacts(session, contact_ids)
    passed = await touches.latest_of(session, contact_ids, each=MOST_TOUCHES)
    promised = await promises.open_of_several(session, contact_ids)
    return {
        interview_id: Brief(
            title=talk.contact.title,
            vantage=talk.contact.vantage,
            touches=[Passed(t.kind, t.at, t.note) for t in passed.get(talk.contact_id, ())],
            research=found.get(talk.contact_id, {}),
            beliefs=[belief.text for c in talk.people for belief in believed.get(c.id, ())],
            questions=_in_words(picked.get(interview_id, ())),
            promises=[
                Promised(p.by, p.what, p.due_on)
                for contact in talk.people
                for p in promised.get(contact.id, ())
            ],
            also_there=[_also_there(guest, found.get(guest.id, {})) for guest in talk.guests],
        )
        for interview_id, talk in talks.items()
    }


def _also_there(guest: Contact, found: Mapping[ResearchItem, str]) -> AlsoThere:
    work = " at ".join(part for part in (guest.title, guest.company) if part)
    return AlsoThere(guest.name, work, guest.vantage, [note for note in found.values() if note])


def _in_words(picked: Sequence[PickedQuestion]) -> list[str]:
    asked = [question_text(row.question_id, row.own_words) for row in picked]
    return [question for question in asked if question]
