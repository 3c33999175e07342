"""Preparing for a talk: what to ask, in which order, and what is believed before."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.questions import arranged, bank, questions_for
from domain.vocabulary import InterviewStatus, Phase
from handlers.desk import Desk
from handlers.views import half_hour
from handlers.views import prepare_form as form
from handlers.views.half_hour import Picked
from handlers.views.interview_answers import not_ahead
from handlers.views.metadata import Carried, unpack
from handlers.views.reading import as_id
from handlers.views.words import counted, cut
from handlers.whom import with_whom
from storage import assumptions, interviews, questions
from storage.models import Interview, PickedQuestion
from storage.questions import Heard, Pick

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What opens and saves the preparation, and puts questions in order."""
    app.action(form.PREPARE)(prepare_pressed)
    app.view(form.CALLBACK_ID)(save_preparation)
    app.action(half_hour.MOVE_UP)(move_up)


async def prepare_pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A button whose value is the talk: "Prepare" in Home, and under the line on a planned talk."""
    await ack()
    interview_id = as_id(body["actions"][0].get("value")) or 0
    await open_prepare(desk, body["trigger_id"], interview_id, body.get("response_url"))


async def open_prepare(
    desk: Desk, trigger_id: str, interview_id: int, response_url: str | None = None
) -> None:
    """Open the form for a talk that is ahead; of another one say that it is not."""
    async with desk.reading() as session:
        talk = await interviews.get(session, interview_id)
        is_ahead = talk.status == InterviewStatus.SCHEDULED and talk.ends_at > desk.now
        view = await _form(session, talk) if is_ahead else None
    if view is None:
        await desk.tell(not_ahead(with_whom(talk)), response_url)
        return
    await desk.client.views_open(trigger_id=trigger_id, view=view)


async def save_preparation(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save what was picked and is believed: the talk is prepared; then show how it could go."""
    view = body["view"]
    carried, typed = unpack(view), form.read_prepare_form(view)
    async with desk.member() as session:
        talk = await interviews.get(session, carried.interview_id or 0)
        before = (await questions.of_interviews(session, [talk.id])).get(talk.id, [])
        own = [*await questions.own_words(session, typed.before), *typed.own]
        wanted = _in_order(before, typed.bank_ids, own)
        rows = await questions.pick(session, talk.id, wanted, desk.now)
        await assumptions.write(session, talk.contact_id, typed.known, typed.new, desk.now)
        page = half_hour.half_hour(with_whom(talk), talk.minutes, picked(rows), carried)
    await ack(response_action="update", view=page)
    await desk.changed()


async def move_up(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Move up": the question changes places with the one before it."""
    await ack()
    view, picked_id = body["view"], as_id(body["actions"][0].get("value")) or 0
    carried = unpack(view)
    async with desk.member() as session:
        talk = await interviews.get(session, carried.interview_id or 0)
        rows = await questions.move_up(session, talk.id, picked_id)
        page = half_hour.half_hour(with_whom(talk), talk.minutes, picked(rows), carried)
    await desk.client.views_update(view_id=view["id"], view=page)


def picked(rows: Sequence[PickedQuestion]) -> list[Picked]:
    """Picked questions as screens show them."""
    return [Picked(row.id, row.question_id, row.own_words) for row in rows]


async def _form(session: AsyncSession, talk: Interview) -> Any:
    contact = talk.contact
    rows = (await questions.of_interviews(session, [talk.id])).get(talk.id, [])
    open_ones = (await assumptions.open_of(session, [contact.id])).get(contact.id, [])
    work = " at ".join(part for part in (contact.title, contact.company) if part)
    ahead = form.TalkAhead(
        contact_id=contact.id,
        name=with_whom(talk),
        work="" if talk.guests else work,
        starts_at=talk.starts_at,
        minutes=talk.minutes,
        goal=talk.goal,
    )
    prepared = form.Prepared(
        bank_ids=tuple(row.question_id for row in rows if row.question_id),
        own=tuple(row.own_words for row in rows if not row.question_id),
        known={belief.id: belief.text for belief in open_ones},
    )
    heard = await questions.heard(session, besides=talk.id)
    own = await questions.own_before(session, besides=talk.id, path_id=contact.path_id)
    new = [row for row in own if row.own_words not in prepared.own]
    offered: dict[Phase | None, list[form.Offered]] = {
        None: [form.Offered(f"{form.BEFORE}{row.id}", row.own_words) for row in new],
        **_offered(talk, prepared.bank_ids, heard),
    }
    return form.prepare_form(ahead, offered, prepared, Carried(interview_id=talk.id))


def _offered(
    talk: Interview, chosen: Sequence[str], heard: Mapping[str, Sequence[Heard]]
) -> dict[Phase | None, list[form.Offered]]:
    """What may be picked, with what was picked while the contact had another vantage."""
    fitting = questions_for(talk.contact.vantage)
    for question_id in chosen:
        question = bank().get(question_id)
        if question is not None and question not in fitting[question.phase]:
            fitting[question.phase].append(question)
    return {
        phase: [form.Offered(q.id, q.text, _mark(heard.get(q.id, ()))) for q in group]
        for phase, group in fitting.items()
    }


def _mark(heard: Sequence[Heard]) -> str:
    """Say who has answered a question already, or was asked it at least; the latest first."""
    if not heard:
        return ""
    answered = [each.name for each in heard if each.answered]
    named = answered or [each.name for each in heard]
    others = f" and {counted(len(named) - 1, 'other', 'others')}" if len(named) > 1 else ""
    verb = "Answered by" if answered else "Asked"
    return f"{verb} {cut(named[-1], 40)}{others}"


def _in_order(
    before: Sequence[PickedQuestion], bank_ids: Sequence[str], own: Sequence[str]
) -> list[Pick]:
    """Keep the order of what was there; put what is new where a talk would have it."""
    wanted = [*map(Pick, bank_ids), *(Pick(own_words=words) for words in own)]
    known = [Pick(row.question_id, row.own_words) for row in before]
    kept = [pick for pick in known if pick in wanted]
    return arranged(kept, [pick for pick in wanted if pick not in kept], _phase_of)


def _phase_of(pick: Pick) -> Phase | None:
    return bank()[pick.question_id].phase if pick.question_id in bank() else None
