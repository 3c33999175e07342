"""Two contacts become one and two again: nothing is lost on the way, and nothing is left behind."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import found_by
from domain.vocabulary import (
    Answer,
    DebriefQuestion,
    HowFound,
    NudgeKind,
    NudgeStatus,
    ResearchItem,
    Stage,
    TouchKind,
    Vantage,
)
from storage import (
    alike,
    assumptions,
    contact_lists,
    contacts,
    debriefs,
    dialogue_replies,
    dialogues,
    dreams,
    guests,
    interviews,
    merging,
    nudges,
    paths,
    promises,
    questions,
    research,
    touches,
)
from storage.base import Base
from storage.debriefs import FirstPage, SecondPage
from storage.dialogue_replies import Reply
from storage.errors import Gone
from storage.interviews import InterviewFields
from storage.merge_rows import OF_A_CONTACT
from storage.models import Contact, Interview, Nudge, Promise
from storage.questions import Pick
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact, fields, later
from tests.storage.posts import everything_claimed

SOON = later(days=1)
# Moments of the last change, and what follows from facts by itself.
DERIVED = {"updated_at", "facts_version", "planned_within"}
Rows = dict[str, list[dict[str, Any]]]


async def rows(sessions: Sessions) -> Rows:
    """Give the member's rows of every table, but for nudges and the merges themselves."""
    found: Rows = {}
    async with sessions.unscoped() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in ("nudges", "merges"):
                continue
            key = list(table.primary_key.columns)
            for row in (await session.execute(select(table).order_by(*key))).mappings():
                kept = {name: value for name, value in row.items() if name not in DERIVED}
                found.setdefault(table.name, []).append(kept)
    return found


async def everything(session: AsyncSession, name: str, seed: int) -> Contact:
    """Add a contact with something of every kind."""
    friend = await a_contact(session, f"Friend of {name}")
    contact = await a_contact(
        session,
        name,
        company=f"Company {seed}",
        title="CTO" if seed else "",
        vantage=Vantage.PEER,
        how_found=HowFound.INTRODUCED,
        introduced_by_id=friend.id,
        email=f"{seed}@example.org",
        path=f"Path {seed}",
        note=f"Note of {name}",
        tags=f"both, of {name}",
    )
    await a_contact(session, f"Led to by {name}", introduced_by_id=contact.id)
    for kind in (TouchKind.ASKED, TouchKind.REPLIED):
        await touches.log(session, contact.id, kind, later(days=-20 + seed), note=name, now=NOW)
    found = {item: f"{name} {item}" for item in list(ResearchItem)[seed:]}
    await research.save(session, contact.id, found, NOW)
    mistake = await touches.log(session, contact.id, TouchKind.NOTE, NOW, note="No", now=NOW)
    await touches.remove(session, mistake.id, NOW)
    await assumptions.write(session, contact.id, {}, [f"Belief about {name}"], NOW)
    fields = InterviewFields(starts_at=later(days=-5 - seed))
    talk = await interviews.schedule(session, contact.id, fields, NOW, form_id=f"V{seed}")
    await debriefs.save_first(session, talk.id, FirstPage(f"Learned from {name}"), NOW)
    page = SecondPage(("SQL",), (f"Named by {name}",), f"Promised {name}", later(days=9).date())
    await debriefs.save_second(session, talk.id, page, NOW)
    await questions.pick(session, talk.id, [Pick("bad_week"), Pick(own_words=name)], NOW)
    await dialogues.begin(session, talk.id, NOW)
    await dialogues.posted(session, talk.id, DebriefQuestion.PICTURE, "D1", f"1.{seed}")
    await dialogue_replies.take(session, Reply(f"2.{seed}", "Yes\nlikes: All", "UTC"), NOW)
    ahead = InterviewFields(starts_at=later(days=5 + seed), guest_ids=[friend.id])
    await interviews.schedule(session, contact.id, ahead, NOW)
    return contact


async def a_pair(sessions: Sessions) -> tuple[int, int]:
    """Add two with everything, who were in talks together, and know each other."""
    async with sessions.member(ALMA) as session:
        kept = await everything(session, "Benjamin Stone", 0)
        other = await everything(session, "Ben Stone", 1)
        await dreams.name(session, other.id, NOW)
        third = await a_contact(session, "Third")
        for first, guest_ids in (
            (kept, [other.id]),
            (other, [kept.id, third.id]),
            (third, [kept.id, other.id]),
            (third, [other.id]),
        ):
            held = InterviewFields(starts_at=later(days=-3), guest_ids=guest_ids)
            talk = await interviews.schedule(session, first.id, held, NOW)
            await interviews.took_place(session, talk.id, NOW)
        until = later(days=60).date()
        await touches.log(session, other.id, TouchKind.NOT_NOW, NOW, until=until, now=NOW)
    await everything_claimed(sessions, NOW)
    return kept.id, other.id


