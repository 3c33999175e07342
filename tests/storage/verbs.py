"""Every verb of the memory, called as a member would, with ids that may be anybody's."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from domain.lists import Which
from domain.name_lines import NamedPerson
from domain.vocabulary import (
    Answer,
    AssumptionStatus,
    DebriefQuestion,
    NudgeKind,
    Picture,
    ResearchItem,
    Stage,
    TouchKind,
)
from storage import (
    agenda,
    alike,
    answers_told,
    assumptions,
    contact_lists,
    contacts,
    debrief_answers,
    debriefs,
    dialogue_lines,
    dialogue_replies,
    dialogues,
    dreams,
    gaps,
    glance,
    guests,
    in_touch,
    interviews,
    late_replies,
    letters,
    limits,
    manners,
    members,
    merging,
    names,
    nudges,
    paths,
    promises,
    questions,
    remarks,
    removal,
    research,
    standing,
    talk_touches,
    touches,
    trouble,
    undo,
    wishes,
)
from storage.debriefs import FirstPage, SecondPage
from storage.dialogue_replies import Reply
from storage.errors import OutOfScope
from storage.interviews import InterviewFields
from storage.models import Interview
from storage.nudges import Claimed, SentMessage
from storage.questions import Pick
from tests.storage.people import fields, later
from tests.storage.posts import LEASE

MODULES = (
    agenda,
    alike,
    answers_told,
    assumptions,
    contact_lists,
    contacts,
    debrief_answers,
    debriefs,
    dialogue_lines,
    dialogue_replies,
    dialogues,
    dreams,
    gaps,
    glance,
    guests,
    in_touch,
    interviews,
    late_replies,
    letters,
    limits,
    manners,
    members,
    merging,
    names,
    nudges,
    paths,
    promises,
    questions,
    remarks,
    removal,
    research,
    standing,
    talk_touches,
    touches,
    trouble,
    undo,
    wishes,
)
SOON = later(days=2)
LATE = later(days=400)


@dataclass(frozen=True)
class Ids:
    """The ids that a request carries: a claim, not a right."""

    contact: int
    interview: int
    promise: int
    nudge: int
    assumption: int
    picked: int
    dialogue: int
    merge: int
    touch: int


Verb = Callable[[AsyncSession, Ids], Awaitable[Any]]

VERBS: dict[str, Verb] = {
    "answers_told.forget": lambda s, _: answers_told.forget(s, "key"),
    "answers_told.is_first": lambda s, _: answers_told.is_first(s, "key", SOON),
    "assumptions.open_of": lambda s, i: assumptions.open_of(s, [i.contact]),
    "assumptions.of_contact": lambda s, i: assumptions.of_contact(s, i.contact),
    "assumptions.get": lambda s, i: assumptions.get(s, i.assumption),
    "assumptions.correct": lambda s, i: assumptions.correct(
        s, i.assumption, "Said otherwise", AssumptionStatus.MIXED, "Both", SOON
    ),
    "assumptions.remove": lambda s, i: assumptions.remove(s, i.assumption, SOON),
    "assumptions.bring_back": lambda s, i: assumptions.bring_back(s, i.assumption),
    "assumptions.write": lambda s, i: assumptions.write(
        s, i.contact, {i.assumption: "Written anew"}, ["New belief"], SOON
    ),
    "assumptions.to_settle": lambda s, i: assumptions.to_settle(s, i.interview),
    "assumptions.settle": lambda s, i: assumptions.settle(
        s, i.assumption, i.interview, AssumptionStatus.MIXED, "Both", SOON
    ),
    "alike.alike": lambda s, _: alike.alike(s, fields("Same Name"), limit=100),
    "alike.alike_each": lambda s, _: alike.alike_each(s, [fields("Same Name")]),
    "alike.complete": lambda s, i: alike.complete(
        s, i.contact, fields("Ignored", introduced_by_id=i.promise, note="More"), SOON
    ),
    "contacts.add": lambda s, i: contacts.add(
        s, fields("Added", introduced_by_id=i.contact, path="Path of Added"), SOON, form_id="V1"
    ),
    "contacts.get": lambda s, i: contacts.get(s, i.contact),
    "contacts.change": lambda s, i: contacts.change(
        s, i.contact, fields("Changed", introduced_by_id=i.promise), SOON
    ),
    "contacts.archive": lambda s, i: contacts.archive(s, i.contact, SOON),
    "contacts.bring_back": lambda s, i: contacts.bring_back(s, i.contact, SOON),
    "contacts.overrule": lambda s, i: contacts.overrule(s, i.contact, Stage.CLOSED, SOON),
    "contacts.stop_nudges": lambda s, i: contacts.stop_nudges(s, i.contact, SOON),
    "contacts.resume_nudges": lambda s, i: contacts.resume_nudges(s, i.contact, SOON),
    "contacts.count": lambda s, _: contacts.count(s),
    "contacts.tags": lambda s, _: contacts.tags(s),
    "contacts.led_to": lambda s, i: contacts.led_to(s, i.contact),
    "contact_lists.page": lambda s, _: contact_lists.page(s, SOON, limit=100),
    "contact_lists.count": lambda s, _: contact_lists.count(
        s, LATE, Which(silent_days=1, path="Path of Added")
    ),
    "contacts.find": lambda s, _: contacts.find(s, "contact", limit=100),
    "contacts.by_name": lambda s, _: contacts.by_name(s, "Same Name"),
    "contacts.same_person": lambda s, _: contacts.same_person(s, "Same Name", ""),
    "contacts.called": lambda s, _: contacts.called(s, "Same"),
    "contacts.by_stage": lambda s, _: contacts.by_stage(s),
    "paths.names": lambda s, _: paths.names(s),
    "paths.called": lambda s, _: paths.called(s, "Path called"),
    "paths.overview": lambda s, _: paths.overview(s, limit=100),
    "debriefs.of_talks": lambda s, i: debriefs.of_talks(s, [i.interview]),
    "debriefs.get": lambda s, i: debriefs.get(s, i.interview),
    "debriefs.save_first": lambda s, i: debriefs.save_first(
        s, i.interview, FirstPage("New takeaway"), SOON
    ),
    "debriefs.save_second": lambda s, i: debriefs.save_second(
        s,
        i.interview,
        SecondPage(("Skill",), ("Same Name",), "Mine", date(2026, 3, 20), "Theirs", thanked=True),
        SOON,
    ),
    "debriefs.thanked": lambda s, i: debriefs.thanked(s, i.interview, SOON),
    "debriefs.second_page": lambda s, i: debriefs.second_page(s, i.interview),
    "debrief_answers.of_interview": lambda s, i: debrief_answers.of_interview(s, i.interview),
    "debrief_answers.keep": lambda s, i: debrief_answers.keep(
        s, i.interview, DebriefQuestion.REFERRALS, ("Same Name",), SOON
    ),
    "dialogue_lines.of_message": lambda s, _: dialogue_lines.of_message(s, "2.0"),
    "dialogue_lines.asked_in": lambda s, _: dialogue_lines.asked_in(s, "1.0"),
    "dialogue_lines.last_reply": lambda s, i: dialogue_lines.last_reply(s, i.dialogue),
    "dialogue_lines.holding": lambda s, i: dialogue_lines.holding(
        s, i.dialogue, DebriefQuestion.LIKES
    ),
    "dialogue_lines.let_go": lambda s, i: dialogue_lines.let_go(
        s, i.interview, [DebriefQuestion.LIKES]
    ),
    "dialogue_lines.let_go_of_changed": lambda s, i: dialogue_lines.let_go_of_changed(
        s, i.interview, {DebriefQuestion.LIKES: "Before"}
    ),
    "dialogue_replies.take": lambda s, _: dialogue_replies.take(
        s, Reply("9.0", "Under it", "UTC", "1.0"), SOON
    ),
    "dialogue_replies.edited": lambda s, _: dialogue_replies.edited(
        s, Reply("2.0", "Edited", "UTC"), SOON
    ),
    "dialogue_replies.deleted": lambda s, _: dialogue_replies.deleted(
        s, Reply("2.0", "", "UTC"), SOON
    ),
    "dialogues.begin": lambda s, i: dialogues.begin(s, i.interview, SOON),
    "dialogues.open_one": lambda s, _: dialogues.open_one(s),
    "dialogues.current": lambda s, _: dialogues.current(s),
    "dialogues.skip": lambda s, i: dialogues.skip(s, i.interview, DebriefQuestion.DISLIKES, SOON),
    "dialogues.back": lambda s, i: dialogues.back(s, i.interview, DebriefQuestion.DISLIKES, SOON),
    "dialogues.set_aside": lambda s, i: dialogues.set_aside(s, i.interview, SOON),
    "late_replies.is_still_meant": lambda s, i: late_replies.is_still_meant(s, i.interview, SOON),
    "dialogues.choose": lambda s, i: dialogues.choose(
        s, i.interview, DebriefQuestion.PICTURE, Picture.NO, SOON
    ),
    "dialogues.finish": lambda s, i: dialogues.finish(s, i.interview, SOON),
    "dialogues.posted": lambda s, i: dialogues.posted(
        s, i.interview, DebriefQuestion.DISLIKES, "D1", "9.5"
    ),
    "dialogues.stands": lambda s, i: dialogues.stands(s, i.interview),
    "dialogues.unfinished": lambda s, i: dialogues.unfinished(
        s, SOON, limit=100, contact_id=i.contact
    ),
    "dialogues.advance": lambda s, _: _advance(s),
    "dreams.name": lambda s, i: dreams.name(s, i.contact, SOON),
    "dreams.take_back": lambda s, i: dreams.take_back(s, i.contact),
    "glance.talks": lambda s, _: glance.talks(s, SOON),
    "glance.people": lambda s, i: _of_talk(s, i, _people_of),
    "glance.numbers": lambda s, _: glance.numbers(s, SOON, limit=100),
    "interviews.schedule": lambda s, i: interviews.schedule(
        s, i.contact, InterviewFields(later(days=1)), SOON, form_id="V2"
    ),
    "guests.be_there": lambda s, i: _of_talk(s, i, guests.be_there, [i.contact, i.promise]),
    "guests.are_there": lambda s, i: guests.are_there(s, i.interview),
    "guests.talks_of": lambda s, i: guests.talks_of(s, i.contact),
    "interviews.get": lambda s, i: interviews.get(s, i.interview),
    "interviews.change": lambda s, i: interviews.change(
        s, i.interview, InterviewFields(later(days=3), guest_ids=[i.contact]), SOON
    ),
    "interviews.call_off": lambda s, i: interviews.call_off(s, i.interview, SOON),
    "interviews.no_show": lambda s, i: interviews.no_show(s, i.interview, SOON),
    "interviews.took_place": lambda s, i: interviews.took_place(s, i.interview, SOON),
    "interviews.settle_as_held": lambda s, i: interviews.settle_as_held(s, i.interview, SOON),
    "in_touch.reached": lambda s, i: in_touch.reached(s, [i.contact], SOON),
    "interviews.still_on": lambda s, i: interviews.still_on(s, i.interview, SOON),
    "interviews.calendar_file_sent": lambda s, i: interviews.calendar_file_sent(s, i.interview, 1),
    "agenda.coming": lambda s, _: agenda.coming(s, SOON, limit=100),
    "agenda.debrief_missing": lambda s, _: agenda.debrief_missing(s, SOON, limit=100),
    "letters.known": lambda s, i: letters.known(s, i.contact, SOON),
    "letters.went_out_since": lambda s, i: letters.went_out_since(
        s, i.contact, TouchKind.ASKED, 0, "V3"
    ),
    "limits.in_force": lambda s, _: limits.in_force(s),
    "limits.in_force_for": lambda s, _: _limits_of_current(s),
    "limits.numbers_of": lambda s, _: _numbers_of_current(s),
    "limits.change": lambda s, _: _refused(limits.change(s, {"follow_ups": (0, 2)})),
    "limits.note_planned": lambda s, _: limits.note_planned(s),
    "limits.left_behind": lambda s, _: limits.left_behind(s, 100),
    "manners.heard_from": lambda s, _: manners.heard_from(s, SOON),
    "manners.asked_to_go_on": lambda s, _: manners.asked_to_go_on(s, SOON),
    "manners.plan_to_ask": lambda s, _: manners.plan_to_ask(s, SOON),
    "members.current": lambda s, _: members.current(s),
    "members.follow_slack": lambda s, _: members.follow_slack(s, "Asia/Kathmandu"),
    "members.set_zone": lambda s, _: members.set_zone(s, "Asia/Kathmandu"),
    "members.set_dm_channel": lambda s, _: members.set_dm_channel(s, "D9"),
    "members.mark_welcomed": lambda s, _: members.mark_welcomed(s, SOON),
    "members.is_outdated": lambda s, _: members.is_outdated(s, SOON),
    "members.set_active": lambda s, _: members.set_active(s, True),
    "merging.foresee": lambda s, i: merging.foresee(s, i.contact, i.promise),
    "merging.merge": lambda s, i: merging.merge(s, i.contact, i.promise, SOON),
    "merging.undo": lambda s, i: merging.undo(s, i.merge, SOON),
    "names.known": lambda s, _: names.known(s, [NamedPerson("Same Name")]),
    "names.like": lambda s, _: names.like(s, [NamedPerson("Same Name")]),
    "names.add_all": lambda s, _: names.add_all(
        s, [NamedPerson("Same Name"), NamedPerson("Listed")], "Path of Listed", SOON
    ),
    "names.add_met": lambda s, _: names.add_met(s, NamedPerson("Same Name"), SOON, "Ev1"),
    "names.wanted": lambda s, _: names.wanted(s),
    "names.want": lambda s, _: names.want(s, 40),
    "nudges.added": lambda s, _: nudges.added(s, SOON, is_first=True),
    "nudges.planned": lambda s, i: nudges.planned(s, SOON, [i.contact]),
    "nudges.planned_for": lambda s, i: _with_current(s, nudges.planned_for, i),
    "nudges.reconcile_for": lambda s, i: _with_current(s, nudges.reconcile_for, i),
    "nudges.reconcile": lambda s, i: nudges.reconcile(s, SOON, i.contact),
    "nudges.reconcile_all": lambda s, _: nudges.reconcile_all(s, SOON),
    "nudges.hours_changed": lambda s, _: nudges.hours_changed(s, SOON),
    "nudges.hold_back": lambda s, _: nudges.hold_back(s, SOON),
    "nudges.in_message": lambda s, _: nudges.in_message(s, SentMessage("D1", "1.5")),
    "nudges.several": lambda s, i: nudges.several(s, [i.nudge, i.contact]),
    "nudges.as_stored": lambda s, i: nudges.as_stored(s, [_claim_of(s, i)]),
    "nudges.get": lambda s, i: nudges.get(s, i.nudge),
    "nudges.answer": lambda s, i: nudges.answer(s, i.nudge, Answer.LATER, SOON, SOON + 3 * LEASE),
    "nudges.unanswer": lambda s, i: nudges.unanswer(s, i.nudge),
    "nudges.open_for": lambda s, _: nudges.open_for(s, SOON, limit=100),
    "nudges.coming": lambda s, _: nudges.coming(s, SOON, limit=100),
    "nudges.for_home": lambda s, _: nudges.for_home(s, SOON, SOON - 100 * LEASE, limit=100),
    "nudges.put_off_count": lambda s, _: nudges.put_off_count(s, SOON),
    "nudges.next_about": lambda s, i: nudges.next_about(s, i.contact, SOON),
    "nudges.claim": lambda s, _: nudges.claim(s, LATE, owner="it", lease=LEASE, limit=100),
    "nudges.claim_expired": lambda s, _: nudges.claim_expired(
        s, LATE, owner="it", lease=LEASE, limit=100
    ),
    "nudges.join_digest": lambda s, i: nudges.join_digest(s, [i.nudge]),
    "nudges.leave_in_doubt": lambda s, i: nudges.leave_in_doubt(
        s, [i.nudge], owner="it", until=SOON
    ),
    "nudges.release": lambda s, i: nudges.release(s, [i.nudge], owner="it"),
    "nudges.record_sent": lambda s, i: nudges.record_sent(
        s, {i.nudge: SentMessage("D1", "1.5")}, owner="it"
    ),
    "nudges.release_as_planned": lambda s, i: nudges.release_as_planned(s, [i.nudge], owner="it"),
    "nudges.renew": lambda s, i: nudges.renew(s, [i.nudge], "it", LATE),
    "nudges.record_dropped": lambda s, i: nudges.record_dropped(s, i.nudge, owner="it", now=SOON),
    "nudges.record_failed": lambda s, i: nudges.record_failed(
        s, i.nudge, owner="it", failure="x", now=SOON
    ),
    "nudges.ahead": lambda s, _: nudges.ahead(s),
    "nudges.next_due": lambda s, _: nudges.next_due(s),
    "promises.open_of": lambda s, i: promises.open_of(s, i.contact),
    "promises.open_of_several": lambda s, i: promises.open_of_several(s, [i.contact]),
    "promises.of_interview": lambda s, i: promises.of_interview(s, i.interview),
    "promises.of_contact": lambda s, i: promises.of_contact(s, i.contact),
    "promises.get": lambda s, i: promises.get(s, i.promise),
    "promises.correct": lambda s, i: promises.correct(
        s, i.promise, "Another word", date(2026, 3, 21), kept=False, now=SOON
    ),
    "promises.unkeep": lambda s, i: promises.unkeep(s, i.promise, SOON),
    "promises.remove": lambda s, i: promises.remove(s, i.promise, SOON),
    "promises.bring_back": lambda s, i: promises.bring_back(s, i.promise, SOON),
    "promises.take_introduction_back": lambda s, i: promises.take_introduction_back(
        s, i.contact, SOON
    ),
    "promises.keep": lambda s, i: promises.keep(s, i.promise, SOON),
    "promises.keep_introduction": lambda s, i: promises.keep_introduction(s, i.contact, SOON),
    "questions.of_interviews": lambda s, i: questions.of_interviews(s, [i.interview]),
    "questions.pick": lambda s, i: questions.pick(
        s, i.interview, [Pick("bad_week"), Pick(own_words="Own")], SOON
    ),
    "questions.move_up": lambda s, i: questions.move_up(s, i.interview, i.picked),
    "questions.heard": lambda s, i: questions.heard(s, besides=i.interview),
    "questions.own_before": lambda s, i: questions.own_before(
        s, besides=i.interview, path_id=i.contact
    ),
    "questions.own_words": lambda s, i: questions.own_words(s, [i.picked]),
    "questions.settle": lambda s, i: questions.settle(s, i.interview, [i.picked]),
    "remarks.about": lambda s, i: remarks.about(s, [i.contact], [i.contact]),
    "research.of_contact": lambda s, i: research.of_contact(s, i.contact),
    "research.of_contacts": lambda s, i: research.of_contacts(s, [i.contact]),
    "research.save": lambda s, i: research.save(
        s, i.contact, {ResearchItem.WORK: "Looked up"}, SOON
    ),
    "removal.get_talk": lambda s, i: removal.get_talk(s, i.interview),
    "removal.talk_for_calendar": lambda s, i: removal.talk_for_calendar(s, i.interview),
    "removal.remove_talk": lambda s, i: removal.remove_talk(s, i.interview, SOON),
    "removal.bring_talk_back": lambda s, i: removal.bring_talk_back(s, i.interview, SOON),
    "standing.follows_from_logged": lambda s, i: _follows(s, i.contact),
    "standing.renew": lambda s, i: _renew(s, i.contact),
    "standing.renew_logged": lambda s, i: _renew_logged(s, i.contact),
    "standing.renew_all": lambda s, i: _renew(s, i.contact, i.promise),
    "talk_touches.remember": lambda s, i: _of_talk(s, i, talk_touches.remember, SOON),
    "talk_touches.complete": lambda s, i: _of_talk(s, i, talk_touches.complete, SOON),
    "talk_touches.forget": lambda s, i: _of_talk(s, i, talk_touches.forget),
    "talk_touches.thank": lambda s, i: _of_talk(s, i, talk_touches.thank, SOON),
    "talk_touches.take_thanks_back": lambda s, i: _of_talk(s, i, talk_touches.take_thanks_back),
    "talk_touches.thanked": lambda s, i: _of_talk(s, i, _thanked),
    "talk_touches.were_thanked": lambda s, i: _of_talk(s, i, talk_touches.were_thanked),
    "touches.log": lambda s, i: touches.log(
        s, i.contact, TouchKind.ASKED, SOON, interview_id=i.interview, now=SOON
    ),
    "touches.get": lambda s, i: touches.get(s, i.touch),
    "touches.correct": lambda s, i: touches.correct(
        s, i.touch, TouchKind.REPLIED, SOON, note="Said otherwise", now=SOON
    ),
    "touches.remove": lambda s, i: touches.remove(s, i.touch, SOON),
    "touches.bring_back": lambda s, i: touches.bring_back(s, i.touch, SOON),
    "touches.of_contact": lambda s, i: touches.of_contact(s, i.contact),
    "touches.latest_of": lambda s, i: touches.latest_of(s, [i.contact], each=3),
    "undo.undo": lambda s, i: undo.undo(s, i.nudge, SOON),
    "trouble.failed": lambda s, _: trouble.failed(s),
    "trouble.overdue": lambda s, _: trouble.overdue(s, LATE),
    "trouble.retry_failed": lambda s, _: trouble.retry_failed(s, SOON),
    "trouble.worth_another_try": lambda s, _: trouble.worth_another_try(s, SOON),
    "wishes.current": lambda s, _: wishes.current(s),
    "wishes.change": lambda s, _: _wish(s),
    "wishes.pause": lambda s, _: wishes.pause(s, SOON, SOON),
}


def _claim_of(session: AsyncSession, ids: Ids) -> Claimed:
    return Claimed(
        id=ids.nudge,
        member_id=session.info["member_id"],
        workspace_id=1,
        kind=NudgeKind.BRIEF,
        key="brief:1",
        round_=0,
        contact_id=ids.contact,
        alone=False,
        created_at=SOON,
        due_at=SOON,
        makes_sense_until=LATE,
        attempts=1,
        channel_id=None,
        uncertain=False,
    )


async def _with_current(session: AsyncSession, verb: Callable[..., Any], ids: Ids) -> Any:
    return await verb(session, [await members.current(session)], SOON, [ids.contact])


async def _numbers_of_current(session: AsyncSession) -> Any:
    return await limits.numbers_of(session, await members.current(session))


async def _limits_of_current(session: AsyncSession) -> Any:
    return await limits.in_force_for(session, await members.current(session))


async def _advance(session: AsyncSession) -> None:
    open_one = await dialogues.open_one(session)
    if open_one is not None:
        await dialogues.advance(session, open_one, SOON)


async def _renew(session: AsyncSession, contact_id: int, *others: int) -> None:
    contact = await contacts.get(session, contact_id)
    if not others:
        await standing.renew(session, contact, SOON)
        return
    both = [contact, *[await contacts.get(session, other) for other in others]]
    await standing.renew_all(session, both, SOON)


async def _renew_logged(session: AsyncSession, contact_id: int) -> None:
    contact = await contacts.get(session, contact_id)
    await standing.renew_logged(session, contact, TouchKind.ASKED, SOON)


async def _follows(session: AsyncSession, contact_id: int) -> object:
    return await standing.follows_from_logged(session, await contacts.get(session, contact_id))


async def _of_talk(
    session: AsyncSession, ids: Ids, verb: Callable[..., Awaitable[object]], *given: object
) -> Interview:
    talk = await interviews.get(session, ids.interview)
    await verb(session, talk, *given)
    return talk


async def _thanked(session: AsyncSession, talk: Interview) -> None:
    await talk_touches.thanked(session, [talk])


async def _people_of(session: AsyncSession, talk: Interview) -> None:
    await glance.people(session, [talk])


async def _refused(attempt: Awaitable[None]) -> None:
    """Limits are everybody's: a member's session changes none."""
    with suppress(OutOfScope):
        await attempt
        raise AssertionError("a member changed the limits of all")


async def _wish(session: AsyncSession) -> None:
    wanted = replace(await wishes.current(session), digest_hour=7, zone="Asia/Kathmandu")
    await wishes.change(session, wanted, SOON)
