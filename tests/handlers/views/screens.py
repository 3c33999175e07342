"""Every screen of the bot, drawn from whatever members may have typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

from domain.debrief import LONGEST, MOST_NAMES, MOST_SKILLS, Value
from domain.debrief import Promised as Promise
from domain.debrief_replies import Problem, ProblemKind
from domain.draft_check import Finding, Purpose, check
from domain.drafts import Situation
from domain.drafts.mail import mail_link
from domain.gaps import Gap
from domain.limits import USUAL
from domain.merging import FIELDS
from domain.mix import Lopsided
from domain.name_lines import NamedPerson, NamesRead
from domain.numbers import WIDEST, Numbers
from domain.places import countries_like, zones_like
from domain.questions import MOST_PICKED, questions_for
from domain.steps import Step
from domain.vocabulary import (
    Answer,
    AssumptionStatus,
    DebriefQuestion,
    Digest,
    HowFound,
    InterviewStatus,
    Medium,
    NudgeKind,
    Opportunity,
    Phase,
    Picture,
    PromiseBy,
    ResearchItem,
    Stage,
    TouchKind,
    Vantage,
)
from handlers.views import (
    calendar_answers,
    check_form,
    dialogue,
    draft_form,
    dream,
    entries,
    entry_forms,
    errors,
    findings,
    followups,
    guide,
    half_hour,
    home,
    home_paths,
    interview_answers,
    later_form,
    limits_form,
    merge_form,
    nudge_answers,
    numbers_form,
    outcome_form,
    prepare_form,
    research_form,
    screen,
    settings_answers,
    settings_form,
    touch_form,
    welcome,
)
from handlers.views import contact_about as about
from handlers.views import contact_cards as cards
from handlers.views import contact_form as contact
from handlers.views import debrief_form as debrief
from handlers.views import dialogue_answers as answered
from handlers.views import help as help_screens
from handlers.views import interview_form as interview
from handlers.views import names_form as names
from handlers.views import nudge_messages as nudges
from handlers.views.brief import AlsoThere, Brief, Passed, Promised
from handlers.views.commands import Example
from handlers.views.elements import button, row
from handlers.views.metadata import Carried
from handlers.views.nudge_words import NudgeShown
from handlers.views.screen import Message
from handlers.views.stage_question import StageTyped
from handlers.views.words import Bold, fallback, rich

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CARRIED = Carried(
    contact_id=2**53,
    interview_id=2**53,
    nudge_id=2**53,
    response_url="https://hooks.slack.com/commands/T012ABCDEF/1234567890123/" + "a" * 60,
)
Drawn = View | Message | Sequence[Block] | Option


@dataclass(frozen=True)
class Typed:
    """What members typed everywhere; `many` is how many of everything there are."""

    text: str
    many: int = 1
    to_the_brim: bool = False

    def up_to(self, most: int) -> str:
        """The text as a box of that length lets it through."""
        return (self.text * most if self.to_the_brim else self.text)[:most].strip()

    @property
    def name(self) -> str:
        """A name is never empty."""
        return self.up_to(200) or "A"

    def several(self, most: int) -> range:
        """As many as there are, up to what the screen before lets through."""
        return range(min(self.many, most))


class Overlong(Typed):
    """More than any box takes, as an earlier version or another box may have let through."""

    def up_to(self, most: int) -> str:
        """One character too many."""
        return self.text * (most + 1)


def shown(typed: Typed, number: int = 1) -> cards.ContactShown:
    return cards.ContactShown(
        contact_id=number,
        name=typed.name,
        company=typed.up_to(200),
        title=typed.up_to(200),
        stage=list(Stage)[number % len(Stage)],
        by_hand=number % 3 == 0,
        not_now_until=NOW.date(),
        note=typed.up_to(3000),
        tags=[typed.up_to(30) or "a" for _ in typed.several(10)],
        is_dream=number % 2 == 0,
        is_archived=number % 5 == 4,
    )


def stories(typed: Typed) -> list[Drawn]:
    promise = Promised(PromiseBy.ME, typed.up_to(3000) or "A", NOW.date())
    passed = [Passed(kind, NOW, typed.up_to(3000), typed.up_to(800)) for kind in TouchKind]
    full = about.AboutShown(
        contact=shown(typed),
        path=typed.up_to(100),
        vantage=Vantage.BOSS,
        how_found=HowFound.INTRODUCED,
        introduced_by=typed.up_to(200),
        email=typed.up_to(254),
        profile_url=typed.up_to(3000),
        led_to=[typed.name for _ in typed.several(10)],
        next_step=NudgeShown(1, NudgeKind.FOLLOW_UP, name=typed.name, company=typed.up_to(200)),
        next_at=NOW,
        half_way=home.HalfWay(2**53, typed.name, 12),
        talk_ahead=about.TalkAhead(NOW, typed.up_to(800)),
        promises=[promise for _ in typed.several(30)],
        beliefs=[
            about.Believed(typed.up_to(3000) or "A", status, typed.up_to(3000))
            for status in AssumptionStatus
            for _ in typed.several(5)
        ],
        learned=[
            about.Learned(NOW, typed.up_to(3000), picture, raised)
            for picture in (None, *Picture)
            for raised in (None, *Opportunity)
        ],
        touches=[*passed, *passed][: about.MOST_TOUCHES],
        has_more=True,
        entries=[entry for page in range(13) for entry in every_entry(typed, page)],
    )
    return [
        about.contact_about(full),
        *(
            about.contact_about(about.AboutShown(cards.ContactShown(1, typed.name, stage=stage)))
            for stage in Stage
        ),
    ]


def older_ones(typed: Typed) -> list[Drawn]:
    passed = [Passed(kind, NOW, typed.up_to(3000)) for kind in TouchKind]
    return [about.older(typed.name, 2**53, passed, following) for following in (2**31, None)]


def every_entry(typed: Typed, page: int = 0) -> list[entries.Entry]:
    what = typed.up_to(3000) or "A"
    kinds = entries.EntryKind
    dated = [entries.Entry(kind, 2**53 - page, what, NOW.date(), held=True) for kind in kinds]
    return [*dated, entries.Entry(entries.EntryKind.TOUCH, 1 + page, what, can_correct=False)]


def entry_lines(typed: Typed) -> list[Drawn]:
    who = shown(typed)
    return [
        draw(entry, who)
        for draw in (entries.entry_shown, entries.entry_corrected, entries.entry_is_back)
        for entry in every_entry(typed)
    ]


def entries_deleted(typed: Typed) -> list[Drawn]:
    first, *others = every_entry(typed)
    deleted = [entries.entry_deleted(entry, shown(typed)) for entry in others]
    return [*deleted, entries.entry_deleted(first, shown(typed), in_calendar=True)]


def promise_forms(typed: Typed) -> list[Drawn]:
    full = entry_forms.PromiseTyped(typed.up_to(3000), NOW.date(), True)
    return [
        entry_forms.promise_form(typed.name, full, CARRIED, mine=True),
        entry_forms.promise_form(typed.name, replace(full, due_on=None), Carried(), mine=False),
    ]


def belief_forms(typed: Typed) -> list[Drawn]:
    beliefs = [
        entry_forms.BeliefTyped(typed.up_to(3000), status, typed.up_to(3000))
        for status in AssumptionStatus
    ]
    return [entry_forms.belief_form(typed.name, belief, CARRIED) for belief in beliefs]


def correct_touches(typed: Typed) -> list[Drawn]:
    until = NOW.date()
    full = touch_form.TouchTyped(TouchKind.NOT_NOW, NOW, typed.up_to(3000), until)
    empty = touch_form.TouchTyped(TouchKind.NOTE, NOW)
    return [
        touch_form.correct_touch_form(typed.name, touch, replace(CARRIED, entry=f"touch:{2**53}"))
        for touch in (full, empty)
    ]


def option(typed: Typed, number: int = 0) -> Option:
    return contact.contact_option(2**53 - number, typed.name, typed.up_to(200))


def contact_forms(typed: Typed) -> list[Drawn]:
    full = contact.ContactTyped(
        name=typed.up_to(200),
        company=typed.up_to(200),
        title=typed.up_to(200),
        path=typed.up_to(100),
        vantage=Vantage.BOSS,
        how_found=HowFound.INTRODUCED,
        introduced_by_id=2**53,
        email=typed.up_to(254),
        profile_url=typed.up_to(3000),
        note=typed.up_to(3000),
    )
    # 100 paths of the greatest length, each of its own.
    paths = [f"{number} {typed.up_to(96)}" for number in range(typed.many * 5)]
    return [
        contact.contact_form(contact.ContactTyped(), Carried()),
        contact.contact_form(full, CARRIED, paths=[*paths[:99], full.path or "x"]),
        contact.contact_form(full, CARRIED, paths=paths, introducer=option(typed)),
        *(
            contact.contact_form(full, CARRIED, stage=StageTyped(stage, by_hand))
            for stage, by_hand in ((Stage.ASKED, None), (Stage.IN_TOUCH, Stage.CLOSED))
        ),
        contact.contact_form(
            full,
            CARRIED,
            alike=[contact.Alike(number, typed.name, "On your list since") for number in (1, 2, 3)],
        ),
    ]


def people(typed: Typed) -> list[NamedPerson]:
    """As many as fit into the box: one with much to say, and others."""
    full = NamedPerson(
        name=typed.name,
        title=typed.up_to(200),
        company=typed.up_to(200),
        how=typed.up_to(500),
        how_found=HowFound.EVENT,
        email=typed.up_to(250),
        profile_url=typed.up_to(500),
    )
    return [full, *(NamedPerson(f"{number} {typed.up_to(15)}") for number in range(70))]


def names_forms(typed: Typed) -> list[Drawn]:
    paths = [f"{number} {typed.up_to(96)}" for number in range(typed.many)]
    box = names.NamesTyped(typed.up_to(3000), typed.up_to(100))
    # A line that could not be read has something in it.
    read = NamesRead(tuple(people(typed)), tuple(filter(None, [typed.up_to(3000)] * typed.many)))
    like = dict.fromkeys(read.people, typed.up_to(200))
    return [
        names.names_form(names.NamesTyped("", ""), Carried(), paths=()),
        names.names_form(box, CARRIED, paths=paths, saved=typed.many),
        names.preview_form(box, read, set(people(typed)[:1]), CARRIED, paths=paths),
        names.preview_form(box, read, set(), CARRIED, paths=paths, like=like),
    ]


def interview_forms(typed: Typed) -> list[Drawn]:
    full = interview.InterviewTyped(
        new_names="\n".join(typed.up_to(200) for _ in typed.several(9)),
        starts_at=NOW,
        minutes=45,
        medium=Medium.OFFICE,
        place=typed.up_to(500),
        goal=typed.up_to(300),
    )
    chosen = [option(typed, number) for number in typed.several(interview.MOST_PEOPLE)]
    return [
        interview.interview_form(interview.InterviewTyped(), Carried()),
        interview.interview_form(full, Carried(response_url=CARRIED.response_url)),
        interview.interview_form(full, Carried(), people=chosen),
        interview.interview_form(full, CARRIED, in_the_first_place=typed.name),
    ]


def first_pages(typed: Typed) -> list[Drawn]:
    full = debrief.FirstPageTyped(
        takeaway=typed.up_to(3000),
        picture=Picture.YES,
        likes=typed.up_to(1000),
        dislikes=typed.up_to(1000),
    )
    return [
        debrief.first_page(typed.name, page, CARRIED) for page in (debrief.FirstPageTyped(), full)
    ]


def second_pages(typed: Typed) -> list[Drawn]:
    full = debrief.SecondPageTyped(
        referrals=tuple(f"{n} {typed.up_to(146)}" for n in typed.several(MOST_NAMES)),
        promise=typed.up_to(500),
        promise_due=date(2026, 12, 1),
        their_promise=typed.up_to(500),
        skills=tuple(f"{n} {typed.up_to(57)}" for n in typed.several(MOST_SKILLS)),
        opportunity=Opportunity.THEY_RAISED,
        thanked=True,
    )
    words = typed.up_to(1000)
    field = replace(full, field=debrief.FieldTyped(words, words, words))
    return [
        debrief.second_page(typed.name, debrief.SecondPageTyped(), CARRIED),
        debrief.second_page(typed.name, full, CARRIED, several=True),
        debrief.second_page(typed.name, field, CARRIED),
    ]


def answers(typed: Typed) -> dict[DebriefQuestion, Value]:
    """Every question answered at length."""
    given: dict[DebriefQuestion, Value] = {
        question: typed.up_to(most) or "A" for question, most in LONGEST.items()
    }
    items = tuple(f"{n} {typed.up_to(57)}" for n in typed.several(MOST_SKILLS))
    return given | {
        DebriefQuestion.PICTURE: Picture.YES,
        DebriefQuestion.OPPORTUNITY: Opportunity.I_RAISED,
        DebriefQuestion.PROMISE: Promise(typed.up_to(500) or "A", NOW.date()),
        DebriefQuestion.THEIR_PROMISE: Promise(typed.up_to(500) or "A"),
        DebriefQuestion.SKILLS: items,
        DebriefQuestion.REFERRALS: items,
    }


def dialogues(typed: Typed) -> list[Drawn]:
    every, problems = answers(typed), every_problem()
    above = [*answered.noted_lines(every, {}, problems), *answered.followed_lines(every, {}, [])]
    fresh = dialogue.DialogueShown(2**53, 2**53, typed.name, DebriefQuestion.TAKEAWAY)
    return [
        dialogue.dialogue_message(fresh, begins=True),
        dialogue.dialogue_message(replace(fresh, question=None, has_outcome=True)),
        *(
            dialogue.dialogue_message(
                replace(fresh, question=question, is_open=is_open, answers=every), above
            )
            for question in (*DebriefQuestion, None)
            for is_open in (True, False)
        ),
    ]


def every_problem() -> list[Problem]:
    return [
        Problem(question, kind, 10_000, 1000)
        for question in (DebriefQuestion.PICTURE, DebriefQuestion.OPPORTUNITY)
        for kind in ProblemKind
    ]


def said_back(typed: Typed) -> list[Drawn]:
    rest = {
        DebriefQuestion.PICTURE: typed.up_to(3000) or "A",
        DebriefQuestion.REFERRALS: typed.up_to(3000) or "A",
    }
    noted = {question: None for question in DebriefQuestion} | answers(typed)
    lines = [
        *answered.noted_lines(noted, rest, every_problem()),
        *answered.followed_lines({DebriefQuestion.LIKES: None}, {}, every_problem()),
    ]
    return [answered.followed([answered.added(), *lines])]


def contact_lists(typed: Typed) -> list[Drawn]:
    page = [shown(typed, number) for number in typed.several(cards.PAGE)]
    return [
        cards.contact_list([], total=0),
        cards.contact_list(page, total=len(page)),
        cards.contact_list(
            page,
            total=100_000,
            offset=50_000,
            words=f"at {typed.up_to(500)}",
            stages=dict.fromkeys(Stage, 100_000),
            paths=[f"{number} {typed.up_to(70)}" for number in range(120)],
        ),
        cards.contact_list([], total=0, words=typed.up_to(3000), stages={Stage.ASKED: 1}),
    ]


def searches(typed: Typed) -> list[Drawn]:
    found = [shown(typed, number) for number in typed.several(cards.PAGE)]
    return [cards.contacts_found(typed.up_to(3000), []), cards.contacts_found("x", found)]


def brief(typed: Typed) -> Brief:
    """As much as a brief can hold."""
    return Brief(
        title=typed.up_to(200),
        vantage=Vantage.BOSS,
        touches=[Passed(kind, NOW, typed.up_to(3000)) for kind in TouchKind],
        research=dict.fromkeys(ResearchItem, typed.up_to(500)),
        beliefs=[typed.up_to(300) or "A" for _ in typed.several(3)],
        questions=[typed.up_to(250) or "A" for _ in typed.several(MOST_PICKED)],
        promises=[Promised(by, typed.up_to(500), NOW.date()) for by in PromiseBy],
        also_there=[
            AlsoThere(typed.name, typed.up_to(400), Vantage.PEER, [typed.up_to(500)] * 4)
            for _ in typed.several(9)
        ],
    )


def every_nudge(typed: Typed) -> list[NudgeShown]:
    """Every kind, open and after every answer and every ending."""
    endings: list[tuple[bool, Answer | None]] = [(True, None), (False, None)]
    endings += [(False, answer) for answer in Answer]
    return [
        NudgeShown(
            nudge_id=2**53,
            kind=kind,
            name=typed.name,
            company=typed.up_to(200),
            talk_starts_at=NOW,
            talk_status=status,
            place=typed.up_to(500),
            goal=typed.up_to(300),
            introduced=typed.name,
            promise=typed.up_to(500) or "A",
            since=NOW,
            day=NOW.date(),
            brief=brief(typed) if kind == NudgeKind.BRIEF else None,
            is_open=is_open,
            can_undo=answer in (Answer.DONE, Answer.SKIP),
            talk_deleted=answer is None and status == InterviewStatus.NO_SHOW,
            answer=answer,
            later_until=NOW + timedelta(days=1) if answer == Answer.LATER else None,
        )
        for kind, status, (is_open, answer) in product(NudgeKind, InterviewStatus, endings)
    ]


def nudge_messages(typed: Typed) -> list[Drawn]:
    each = every_nudge(typed)
    still_open = [nudge for nudge in each if nudge.is_open]
    settled = [nudge for nudge in each if not nudge.is_open]
    return [
        *(nudges.nudge_message([nudge]) for nudge in each),
        nudges.nudge_message(still_open),
        nudges.nudge_message(settled),
        nudges.nudge_message([*settled, *still_open] * typed.many),
        nudges.nudge_message(still_open * typed.many),
        nudges.nudge_message(still_open[:10], more=typed.many),
    ]


def gaps(typed: Typed) -> list[Gap]:
    return [Gap(typed.name, number) for number in (4, 3, 1)]


def mix(typed: Typed) -> Lopsided:
    return Lopsided(typed.up_to(100), Vantage.BOSS, Vantage.RECRUITER, 6, 7, unplaced=2)


def a_dream(typed: Typed, stage: Stage, *, practised: bool = False) -> dream.DreamShown:
    return dream.DreamShown(2**53, typed.name, typed.up_to(200), stage, practised)


def dream_lines(typed: Typed) -> list[Drawn]:
    practised = a_dream(typed, Stage.IDENTIFIED, practised=True)
    each = [*(a_dream(typed, stage) for stage in list(Stage)[:4]), practised]
    return [dream.dream_line(one) for one in each]


def homes(typed: Typed) -> list[Drawn]:
    talks = [
        home.TalkShown(
            interview_id=number,
            name=typed.name,
            company=typed.up_to(200),
            starts_at=NOW,
            medium=Medium.OFFICE,
            place=typed.up_to(500),
            questions=number,
        )
        for number in typed.several(20)
    ]
    full = home.Desk(
        user_id="U012ABCDEF",
        hour=12,
        due=[nudge for nudge in every_nudge(typed) if nudge.is_open],
        more_due=typed.many,
        just_done=next(nudge for nudge in every_nudge(typed) if nudge.can_undo),
        failed=typed.many,
        to_debrief=talks[:3],
        half_way=[home.HalfWay(number, typed.name, 12) for number in typed.several(3)],
        talks=talks,
        stages=dict.fromkeys(Stage, typed.many * 100_000),
        paths=[(typed.up_to(100) or "A", talks) for talks in (0, 3, 5, 15, 100)],
        mix=mix(typed),
        gaps=gaps(typed),
        gaps_of=9,
        dream=a_dream(typed, Stage.IDENTIFIED),
        paused_until=NOW,
    )
    only_names = home.Desk(user_id="U012ABCDEF", hour=20, stages={Stage.IDENTIFIED: 1})
    return [
        *(home.home(home.Desk(user_id="U012ABCDEF", hour=hour)) for hour in range(24)),
        home.home(only_names),
        home.home(full),
    ]


def followup_lists(typed: Typed) -> list[Drawn]:
    each = every_nudge(typed)
    due = [nudge for nudge in each if nudge.is_open]
    done = [nudge for nudge in each if nudge.answer is not None]
    ahead = [(NOW, nudge) for nudge in due]
    return [
        followups.followups(followups.FollowUps()),
        followups.followups(followups.FollowUps(goes_on=True, has_digest=False)),
        *(followups.followups(followups.FollowUps(just_done=one)) for one in done),
        *(followups.followups(followups.FollowUps(due=[one], ahead=[(NOW, one)])) for one in due),
        followups.followups(
            followups.FollowUps(due=due, ahead=ahead, paused_until=NOW, just_done=done[0])
        ),
    ]


def refused_pauses(typed: Typed) -> list[Drawn]:
    whys = (followups.UNCLEAR, followups.PASSED, followups.TOO_FAR)
    return [followups.pause_refused(typed.up_to(3000), "/followups", why) for why in whys]


# As narrow as limits get.
NARROW = {name: (most, most) for name, (_, most) in WIDEST.items()}


def settings_forms(typed: Typed) -> list[Drawn]:
    return [
        settings_form.settings_form(
            settings_form.HoursTyped(
                digest, 9, days, 5, 20, 8, "America/Argentina/Rio_Gallegos", c
            ),
            CARRIED,
            facilitates=digest == Digest.DAILY,
        )
        for digest, days, c in product(Digest, ("", "1", "1234567"), (None, "GS", "XK", "??"))
    ]


# What every rule finds, and more.
FAULTY = "To whom it may concern, sorry to bother you. I need a job asap. My CV is attached. [Name]"


def found(typed: Typed) -> list[Finding]:
    """Findings that quote what was typed, in the first line and in the whole message."""
    quoting = [
        Finding("blank_left", "A blank is left to fill", 1, typed.up_to(3000), "Why.", "So."),
        Finding("no_thanks", "No thanks in it", 0, "", "Why.", "So."),
    ]
    return [*quoting, *check(FAULTY)]


def check_forms(typed: Typed) -> list[Drawn]:
    checked = check_form.Checked(typed.up_to(3000), Purpose.NEWS, 10_000, found(typed))
    return [
        check_form.check_form(check_form.Checked()),
        check_form.check_form(checked),
        check_form.check_form(check_form.Checked("Hi", Purpose.ASK, 1, [])),
    ]


def draft_forms(typed: Typed) -> list[Drawn]:
    text = typed.up_to(3000)
    full = draft_form.DraftShown(
        name=typed.name,
        company=typed.up_to(200),
        situation=Situation.ASK_AGAIN,
        choices=list(Situation),
        subject=typed.up_to(700),
        text=text,
        words=10_000,
        findings=found(typed),
        mail_link=mail_link("grace@acme.example", typed.up_to(700), text),
        before=text,
        turn=2**53,
    )
    empty = draft_form.DraftShown(typed.name, "", Situation.TIMES, [], "x", "", 0)
    carried = replace(CARRIED, draft=Situation.ASK_INTRODUCED, touch_id=2**53)
    return [draft_form.draft_form(full, carried), draft_form.draft_form(empty, Carried())]


def corrections(typed: Typed) -> list[Drawn]:
    words = typed.up_to(3000)
    return [
        help_screens.did_you_mean(words, "contact", "list", example(typed), or_add=True),
        help_screens.did_you_mean(words, "contact", "find", example(typed), rest=words),
        help_screens.did_you_mean(words, "rapport", "help", prefix="team-"),
    ]


def example(typed: Typed) -> Example:
    return Example(typed.name, typed.up_to(200) or "A", typed.up_to(100) or "A")


def help_pages(typed: Typed) -> list[Drawn]:
    own = example(typed)
    return [
        *(
            help_screens.help_message(prefix, own, facilitates=facilitates)
            for prefix in ("", "team-")
            for facilitates in (False, True)
        ),
        *(
            help_screens.help_message("team-", own, command=command)
            for command in ("contact", "interview", "followups", "rapport")
        ),
    ]


def guides(typed: Typed) -> list[Drawn]:
    standings = (guide.Standing(), guide.Standing(2**53, 2**53))
    return [guide.guide_step(step, standing) for step in Step for standing in standings]


def after_debriefs(typed: Typed) -> list[Drawn]:
    raised = {DebriefQuestion.OPPORTUNITY: Opportunity.I_RAISED}
    return [
        interview_answers.debrief_saved(
            1,
            typed.name,
            new_contacts=new,
            thanked=thanked,
            answers=raised | {DebriefQuestion.PICTURE: picture},
        )
        for new, thanked, picture in product((0, 1, 20), (True, False), Picture)
    ]


def talk_ahead(typed: Typed) -> prepare_form.TalkAhead:
    return prepare_form.TalkAhead(
        contact_id=2**53,
        name=typed.name,
        work=f"{typed.up_to(200)} at {typed.up_to(200)}",
        starts_at=NOW,
        minutes=120,
        goal=typed.up_to(300),
    )


def prepare_forms(typed: Typed) -> list[Drawn]:
    own = [typed.up_to(250) or "A" for _ in typed.several(20)]
    offered: dict[Phase | None, list[prepare_form.Offered]] = {
        None: [prepare_form.Offered(f"own:{2**53 + n}", text) for n, text in enumerate(own)]
    }
    offered |= {
        phase: [prepare_form.Offered(q.id, q.text, f"Answered by {typed.name}") for q in group]
        for phase, group in questions_for(Vantage.BOSS).items()
    }
    full = prepare_form.Prepared(
        bank_ids=tuple(each.question_id for each in offered[Phase.THE_WORK][:5]),
        own=tuple(f"{n} {typed.up_to(247)}" for n in typed.several(MOST_PICKED)),
        known={2**53 + n: typed.up_to(300) or "A" for n in typed.several(9)},
    )
    nothing: dict[Phase | None, list[prepare_form.Offered]] = {
        phase: [prepare_form.Offered(q.id, q.text) for q in group]
        for phase, group in questions_for(None).items()
    }
    return [
        prepare_form.prepare_form(talk_ahead(typed), nothing, prepare_form.Prepared(), CARRIED),
        prepare_form.prepare_form(talk_ahead(typed), offered, full, CARRIED),
    ]


def picked(typed: Typed) -> list[half_hour.Picked]:
    """As many questions as can be picked, the first of the bank."""
    own = [half_hour.Picked(n, own_words=typed.up_to(250) or "A") for n in typed.several(9)]
    return [half_hour.Picked(2**53, "bad_week"), *own, half_hour.Picked(9, "not_in_the_bank")]


def half_hours(typed: Typed) -> list[Drawn]:
    return [
        half_hour.half_hour(typed.name, minutes, questions, CARRIED)
        for minutes in (15, 120)
        for questions in ([], picked(typed))
    ]


def merge_forms(typed: Typed) -> list[Drawn]:
    some = merge_form.JoiningShown(typed.name)
    all_of_it = merge_form.JoiningShown(
        typed.name, FIELDS, typed.up_to(7000), touches=typed.many, talks=typed.many
    )
    return [
        merge_form.merge_form(typed.name, CARRIED),
        *(
            merge_form.merge_form(typed.name, CARRIED, chosen=option(typed), joining=joining)
            for joining in (some, all_of_it)
        ),
    ]


def research_forms(typed: Typed) -> list[Drawn]:
    found = dict.fromkeys(ResearchItem, typed.up_to(500))
    return [research_form.research_form(typed.name, each, CARRIED) for each in ({}, found)]


def outcome_forms(typed: Typed) -> list[Drawn]:
    beliefs = [
        outcome_form.Belief(number, typed.up_to(300) or "A", status, typed.up_to(300))
        for number, status in enumerate(AssumptionStatus, start=2**53)
    ]
    return [
        outcome_form.outcome_form(typed.name, believed, asked, unanswered, CARRIED)
        for believed in ([], beliefs)
        for asked, unanswered in (([], []), (picked(typed), [0]), (picked(typed), range(2**9)))
        if believed or asked
    ]


SCREENS: dict[Callable[..., Any], Callable[[Typed], list[Drawn]]] = {
    contact.contact_form: contact_forms,
    contact.contact_option: lambda typed: [option(typed)],
    names.start_form: lambda typed: [
        names.start_form(names.StartTyped(typed.up_to(100), 25, 9), CARRIED)
    ],
    names.names_form: names_forms,
    names.preview_form: names_forms,
    interview.interview_form: interview_forms,
    debrief.first_page: first_pages,
    debrief.second_page: second_pages,
    dialogue.dialogue_message: dialogues,
    answered.followed: said_back,
    answered.still_asking: lambda typed: [answered.still_asking(typed.name)],
    touch_form.touch_form: lambda typed: [touch_form.touch_form(typed.name, NOW, CARRIED)],
    touch_form.correct_touch_form: correct_touches,
    entry_forms.promise_form: promise_forms,
    entry_forms.belief_form: belief_forms,
    entries.entry_shown: entry_lines,
    entries.entry_corrected: entry_lines,
    entries.entry_is_back: entry_lines,
    entries.entry_deleted: entries_deleted,
    check_form.check_form: check_forms,
    draft_form.draft_form: draft_forms,
    draft_form.in_peace: lambda typed: [
        draft_form.in_peace(typed.name, had_follow_up=had) for had in (True, False)
    ],
    draft_form.noted_already: lambda typed: [draft_form.noted_already(typed.name)],
    findings.findings_blocks: lambda typed: [
        findings.findings_blocks([], 0),
        findings.findings_blocks(found(typed), 1),
    ],
    cards.contact_card: lambda typed: [cards.contact_card(shown(typed))],
    cards.met: lambda typed: [cards.met(shown(typed), is_new=is_new) for is_new in (True, False)],
    cards.contact_list: contact_lists,
    cards.contacts_found: searches,
    about.contact_about: stories,
    about.older: older_ones,
    cards.list_unknown: lambda typed: [cards.list_unknown(typed.name, "team-", example(typed))],
    cards.contact_saved: lambda typed: [
        cards.contact_saved(shown(typed, number), is_new=is_new, was_by_hand=Stage.CLOSED)
        for number in (1, 3, list(Stage).index(Stage.NOT_NOW))
        for is_new in (True, False)
    ],
    cards.contact_archived: lambda typed: [cards.contact_archived(1, typed.name)],
    merge_form.merge_form: merge_forms,
    merge_form.same_as: lambda typed: [
        merge_form.same_as(cards.contact_saved(shown(typed), is_new=False), 1, 2**53, typed.name)
    ],
    merge_form.joined: lambda typed: [merge_form.joined(2**53, typed.name, typed.name)],
    merge_form.parted: lambda typed: [merge_form.parted(typed.name, typed.name)],
    merge_form.parted_already: lambda typed: [merge_form.parted_already(typed.name, typed.name)],
    merge_form.undo_first: lambda typed: [merge_form.undo_first(2**53, typed.name, typed.name)],
    cards.contact_is_back: lambda typed: [cards.contact_is_back(shown(typed))],
    nudges.nudge_message: nudge_messages,
    nudges.nudge_blocks: lambda typed: [nudges.nudge_blocks(one) for one in every_nudge(typed)],
    home.home: homes,
    dream.dream_line: dream_lines,
    dream.dream_named: lambda typed: [
        dream.dream_named(shown(typed)),
        dream.dream_named(replace(shown(typed), is_dream=True), typed.name),
    ],
    dream.dream_taken_back: lambda typed: [dream.dream_taken_back(shown(typed))],
    home_paths.path_lines: lambda typed: [home_paths.path_lines([(typed.name, 3)])],
    home_paths.gap_lines: lambda typed: [home_paths.gap_lines(gaps(typed), 9)],
    home_paths.mix_line: lambda typed: [home_paths.mix_line(mix(typed))],
    home.half_way_blocks: lambda typed: [home.half_way_blocks(home.HalfWay(1, typed.name, 1))],
    interview_answers.talk_scheduled: lambda typed: [
        interview_answers.talk_scheduled(1, typed.name, NOW)
    ],
    interview_answers.talk_called_off: lambda typed: [
        interview_answers.talk_called_off(1, 2, typed.name)
    ],
    answered.is_it_the_answer: lambda typed: [
        answered.is_it_the_answer(2**53, "1795424400.000005", typed.name, question)
        for question in DebriefQuestion
    ],
    interview_answers.talk_fell_through: lambda typed: [
        interview_answers.talk_fell_through(1, 2**53, typed.name, no_show=no_show)
        for no_show in (True, False)
    ],
    interview_answers.talk_still_on: lambda typed: [
        interview_answers.talk_still_on(1, typed.name, NOW)
    ],
    interview_answers.still_ahead: lambda typed: [interview_answers.still_ahead(typed.name, NOW)],
    interview_answers.not_ahead: lambda typed: [interview_answers.not_ahead(typed.name)],
    interview_answers.debrief_saved: after_debriefs,
    prepare_form.prepare_form: prepare_forms,
    half_hour.half_hour: half_hours,
    research_form.research_form: research_forms,
    outcome_form.outcome_form: outcome_forms,
    calendar_answers.file_is_in_dm: lambda typed: [calendar_answers.file_is_in_dm(typed.name)],
    calendar_answers.file_not_sent: lambda typed: [calendar_answers.file_not_sent(1, typed.name)],
    screen.message: lambda typed: [
        screen.message(fallback([typed.name]), rich([typed.name]), row(button("Fine", "fine")))
    ],
    screen.one_line: lambda typed: [screen.one_line([Bold(typed.name)], [typed.name, "."])],
    help_screens.did_you_mean: corrections,
    help_screens.help_message: help_pages,
    help_screens.only_buttons: lambda typed: [
        help_screens.only_buttons(example(typed)),
        help_screens.only_buttons(
            half_way=[home.HalfWay(n, typed.name, 12) for n in typed.several(3)]
        ),
    ],
    guide.guide_overview: lambda typed: [
        guide.guide_overview(),
        guide.guide_overview(typed.up_to(3000)),
    ],
    nudge_answers.nudges_stopped: lambda typed: [nudge_answers.nudges_stopped(1, typed.name)],
    nudge_answers.nudges_resumed: lambda typed: [nudge_answers.nudges_resumed(typed.name)],
    nudge_answers.too_late_to_undo: lambda typed: [nudge_answers.too_late_to_undo(typed.name)],
    nudge_answers.taken_back: lambda typed: [nudge_answers.taken_back(typed.name)],
    followups.followups: followup_lists,
    followups.pause_refused: refused_pauses,
}
# These show nothing that a member typed.
FIXED: dict[Callable[..., Any], Callable[[Typed], list[Drawn]]] = {
    guide.guide_step: guides,
    dialogue.gone_past: lambda typed: [
        dialogue.gone_past(question, answer)
        for question in DebriefQuestion
        for answer in (None, answers(typed)[question])
    ],
    dialogue.moved_below: lambda _: [dialogue.moved_below()],
    answered.crossed: lambda _: [answered.crossed()],
    answered.cannot_read: lambda _: [answered.cannot_read()],
    nudge_answers.nothing_to_undo: lambda _: [nudge_answers.nothing_to_undo()],
    help_screens.old_button: lambda typed: [help_screens.old_button()],
    followups.paused: lambda typed: [followups.paused(NOW)],
    names.names_saved: lambda typed: [
        names.names_saved(8, 1, total=total, wanted=25) for total in (9, 30)
    ],
    settings_form.settings_form: settings_forms,
    settings_form.zone_option: lambda typed: [
        settings_form.zone_option(zone) for zone in zones_like("a", "UTC")
    ],
    settings_form.country_option: lambda typed: [
        settings_form.country_option(country) for country in (None, *countries_like("", None))
    ],
    numbers_form.numbers_form: lambda typed: [
        numbers_form.numbers_form(Numbers(), kinds_off, limits, CARRIED)
        for kinds_off in (frozenset(), frozenset(NudgeKind))
        for limits in (USUAL, NARROW)
    ],
    limits_form.limits_form: lambda typed: [
        limits_form.limits_form(limits, WIDEST, CARRIED) for limits in (USUAL, NARROW)
    ],
    limits_form.limits_saved: lambda typed: [limits_form.limits_saved(NARROW)],
    limits_form.not_yours_to_set: lambda typed: [limits_form.not_yours_to_set(USUAL)],
    settings_answers.settings_saved: lambda typed: [
        settings_answers.settings_saved(*moments) for moments in product((None, NOW), (None, NOW))
    ],
    later_form.later_form: lambda typed: [
        later_form.later_form(NOW, CARRIED, ahead=ahead) for ahead in (False, True)
    ],
    dream.dream_button: lambda typed: [[dream.dream_button(shown(typed))]],
    answered.taken_as_answer: lambda typed: [answered.taken_as_answer()],
    answered.taken_as_new: lambda typed: [answered.taken_as_new()],
    answered.not_asking: lambda typed: [answered.not_asking()],
    errors.not_confirmed: lambda typed: [errors.not_confirmed()],
    welcome.welcome: lambda typed: [welcome.welcome()],
    errors.database_away: lambda typed: [errors.database_away()],
    errors.gone: lambda typed: [errors.gone()],
    errors.slack_refused: lambda typed: [errors.slack_refused()],
    errors.our_fault: lambda typed: [errors.our_fault("3f9a1c2b")],
}