def test_everything_that_is_about_a_contact_goes_along() -> None:
    """A new table that names a contact has to be thought of here."""
    about = {
        (table.name, foreign.parent.name)
        for table in Base.metadata.sorted_tables
        for foreign in table.foreign_keys
        if foreign.column.table.name == "contacts" and foreign.parent.name != "member_id"
    }
    moved = {(table.__tablename__, "contact_id") for table in OF_A_CONTACT}
    themselves = {("contacts", "introduced_by_id"), ("contacts", "merged_into_id")}
    assert about == moved | themselves | {("merges", "kept_id"), ("merges", "other_id")}


async def test_undone_it_is_all_as_before(sessions: Sessions) -> None:
    """Also a second time, and the other way round."""
    kept_id, other_id = await a_pair(sessions)
    before = await rows(sessions)
    for one, two in ((kept_id, other_id), (other_id, kept_id), (kept_id, other_id)):
        async with sessions.member(ALMA) as session:
            merge = await merging.merge(session, one, two, SOON)
        assert await rows(sessions) != before
        async with sessions.member(ALMA) as session:
            assert (await merging.undo(session, merge.id, SOON)).done
        after = await rows(sessions)
        for table, there in before.items():
            assert after[table] == there, table


async def test_what_was_deleted_is_brought_back_to_the_one_who_stays(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        kept, other = await a_contact(session, "Kept"), await a_contact(session, "Other")
        mistake = await touches.log(session, other.id, TouchKind.ASKED, NOW, now=NOW)
        await touches.remove(session, mistake.id, NOW)
        await merging.merge(session, kept.id, other.id, NOW)
        await touches.bring_back(session, mistake.id, NOW)
        passed = await touches.of_contact(session, kept.id)
        assert [touch.id for touch in passed] == [mistake.id]


async def test_all_of_both_is_the_kept_ones(sessions: Sessions) -> None:
    kept_id, other_id = await a_pair(sessions)
    async with sessions.member(ALMA) as session:
        counted = await contacts.count(session)
        merge = await merging.merge(session, kept_id, other_id, SOON)
        kept = await contacts.get(session, kept_id)
        assert (merge.kept.name, merge.other.name) == ("Benjamin Stone", "Ben Stone")
        assert (kept.title, kept.company, kept.stage) == ("CTO", "Company 0", Stage.SCHEDULED)
        assert kept.note.splitlines() == [
            "Note of Benjamin Stone",
            "Also: Ben Stone · Company 1 · path Path 1 · introduced by Friend of Ben Stone"
            " · 1@example.org",
            "Note of Ben Stone",
        ]
        assert kept.tags == "both, of Benjamin Stone, of Ben Stone"
        found_by_all = await session.scalar(select(Contact.search_key).where(Contact.id == kept_id))
        assert found_by_all == found_by(kept.name, kept.company, kept.title, kept.tags, kept.note)
        assert kept.is_dream
        # Of a talk with both there is one thing to tell.
        told = [t.kind for t in await touches.of_contact(session, kept_id, limit=100)]
        assert (told.count(TouchKind.TALK), told.count(TouchKind.ASKED)) == (6, 2)
        found = await research.of_contact(session, kept_id)
        assert found[ResearchItem.WORK] == "Benjamin Stone work"
        assert found[ResearchItem.WORDS] == "Benjamin Stone words\nBen Stone words"
        assert len(await promises.open_of(session, kept_id)) == 2
        assert len(await contacts.led_to(session, kept_id)) == 4
        for talk in await session.scalars(select(Interview)):
            people = [c.id for c in (await interviews.get(session, talk.id)).people]
            assert other_id not in people and len(people) == len(set(people))
        # The other one is in no list, search or count, and their name is still known.
        assert await contacts.count(session) == counted - 1
        assert await contact_lists.count(session, NOW) == counted - 1
        assert other_id not in [c.id for c in await contacts.find(session, "Ben Stone", limit=50)]
        assert other_id not in [c.id for c in await contact_lists.page(session, NOW, limit=50)]
        assert "Path 1" not in [path.name for path in (await paths.overview(session, 10)).explored]
        same = await contacts.same_person(session, "Ben Stone", "")
        assert same is not None and same.id == kept_id
        like = await alike.alike(session, fields("Bem Stone", company="Company 1"))
        assert [contact.id for contact in like] == [kept_id]
        # Whoever still holds the other one's id is given the kept one.
        assert (await contacts.get(session, other_id)).id == kept_id
        await touches.log(session, other_id, TouchKind.UPDATE, SOON, now=SOON)
        assert (await touches.of_contact(session, kept_id, limit=1))[0].kind == TouchKind.UPDATE


async def test_one_is_joined_once_and_parted_once(sessions: Sessions) -> None:
    kept_id, other_id = await a_pair(sessions)
    async with sessions.member(ALMA) as session:
        merge = await merging.merge(session, kept_id, other_id, SOON)
        assert (await merging.merge(session, kept_id, other_id, SOON)).id == merge.id
        assert (await merging.merge(session, other_id, kept_id, SOON)).id == merge.id
        with pytest.raises(Gone):
            await merging.foresee(session, kept_id, other_id)
    async with sessions.member(ALMA) as session:
        assert (await merging.undo(session, merge.id, SOON)).done
        assert not (await merging.undo(session, merge.id, SOON)).done
        with pytest.raises(Gone):
            await merging.merge(session, kept_id, kept_id, SOON)


async def test_a_later_merge_is_undone_first(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        one, two, three = [await a_contact(session, name) for name in ("One", "Two", "Three")]
        await touches.log(session, one.id, TouchKind.ASKED, NOW, now=NOW)
        await touches.log(session, two.id, TouchKind.REPLIED, NOW, now=NOW)
    before = await rows(sessions)
    async with sessions.member(ALMA) as session:
        first = await merging.merge(session, two.id, one.id, NOW)
        second = await merging.merge(session, three.id, two.id, NOW)
        assert (await contacts.get(session, one.id)).id == three.id
        refused = await merging.undo(session, first.id, NOW)
        assert not refused.done and refused.first is not None and refused.first.id == second.id
    async with sessions.member(ALMA) as session:
        for merge in (second, first):
            assert (await merging.undo(session, merge.id, NOW)).done
    assert await rows(sessions) == before


async def test_what_was_written_since_stays(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        kept = await a_contact(session, "Kept")
        other = await a_contact(session, "Other", title="CTO", email="o@example.org", note="N")
        merge = await merging.merge(session, kept.id, other.id, NOW)
        note = "Mine\nAlso: Other\nN\nMore"
        changed = fields("Kept", title="CFO", email="o@example.org", note=note)
        await contacts.change(session, kept.id, changed, NOW)
        await touches.log(session, kept.id, TouchKind.ASKED, NOW, note="Since", now=NOW)
        with pytest.raises(Gone):
            await contacts.change(session, other.id, changed, NOW)
        with pytest.raises(Gone):
            await research.save(session, other.id, {}, NOW)
    async with sessions.member(ALMA) as session:
        await merging.undo(session, merge.id, SOON)
        kept, other = await contacts.get(session, kept.id), await contacts.get(session, other.id)
        assert (kept.title, kept.email, kept.note) == ("CFO", "", "Mine\nMore")
        assert (other.title, other.email, other.note) == ("CTO", "o@example.org", "N")
        assert (kept.stage, other.stage) == (Stage.ASKED, Stage.IDENTIFIED)
        assert [t.note for t in await touches.of_contact(session, kept.id)] == ["Since"]


async def test_a_talk_takes_along_what_it_brought(sessions: Sessions) -> None:
    """A talk of the other one, and one with both, that were held while the two were one."""
    async with sessions.member(ALMA) as session:
        kept, other = await a_contact(session, "Kept"), await a_contact(session, "Other")
        when = InterviewFields(starts_at=later(hours=-2))
        alone = await interviews.schedule(session, other.id, when, NOW)
        both = InterviewFields(starts_at=later(hours=-4), guest_ids=[other.id])
        together = await interviews.schedule(session, kept.id, both, NOW)
        merge = await merging.merge(session, kept.id, other.id, NOW)
        page = SecondPage(promise="Mine", promise_due=SOON.date())
        await debriefs.save_second(session, alone.id, page, NOW)
        # A form of the talk that was open all along names somebody who is not there any more.
        await interviews.change(session, together.id, both, NOW)
        await interviews.took_place(session, together.id, NOW)
        assert [c.id for c in (await interviews.get(session, together.id)).people] == [kept.id]
        assert await guests.are_there(session, together.id) == {kept.id}
    async with sessions.member(ALMA) as session:
        await merging.undo(session, merge.id, NOW)
        talks = {
            contact.id: {t.interview_id for t in await touches.of_contact(session, contact.id)}
            for contact in (kept, other)
        }
        assert talks == {kept.id: {together.id}, other.id: {alone.id, together.id}}
        [promise] = await session.scalars(select(Promise))
        assert promise.contact_id == other.id
        mine = [n for n in await session.scalars(select(Nudge)) if n.promise_id == promise.id]
        assert {nudge.contact_id for nudge in mine} == {other.id}


async def test_nobody_introduced_themselves(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        other = await a_contact(session, "Other")
        kept = await a_contact(session, "Kept", introduced_by_id=other.id)
        led = await a_contact(session, "Led", introduced_by_id=other.id)
        merge = await merging.merge(session, kept.id, other.id, NOW)
        assert (await contacts.get(session, kept.id)).introduced_by_id is None
        assert [c.id for c in await contacts.led_to(session, kept.id)] == [led.id]
        # A form that was opened before still names the other one.
        await contacts.change(session, kept.id, fields("Kept", introduced_by_id=other.id), NOW)
        assert kept.introduced_by_id is None
    async with sessions.member(ALMA) as session:
        await merging.undo(session, merge.id, NOW)
        assert {c.name for c in await contacts.led_to(session, other.id)} == {"Kept", "Led"}


async def test_what_was_answered_and_sent_about_the_other_counts(sessions: Sessions) -> None:
    """No reminder comes twice, and a message that was sent is brought up to date."""
    async with sessions.member(ALMA) as session:
        kept, other = await a_contact(session, "Kept"), await a_contact(session, "Other")
        for contact in (kept, other):
            await touches.log(session, contact.id, TouchKind.ASKED, later(days=-30), now=NOW)
            await touches.log(session, contact.id, TouchKind.TALK, later(days=-9), now=NOW)
        await touches.log(session, other.id, TouchKind.ASKED, later(days=-8), now=NOW)
        waiting = select(Nudge).where(Nudge.status == NudgeStatus.PENDING)
        [follow_up] = await session.scalars(waiting.where(Nudge.kind == NudgeKind.FOLLOW_UP))
        follow_up.status, follow_up.channel_id, follow_up.message_ts = NudgeStatus.SENT, "D1", "1.5"
        follow_up.sent_at = NOW
        await session.flush()
    async with sessions.member(ALMA) as session:
        merge = await merging.merge(session, kept.id, other.id, NOW)
        assert nudges.SentMessage("D1", "1.5") in nudges.outdated(session)
        about = await nudges.get(session, follow_up.id)
        assert (about.contact_id, about.status) == (kept.id, NudgeStatus.SENT)
        assert not (await session.scalars(waiting.where(Nudge.kind == NudgeKind.FOLLOW_UP))).all()
        await nudges.answer(session, about.id, Answer.SKIP, NOW)
    async with sessions.member(ALMA) as session:
        await merging.undo(session, merge.id, NOW)
        about = await nudges.get(session, follow_up.id)
        assert (about.contact_id, about.answer) == (other.id, Answer.SKIP)
        assert not (await session.scalars(waiting.where(Nudge.kind == NudgeKind.FOLLOW_UP))).all()


async def test_a_note_that_is_too_long_for_its_box_becomes_a_touch(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        kept = await a_contact(session, "Kept", note="k" * 2000)
        other = await a_contact(session, "Other", note="o" * 2000)
        found = {ResearchItem.WORK: "f" * 400}
        await research.save(session, kept.id, found, NOW)
        await research.save(session, other.id, {ResearchItem.WORK: "g" * 400}, NOW)
    before = await rows(sessions)
    async with sessions.member(ALMA) as session:
        merge = await merging.merge(session, kept.id, other.id, NOW)
        assert (await contacts.get(session, kept.id)).note == "k" * 2000
        [note] = await touches.of_contact(session, kept.id)
        assert "Also: Other" in note.note and "o" * 2000 in note.note and "g" * 400 in note.note
    async with sessions.member(ALMA) as session:
        await merging.undo(session, merge.id, NOW)
    assert await rows(sessions) == before


async def test_who_was_joined_is_not_forgotten_with_a_debrief(sessions: Sessions) -> None:
    """Whom a debrief named by mistake goes again, but not with somebody else's entry in it."""
    async with sessions.member(ALMA) as session:
        talk = await interviews.schedule(
            session, (await a_contact(session)).id, InterviewFields(later(hours=-3)), NOW
        )
        await dialogues.begin(session, talk.id, NOW)
        await dialogues.choose(session, talk.id, DebriefQuestion.REFERRALS, ("Kept",), NOW)
        kept = await contacts.same_person(session, "Kept", "")
        assert kept is not None
        other = await a_contact(session, "Other")
        merge = await merging.merge(session, kept.id, other.id, NOW)
        await dialogues.choose(session, talk.id, DebriefQuestion.REFERRALS, (), NOW)
        assert (await merging.undo(session, merge.id, NOW)).done
        assert len(await contacts.by_name(session, "Kept")) == 1
