"""Deleted entries: what had followed from them goes, and comes back with them."""

from domain.vocabulary import Stage, TouchKind
from storage import debriefs, interviews, promises, removal, touches
from storage.debriefs import SecondPage
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact, a_talk, later


async def test_a_deleted_not_now_comes_back_with_its_date(sessions: Sessions) -> None:
    until = later(days=60).date()
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        touch = await touches.log(session, contact.id, TouchKind.NOT_NOW, NOW, until=until, now=NOW)
        await touches.remove(session, touch.id, NOW)
        assert (contact.stage, contact.not_now_until) == (Stage.IDENTIFIED, None)
        await touches.bring_back(session, touch.id, NOW)
        assert (contact.stage, contact.not_now_until) == (Stage.NOT_NOW, until)


async def test_a_deleted_introduction_opens_the_promise_that_it_kept(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-5))
        page = SecondPage(their_promise="Introduce me to Ben")
        await debriefs.save_second(session, talk.id, page, NOW)
        touch = await touches.log(session, talk.contact_id, TouchKind.INTRODUCTION, NOW, now=NOW)
        [promise] = await promises.of_interview(session, talk.id)
        assert promise.kept_at == NOW
        await touches.remove(session, touch.id, NOW)
        assert promise.kept_at is None
        await touches.bring_back(session, touch.id, NOW)
        assert promise.kept_at == NOW


async def test_a_debrief_may_promise_anew_what_was_deleted(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-5))
        await debriefs.save_second(session, talk.id, SecondPage(promise="A report"), NOW)
        [promise] = await promises.of_interview(session, talk.id)
        await promises.remove(session, promise.id, NOW)
        assert (await debriefs.second_page(session, talk.id)).promise == ""
        await debriefs.save_second(session, talk.id, SecondPage(promise="Two reports"), NOW)
        assert [p.what for p in await promises.of_interview(session, talk.id)] == ["Two reports"]


async def test_a_talk_comes_back_with_what_was_deleted_with_it_and_no_more(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-5))
        page = SecondPage(("SQL",), promise="A report", their_promise="A book", thanked=True)
        await debriefs.save_second(session, talk.id, page, NOW)
        [mine, theirs] = await promises.of_interview(session, talk.id)
        await promises.remove(session, theirs.id, NOW)
        await removal.remove_talk(session, talk.id, later(hours=1))
        assert await touches.of_contact(session, talk.contact_id) == []
        assert await promises.open_of(session, talk.contact_id) == []
        assert talk.contact.stage is Stage.IDENTIFIED
    for _ in range(2):
        async with sessions.member(ALMA) as session:
            await removal.bring_talk_back(session, talk.id, later(hours=2))
    async with sessions.reading(ALMA) as session:
        back = await debriefs.second_page(session, talk.id)
        assert (back.skills, back.promise, back.their_promise) == (("SQL",), "A report", "")
        assert back.thanked
        assert [p.id for p in await promises.of_interview(session, talk.id)] == [mine.id]
        assert (await interviews.get(session, talk.id)).contact.stage is Stage.THANKED
