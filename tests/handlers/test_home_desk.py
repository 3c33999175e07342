"""Home is drawn with as many questions from 5,000 contacts as from 50, and fits into one view."""

import re
from collections.abc import Sequence

from sqlalchemy import insert, text

from domain.vocabulary import NudgeKind, Stage, TouchKind, Vantage
from handlers.home_desk import home_desk
from handlers.views.home import home
from sandbox.rules import view_problems
from storage import debriefs, dialogues, dreams, members, touches
from storage.debriefs import FirstPage, SecondPage
from storage.models import Contact, Nudge, Touch
from storage.sessions import MemberKey, Sessions
from tests.storage.counted import asked_of
from tests.storage.people import ALMA, BRUNO, CLEO, NOW, a_contact, a_talk, later
from tests.storage.plans import plans

NOTHING = {
    "company": "",
    "company_key": "",
    "title": "",
    "email": "",
    "profile_url": "",
    "note": "",
}
PATHS = [f"Path {number}" for number in range(8)]
MOST_QUESTIONS = 7


async def everything(sessions: Sessions, who: MemberKey, people: int) -> None:
    """Fill all that Home shows: talks of each kind, half a debrief, gaps, paths, what is due."""
    async with sessions.member(who) as session:
        await members.set_zone(session, "Europe/London")
        await dreams.name(session, (await a_contact(session, "Dream")).id, NOW)
        for number in range(6):
            await a_talk(session, later(days=20, hours=number), f"Ahead {number}")
        for number in range(8):
            talk = await a_talk(session, later(days=-1, hours=number), f"Behind {number}")
            if number < 3:
                await dialogues.begin(session, talk.id, NOW)
            elif number < 6:
                await debriefs.save_first(session, talk.id, FirstPage("Much"), NOW)
                page = SecondPage(skills=(f"Skill {number}", "SQL", "Python"))
                await debriefs.save_second(session, talk.id, page, NOW)
        path_ids = [(await a_contact(session, name, path=name)).path_id for name in PATHS]
        member_id = (await members.current(session)).id
    await crowd(sessions, member_id, path_ids, people)


async def crowd(
    sessions: Sessions, member_id: int, path_ids: Sequence[int | None], people: int
) -> None:
    """Add so many contacts on these paths, with a touch and a nudge that is due with each."""
    theirs = {"member_id": member_id, "created_at": NOW}
    rows = [
        NOTHING
        | theirs
        | {
            "name": f"Person {number}",
            "name_key": f"person {number}",
            "path_id": path_ids[number % len(path_ids)],
            "vantage": [Vantage.RECRUITER, Vantage.SENIOR, None][number % 3],
            "stage": list(Stage)[number % len(Stage)],
            "updated_at": NOW,
        }
        for number in range(people)
    ]
    touch = theirs | {"kind": TouchKind.ASKED, "at": NOW, "note": ""}
    until = {"makes_sense_until": later(days=60), "updated_at": NOW}
    nudge = theirs | until | {"kind": NudgeKind.FOLLOW_UP, "due_at": NOW}
    async with sessions.unscoped() as session:
        ids: list[int] = []
        # In one piece it may take a busy machine longer than the engine lets a statement take.
        for first in range(0, people, 500):
            some = insert(Contact).returning(Contact.id), rows[first : first + 500]
            ids += await session.scalars(*some)
        about = [{"contact_id": each, "key": f"follow_up:{each}"} for each in ids]
        for first in range(0, people, 500):
            some_about = about[first : first + 500]
            touches = [touch | {"contact_id": one["contact_id"]} for one in some_about]
            await session.execute(insert(Touch), touches)
            await session.execute(insert(Nudge), [nudge | one for one in some_about])
        if session.get_bind().dialect.name == "postgresql":
            # A server does so by itself after a minute; this one is told not to.
            await session.execute(text("ANALYZE"))


async def questions_asked(sessions: Sessions, who: MemberKey) -> int:
    """Draw a member's Home, which must be one that Slack takes; count what it asks for."""
    async with sessions.reading(who) as session, asked_of(session) as asked:
        await members.current(session)
        desk = await home_desk(session, "U1", later(days=2))
        view = home(desk)
    drawn = view.to_dict()
    assert view_problems(drawn, "home") == []
    assert len(drawn["blocks"]) <= 100
    return len(asked)


async def test_home_asks_as_much_of_5000_contacts_as_of_50(sessions: Sessions) -> None:
    await everything(sessions, ALMA, 50)
    await everything(sessions, BRUNO, 5000)
    asked = await questions_asked(sessions, ALMA)
    assert await questions_asked(sessions, BRUNO) == asked <= MOST_QUESTIONS


async def test_with_contacts_alone_it_asks_less(sessions: Sessions) -> None:
    async with sessions.member(CLEO) as session:
        await a_contact(session)
    assert await questions_asked(sessions, CLEO) <= 6


async def test_home_reads_from_its_own_indexes(database_url: str) -> None:
    """What it costs does not grow with whom a member knows, nor with what is planned for later."""

    async def draw(sessions: Sessions) -> None:
        async with sessions.reading(ALMA) as session:
            await home_desk(session, "U1", NOW)

    due = (await plans(database_url, draw, about="nudges.due_at"))[0]
    for which in ("in_hand", "told", "put_off", "answered"):
        assert f"ix_nudges_{which}" in due
    assert "due_at<" in due.replace(" ", "") and "makes_sense_until>" in due.replace(" ", "")
    asked = await plans(database_url, draw, about="contacts")
    [people] = [each for each in asked if "ix_contacts_dream" in each]
    assert people
    if database_url.startswith("sqlite"):
        # Of empty tables PostgreSQL may read any index.
        assert "ix_nudges_waiting" in due
        [counted] = [each for each in asked if "ix_contacts_counted" in each]
        assert "COVERING INDEX ix_contacts_counted" in counted and "ix_touches_talks" in counted


async def test_a_touch_reads_what_it_is_about(database_url: str) -> None:
    """SQLite would begin with all nudges and touches of a member, were it asked otherwise."""
    if not database_url.startswith("sqlite"):
        return

    async def log(sessions: Sessions) -> None:
        async with sessions.member(ALMA) as session:
            contact = await a_contact(session, company="Acme")
            await touches.log(session, contact.id, TouchKind.ASKED, NOW, now=NOW)

    asked = await plans(database_url, log, about="SELECT")
    # But for the talks among a member's touches, of which there are few.
    an_index = r"USING (COVERING )?INDEX (?!ix_touches_talks)\w+"
    everything = re.compile(rf"SEARCH (nudges|touches)\S* {an_index} \(member_id=\?\)")
    assert not [plan for plan in asked if everything.search(plan)]
