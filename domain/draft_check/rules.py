"""The rules of the draft check, each with its reason and a better way to say it."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.draft_check import finders
from domain.draft_check.purpose import Purpose
from domain.draft_check.text import MOST_WORDS, WORDS_TO_AIM_FOR, Place, Text

Finds = Callable[[Text, Purpose], Place | None]

EVERY = frozenset(Purpose)
WANTS_A_TALK = frozenset({Purpose.ASK, Purpose.FOLLOW_UP, Purpose.TIMES})
FIRST = frozenset({Purpose.ASK})


@dataclass(frozen=True)
class Rule:
    """One rule: what it is called, whom it is about, why it is one, and what to put instead."""

    id: str
    title: str
    reason: str
    better: str
    finds: Finds
    purposes: frozenset[Purpose] = EVERY


ALL = (
    Rule(
        "asks_for_job",
        "It asks for a job",
        "The talk is to learn. Who is asked for a job has to say no, or to hand you on; "
        "who is asked about their work likes to tell.",
        "“I would like to learn what the work is really like.”",
        finders.asks_for_job,
    ),
    Rule(
        "asks_for_opportunity",
        "It asks whether there is an opportunity for you",
        "That is a job question in other words. If something comes up, it counts when they "
        "raise it.",
        "“What made you choose this field?” Leave the rest to them.",
        finders.asks_for_opportunity,
    ),
    Rule(
        "asks_for_referral",
        "It asks to be referred to a vacancy",
        "A referral puts their own name at stake for somebody they hardly know.",
        "After the talk: “Who else should I talk to?”",
        finders.asks_for_referral,
    ),
    Rule(
        "asks_for_resume_look",
        "It asks for a look at your résumé",
        "Reading papers is work, and turns the talk into an application.",
        "Ask what they look for in people who start in this work.",
        finders.asks_for_resume_look,
    ),
    Rule(
        "attaches",
        "It attaches something",
        "An attachment makes it an application, and strangers' files are not opened gladly.",
        "Send the words alone; if they want to see more, they will ask.",
        finders.attaches,
    ),
    Rule(
        "blank_left",
        "A blank is left to fill",
        "A blank that went out shows that many people got the same message.",
        "Fill it with one thing that is true of this person only, or take the sentence out.",
        finders.blank_left,
    ),
    Rule(
        "generic_opening",
        "The opening could go to anybody",
        "Who is not called by name need not feel meant.",
        "Their own name: “Hi Grace,” or “Dear Ms. Hill,”.",
        finders.generic_opening,
    ),
    Rule(
        "no_connection",
        "No connection in the first lines",
        "The first lines decide whether a stranger reads on: why do you write to them?",
        "Begin with what you share, who named them, or what of theirs you have read or heard.",
        finders.no_connection,
        FIRST,
    ),
    Rule(
        "no_ask",
        "No clear ask",
        "Who has to guess what you want, puts the answer off.",
        "One question: “Could we talk for 20 to 30 minutes next week?”",
        finders.no_ask,
        WANTS_A_TALK,
    ),
    Rule(
        "no_time_bound",
        "It does not say how long",
        "A talk without an end is hard to say yes to.",
        "“20 to 30 minutes”, and keep to it.",
        finders.no_time_bound,
        FIRST,
    ),
    Rule(
        "too_long_a_talk",
        "It asks for much time",
        "Half an hour is a small favour for a stranger; an hour is a meeting.",
        "“20 to 30 minutes”. They may always stay longer.",
        finders.too_long_a_talk,
        WANTS_A_TALK,
    ),
    Rule(
        "no_times",
        "No times to choose from",
        "Who has to look for a time has one more task.",
        "Two or three: “Tuesday at 10, Wednesday at 16:00, or Friday before noon”.",
        finders.no_times,
        frozenset({Purpose.TIMES}),
    ),
    Rule(
        "many_asks",
        "It asks many things at once",
        "Each question more makes an answer less likely.",
        "Ask for the talk only, and keep the questions for it.",
        finders.many_asks,
        frozenset({Purpose.ASK, Purpose.FOLLOW_UP}),
    ),
    Rule(
        "about_me",
        "It is all about you",
        "They have little reason to answer a message in which they hardly occur.",
        "One sentence about you, the others about their work and why you chose them.",
        finders.about_me,
        FIRST,
    ),
    Rule(
        "picks_brain",
        "It asks to “pick your brain”",
        "It is worn, and says nothing of what you want to know.",
        "Name the one thing: “I would like to hear how you moved into this work.”",
        finders.picks_brain,
    ),
    Rule(
        "grovels",
        "It makes itself small",
        "An apology for writing tells them that there is something to be sorry for.",
        "Leave it out; thank them at the end instead.",
        finders.grovels,
    ),
    Rule(
        "presses",
        "It presses for an answer",
        "They owe none. A hint that they are late costs you the answer.",
        "“If it is not the time, that is quite all right.”",
        finders.presses,
    ),
    Rule(
        "nothing_specific",
        "It could thank anybody",
        "One thing they said shows that you have listened.",
        "“What you said about … stays with me.”",
        finders.nothing_specific,
        frozenset({Purpose.THANKS}),
    ),
    Rule(
        "no_thanks",
        "No thanks in it",
        "Whatever they answer, they have read it: that is time they gave you.",
        "“Thank you either way,” and your name.",
        finders.no_thanks,
    ),
    Rule(
        "too_long",
        f"Over {MOST_WORDS} words",
        "Short messages get answers; a long one is kept for later.",
        f"Aim for {WORDS_TO_AIM_FOR}: the connection, the ask, two times, thanks.",
        finders.too_long,
    ),
)
