"""The rules of the draft check, each with its reason and a better way to say it."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.draft_check.phrases import phrase
from domain.draft_check.purpose import Purpose
from domain.draft_check.text import MOST_WORDS, WORDS_TO_AIM_FOR, Place, Text, blanks

Finds = Callable[[Text, Purpose], Place | None]

EVERY = frozenset(Purpose)
WANTS_A_TALK = frozenset({Purpose.ASK, Purpose.FOLLOW_UP, Purpose.TIMES})
FIRST = frozenset({Purpose.ASK})
WHOLE = Place()
# In so many sentences a stranger decides whether to read on.
_FIRST_SENTENCES = 3
_MOST_QUESTIONS = 2
_OFTEN = 6


@dataclass(frozen=True)
class Rule:
    """One rule: what it is called, whom it is about, why it is one, and what to put instead."""

    id: str
    title: str
    reason: str
    better: str
    finds: Finds
    purposes: frozenset[Purpose] = EVERY


def _asks_for_job(text: Text, purpose: Purpose) -> Place | None:
    return text.found("asks_for_job", unless="negated")


def _asks_for_opportunity(text: Text, purpose: Purpose) -> Place | None:
    return text.found("asks_for_opportunity", unless="negated")


def _asks_for_referral(text: Text, purpose: Purpose) -> Place | None:
    return text.found("asks_for_referral", unless="negated")


def _asks_for_resume_look(text: Text, purpose: Purpose) -> Place | None:
    return text.found("asks_for_resume_look", unless="negated")


def _attaches(text: Text, purpose: Purpose) -> Place | None:
    return text.found("attaches", unless="negated")


def _generic_opening(text: Text, purpose: Purpose) -> Place | None:
    head = text.greeting
    if head is not None and phrase("generic_opening").match(head.plain):
        return Place(head.line, head.written)
    first = text.sentences[0]
    is_letter = first.plain.startswith(("to whom it may", "to whom this may"))
    return Place(first.line, first.written) if is_letter else None


def _blank_left(text: Text, purpose: Purpose) -> Place | None:
    left = blanks(text.written)
    if not left:
        return None
    before = text.written.partition(left[0])[0]
    return Place(before.count("\n") + 1, ", ".join(dict.fromkeys(left)))


def _too_long(text: Text, purpose: Purpose) -> Place | None:
    return WHOLE if text.words > MOST_WORDS else None


def _no_connection(text: Text, purpose: Purpose) -> Place | None:
    opening = text.sentences[:_FIRST_SENTENCES]
    if any(_connects(sentence.plain) for sentence in opening):
        return None
    return Place(opening[0].line, opening[0].written)


def _connects(sentence: str) -> bool:
    """Say whether a sentence tells why this person is written to: it speaks of them, or of both."""
    if phrase("flattery").search(sentence):
        return False
    if phrase("connection").search(sentence):
        return True
    told = phrase("no_connection").sub("", sentence)
    asks = "?" in told or phrase("asking").search(told) or phrase("asks_for_job").search(told)
    return not asks and phrase("of_you").search(told) is not None


def _no_ask(text: Text, purpose: Purpose) -> Place | None:
    for sentence in text.sentences:
        asks = "?" in sentence.plain or phrase("asking").search(sentence.plain)
        if asks and phrase("talk_word").search(sentence.plain):
            return None
        # Who knows already what it is about need not be told again that it is a talk.
        if purpose != Purpose.ASK and "?" in sentence.plain:
            return None
    return WHOLE


def _no_time_bound(text: Text, purpose: Purpose) -> Place | None:
    return None if text.found("time_bound") else WHOLE


def _too_long_a_talk(text: Text, purpose: Purpose) -> Place | None:
    return text.found("too_long_a_talk")


def _no_thanks(text: Text, purpose: Purpose) -> Place | None:
    return None if text.found("thanks") else WHOLE


def _picks_brain(text: Text, purpose: Purpose) -> Place | None:
    return text.found("picks_brain")


def _grovels(text: Text, purpose: Purpose) -> Place | None:
    return text.found("grovels")


def _presses(text: Text, purpose: Purpose) -> Place | None:
    return text.found("presses", unless="negated")


def _many_asks(text: Text, purpose: Purpose) -> Place | None:
    asking = [sentence for sentence in text.sentences if "?" in sentence.written]
    questions = sum(sentence.written.count("?") for sentence in asking)
    if questions <= _MOST_QUESTIONS:
        return None
    return Place(asking[-1].line, asking[-1].written)


def _about_me(text: Text, purpose: Purpose) -> Place | None:
    of_me = len(phrase("of_me").findall(text.body))
    of_you = len(phrase("of_you").findall(text.body))
    return WHOLE if of_me >= _OFTEN and of_you <= of_me // 4 else None


def _no_times(text: Text, purpose: Purpose) -> Place | None:
    return WHOLE if len(phrase("a_time").findall(text.plain)) < 2 else None


def _nothing_specific(text: Text, purpose: Purpose) -> Place | None:
    return None if text.found("specific") else WHOLE


ALL = (
    Rule(
        "asks_for_job",
        "It asks for a job",
        "The talk is to learn. Who is asked for a job has to say no, or to hand you on; "
        "who is asked about their work likes to tell.",
        "“I would like to learn what the work is really like.”",
        _asks_for_job,
    ),
    Rule(
        "asks_for_opportunity",
        "It asks whether there is an opportunity for you",
        "That is a job question in other words. If something comes up, it counts when they "
        "raise it.",
        "“What made you choose this field?” Leave the rest to them.",
        _asks_for_opportunity,
    ),
    Rule(
        "asks_for_referral",
        "It asks to be referred to a vacancy",
        "A referral puts their own name at stake for somebody they hardly know.",
        "After the talk: “Who else should I talk to?”",
        _asks_for_referral,
    ),
    Rule(
        "asks_for_resume_look",
        "It asks for a look at your résumé",
        "Reading papers is work, and turns the talk into an application.",
        "Ask what they look for in people who start in this work.",
        _asks_for_resume_look,
    ),
    Rule(
        "attaches",
        "It attaches something",
        "An attachment makes it an application, and strangers' files are not opened gladly.",
        "Send the words alone; if they want to see more, they will ask.",
        _attaches,
    ),
    Rule(
        "blank_left",
        "A blank is left to fill",
        "A blank that went out shows that many people got the same message.",
        "Fill it with one thing that is true of this person only, or take the sentence out.",
        _blank_left,
    ),
    Rule(
        "generic_opening",
        "The opening could go to anybody",
        "Who is not called by name need not feel meant.",
        "Their own name: “Hi Grace,” or “Dear Ms. Hill,”.",
        _generic_opening,
    ),
    Rule(
        "no_connection",
        "No connection in the first lines",
        "The first lines decide whether a stranger reads on: why do you write to them?",
        "Begin with what you share, who named them, or what of theirs you have read or heard.",
        _no_connection,
        FIRST,
    ),
    Rule(
        "no_ask",
        "No clear ask",
        "Who has to guess what you want, puts the answer off.",
        "One question: “Could we talk for 20 to 30 minutes next week?”",
        _no_ask,
        WANTS_A_TALK,
    ),
    Rule(
        "no_time_bound",
        "It does not say how long",
        "A talk without an end is hard to say yes to.",
        "“20 to 30 minutes”, and keep to it.",
        _no_time_bound,
        FIRST,
    ),
    Rule(
        "too_long_a_talk",
        "It asks for much time",
        "Half an hour is a small favour for a stranger; an hour is a meeting.",
        "“20 to 30 minutes”. They may always stay longer.",
        _too_long_a_talk,
        WANTS_A_TALK,
    ),
    Rule(
        "no_times",
        "No times to choose from",
        "Who has to look for a time has one more task.",
        "Two or three: “Tuesday at 10, Wednesday at 16:00, or Friday before noon”.",
        _no_times,
        frozenset({Purpose.TIMES}),
    ),
    Rule(
        "many_asks",
        "It asks many things at once",
        "Each question more makes an answer less likely.",
        "Ask for the talk only, and keep the questions for it.",
        _many_asks,
        frozenset({Purpose.ASK, Purpose.FOLLOW_UP}),
    ),
    Rule(
        "about_me",
        "It is all about you",
        "They have little reason to answer a message in which they hardly occur.",
        "One sentence about you, the others about their work and why you chose them.",
        _about_me,
        FIRST,
    ),
    Rule(
        "picks_brain",
        "It asks to “pick your brain”",
        "It is worn, and says nothing of what you want to know.",
        "Name the one thing: “I would like to hear how you moved into this work.”",
        _picks_brain,
    ),
    Rule(
        "grovels",
        "It makes itself small",
        "An apology for writing tells them that there is something to be sorry for.",
        "Leave it out; thank them at the end instead.",
        _grovels,
    ),
    Rule(
        "presses",
        "It presses for an answer",
        "They owe none. A hint that they are late costs you the answer.",
        "“If it is not the time, that is quite all right.”",
        _presses,
    ),
    Rule(
        "nothing_specific",
        "It could thank anybody",
        "One thing they said shows that you have listened.",
        "“What you said about … stays with me.”",
        _nothing_specific,
        frozenset({Purpose.THANKS}),
    ),
    Rule(
        "no_thanks",
        "No thanks in it",
        "Whatever they answer, they have read it: that is time they gave you.",
        "“Thank you either way,” and your name.",
        _no_thanks,
    ),
    Rule(
        "too_long",
        f"Over {MOST_WORDS} words",
        "Short messages get answers; a long one is kept for later.",
        f"Aim for {WORDS_TO_AIM_FOR}: the connection, the ask, two times, thanks.",
        _too_long,
    ),
)
