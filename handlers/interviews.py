"""Logging talks: planned ones are scheduled, past ones go on to the debrief."""

from collections.abc import Sequence
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.commands import sub_command
from domain.quick_add import read_person
from domain.vocabulary import InterviewStatus
from domain.when import read_when
from handlers import calendar_files
from handlers.desk import Desk
from handlers.examples import help_page
from handlers.shown import first_page_typed
from handlers.views import contact_cards, debrief_form, home, words
from handlers.views import interview_form as form
from handlers.views.contact_form import contact_option
from handlers.views.interview_answers import talk_scheduled
from handlers.views.metadata import Carried, unpack
from handlers.views.reading import FormErrors, as_id
from handlers.whom import whom, with_whom
from storage import contacts, debriefs, interviews
from storage.contacts import ContactFields
from storage.interviews import InterviewFields
from storage.models import Contact, Interview

Body = dict[str, Any]
# There is no list of talks to type for: who tries one is shown what there is.
_HELP = ("help", "list")


def register(app: AsyncApp, prefix: str = "") -> None:
    """What opens and saves the interview form."""
    app.command(f"/{prefix}interview")(interview_command)
    app.shortcut("log_talk")(log_talk)
    app.action(home.LOG_TALK)(log_talk)
    app.action(contact_cards.LOG_TALK)(log_talk_with)
    app.action(home.MOVE_TALK)(move_talk)
    app.view(form.CALLBACK_ID)(save_interview)


async def interview_command(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """`/interview`, `/interview NAME`, `/interview NAME tuesday 3pm` in the member's zone."""
    await ack()
    text = words.as_typed(await desk.with_names(body.get("text", "")))
    if sub_command(text, _HELP).name:
        await desk.tell(await help_page(desk, "interview"), body["response_url"])
        return
    typed = read_when(text, desk.now, await desk.zone())
    async with desk.reading() as session:
        found = await whom(session, typed.rest)
    contact = found.contact
    await _open(
        desk,
        body,
        form.InterviewTyped(
            starts_at=None if found.left_over else typed.moment,
            new_names="" if contact else typed.rest[:3000],
            not_understood=text.removeprefix(found.called).strip() if found.left_over else "",
        ),
        Carried(response_url=body["response_url"]),
        [contact] if contact else [],
    )


async def log_talk(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The global shortcut, and the button "Log a talk" in Home and help."""
    await ack()
    from_home = (body.get("view") or {}).get("type") == "home"
    carried = Carried(response_url=body.get("response_url"), quiet=from_home)
    await _open(desk, body, form.InterviewTyped(), carried)


async def log_talk_with(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A card's button "Log a talk": the contact is chosen already."""
    await ack()
    async with desk.reading() as session:
        contact = await contacts.get(session, as_id(body["actions"][0].get("value")) or 0)
    carried = Carried(response_url=body.get("response_url"))
    await _open(desk, body, form.InterviewTyped(), carried, [contact])


async def move_talk(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Move it", in Home and under the line that a talk was planned."""
    await ack()
    interview_id, url = as_id(body["actions"][0].get("value")) or 0, body.get("response_url")
    carried = Carried(interview_id=interview_id, response_url=url, quiet=url is None)
    await open_known(desk, body, carried)


async def open_known(desk: Desk, body: Body, carried: Carried) -> None:
    """Open the form of the talk that `carried` names, to move it or to change its details."""
    async with desk.reading() as session:
        talk = await interviews.get(session, carried.interview_id or 0)
    typed = form.InterviewTyped(
        starts_at=talk.starts_at,
        minutes=talk.minutes,
        medium=talk.medium,
        place=talk.place,
        goal=talk.goal,
    )
    await _open(desk, body, typed, carried, talk.guests, in_the_first_place=talk.contact.name)


async def save_interview(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save the talk; a planned one closes the form, a past one turns it into the debrief."""
    view = body["view"]
    carried = unpack(view)
    known = carried.interview_id is not None
    typed = form.read_interview_form(view, desk.now, known=known)
    async with desk.member() as session:
        talk = await _save(session, desk, view["id"], typed, carried)
        is_past = talk.ends_at <= desk.now
        if is_past and not known:
            # Who logs a past talk says that it took place: the bot need not ask.
            await interviews.took_place(session, talk.id, desk.now)
        talk = await interviews.get(session, talk.id)
        written = await debriefs.get(session, talk.id)
    if is_past:
        onward = Carried(interview_id=talk.id, response_url=carried.response_url)
        page = debrief_form.first_page(with_whom(talk), first_page_typed(written), onward)
        await ack(response_action="update", view=page)
        await desk.changed()
        return
    await ack()
    await desk.changed()
    if not carried.quiet:
        planned = talk_scheduled(talk.id, with_whom(talk), talk.starts_at)
        await desk.tell(planned, carried.response_url)
    await calendar_files.follow(desk, talk.id)


async def _save(
    session: AsyncSession,
    desk: Desk,
    form_id: str,
    typed: form.InterviewTyped,
    carried: Carried,
) -> Interview:
    """Store a new talk, or what changed about a known one; a form sent twice is one talk."""
    assert typed.starts_at is not None, "the form's reader asks for it"
    new = [
        await _new_contact(session, desk, f"{form_id}:{number}" if number else form_id, line)
        for number, line in enumerate(typed.new_people)
    ]
    people = list(dict.fromkeys([*typed.contact_ids, *new]))
    fields = InterviewFields(
        starts_at=typed.starts_at,
        minutes=typed.minutes,
        medium=typed.medium,
        place=typed.place,
        goal=typed.goal,
        guest_ids=people if carried.interview_id is not None else people[1:],
    )
    if carried.interview_id is not None:
        before = await interviews.get(session, carried.interview_id)
        is_over = before.ends_at <= desk.now or before.status != InterviewStatus.SCHEDULED
        same_people = {guest.id for guest in before.guests} == set(people) - {before.contact_id}
        was_held = before.status == InterviewStatus.TOOK_PLACE
        if is_over and not was_held and before.starts_at == typed.starts_at and same_people:
            raise FormErrors({form.STARTS_AT: "That is the old time; when will it be?"})
        return await interviews.change(session, carried.interview_id, fields, desk.now)
    return await interviews.schedule(session, people[0], fields, desk.now, form_id=form_id)


async def _new_contact(session: AsyncSession, desk: Desk, form_id: str, typed: str) -> int:
    """Add who was typed as somebody new, unless they are on the list already, or were once."""
    person = read_person(typed)
    known = await contacts.same_person(session, person.name, person.company)
    if known is not None and known.form_id != form_id:
        if known.archived_at is not None:
            await contacts.bring_back(session, known.id, desk.now)
        return known.id
    new = ContactFields(name=person.name, title=person.title, company=person.company)
    return (await contacts.add(session, new, desk.now, form_id=form_id)).id


async def _open(
    desk: Desk,
    body: Body,
    typed: form.InterviewTyped,
    carried: Carried,
    people: Sequence[Contact] = (),
    *,
    in_the_first_place: str = "",
) -> None:
    chosen = [contact_option(c.id, c.name, c.company) for c in people]
    view = form.interview_form(typed, carried, people=chosen, in_the_first_place=in_the_first_place)
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)
