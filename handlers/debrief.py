"""The debrief: short pages, each of which is saved before the next one shows."""

from dataclasses import astuple
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.desk import Desk
from handlers.dialogue_shown import renew
from handlers.outcomes import outcome_page, save_outcome
from handlers.shown import first_page_typed, second_page_typed
from handlers.views import debrief_form as form
from handlers.views import home, outcome_form
from handlers.views.interview_answers import debrief_saved
from handlers.views.metadata import Carried, unpack
from handlers.views.reading import as_id
from handlers.whom import with_whom
from storage import contacts, debrief_answers, debriefs, dialogues, interviews

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What opens and saves the debrief."""
    app.action(home.DEBRIEF)(tell_about_talk)
    app.view(form.FIRST_PAGE)(save_first_page)
    app.view(form.SECOND_PAGE)(save_second_page)
    app.action(form.MORE_QUESTIONS)(more_questions)
    app.view(outcome_form.CALLBACK_ID)(save_outcome)


async def tell_about_talk(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A button whose value is the talk: "Tell me about it" in Home, "Change my notes"."""
    await ack()
    interview_id = as_id(body["actions"][0].get("value")) or 0
    carried = Carried(interview_id=interview_id, response_url=body.get("response_url"))
    await open_debrief(desk, body["trigger_id"], carried)


async def open_debrief(desk: Desk, trigger_id: str, carried: Carried) -> None:
    """Open page 1 of the talk that `carried` names, with what was answered before."""
    async with desk.reading() as session:
        talk = await interviews.get(session, carried.interview_id or 0)
        debrief = await debriefs.get(session, talk.id)
    view = form.first_page(with_whom(talk), first_page_typed(debrief), carried)
    await desk.client.views_open(trigger_id=trigger_id, view=view)


async def save_first_page(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save page 1, which also says that the talk took place, and turn to page 2."""
    view = body["view"]
    carried, typed = unpack(view), form.read_first_page(view)
    page = debriefs.FirstPage(
        takeaway=typed.takeaway,
        picture=typed.picture,
        likes=typed.likes,
        dislikes=typed.dislikes,
    )
    interview_id = carried.interview_id or 0
    async with desk.member() as session:
        await debriefs.save_first(session, interview_id, page, desk.now)
        talk = await interviews.get(session, interview_id)
        before = second_page_typed(await debriefs.second_page(session, interview_id))
    page_two = form.second_page(with_whom(talk), before, carried, several=bool(talk.guests))
    await ack(response_action="update", view=page_two)
    await desk.changed()


async def more_questions(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button on page 2 that adds three questions more; what was typed stays."""
    await ack()
    view = body["view"]
    carried = unpack(view)
    async with desk.reading() as session:
        talk = await interviews.get(session, carried.interview_id or 0)
    page = form.second_page(
        with_whom(talk), form.with_field(view), carried, several=bool(talk.guests)
    )
    await desk.client.views_update(view_id=view["id"], view=page)


async def save_second_page(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save page 2: names become contacts; a last page follows if the talk was prepared for."""
    view = body["view"]
    carried, typed = unpack(view), form.read_second_page(view)
    interview_id = carried.interview_id or 0
    page = debriefs.SecondPage(
        skills=typed.skills,
        referrals=typed.referrals,
        promise=typed.promise,
        promise_due=typed.promise_due,
        their_promise=typed.their_promise,
        opportunity=typed.opportunity,
        thanked=typed.thanked,
        field=debriefs.FieldWords(*astuple(typed.field)) if typed.field else None,
    )
    async with desk.member() as session:
        before = await contacts.count(session)
        await debriefs.save_second(session, interview_id, page, desk.now)
        # Whoever fills in the form need not be asked one by one any more.
        await dialogues.finish(session, interview_id, desk.now)
        added = await contacts.count(session) - before
        talk = await interviews.get(session, interview_id)
        answers = await debrief_answers.of_interview(session, interview_id)
        last_page = await outcome_page(session, talk, carried)
    if last_page is None:
        await ack()
    else:
        await ack(response_action="update", view=last_page)
    await renew(desk, interview_id)
    await desk.changed()
    saved = debrief_saved(
        interview_id,
        with_whom(talk),
        new_contacts=added,
        thanked=typed.thanked,
        answers=answers,
    )
    await desk.tell(saved, carried.response_url)
