"""Where in a message each rule finds what it is about; None where it finds nothing."""

from domain.draft_check.phrases import phrase
from domain.draft_check.purpose import Purpose
from domain.draft_check.text import MOST_WORDS, Place, Text, blanks

WHOLE = Place()
# In so many sentences a stranger decides whether to read on.
_FIRST_SENTENCES = 3
_MOST_QUESTIONS = 2
_OFTEN = 6


def asks_for_job(text: Text, purpose: Purpose) -> Place | None:
    """A job, a position, work."""
    return text.found("asks_for_job", unless="negated")


def asks_for_opportunity(text: Text, purpose: Purpose) -> Place | None:
    """Whether something is there for the member."""
    return text.found("asks_for_opportunity", unless="negated")


def asks_for_referral(text: Text, purpose: Purpose) -> Place | None:
    """A good word for a vacancy."""
    return text.found("asks_for_referral", unless="negated")


def asks_for_resume_look(text: Text, purpose: Purpose) -> Place | None:
    """A look at the papers."""
    return text.found("asks_for_resume_look", unless="negated")


def attaches(text: Text, purpose: Purpose) -> Place | None:
    """A file."""
    return text.found("attaches", unless="negated")


def generic_opening(text: Text, purpose: Purpose) -> Place | None:
    """A greeting without a name, or for anybody."""
    head = text.greeting
    if head is not None and phrase("generic_opening").match(head.plain):
        return Place(head.line, head.written)
    first = text.sentences[0]
    is_letter = first.plain.startswith(("to whom it may", "to whom this may"))
    return Place(first.line, first.written) if is_letter else None


def blank_left(text: Text, purpose: Purpose) -> Place | None:
    """All blanks, in the line of the first."""
    left = blanks(text.written)
    if not left:
        return None
    before = text.written.partition(left[0])[0]
    return Place(before.count("\n") + 1, ", ".join(dict.fromkeys(left)))


def too_long(text: Text, purpose: Purpose) -> Place | None:
    """More words than there should be."""
    return WHOLE if text.words > MOST_WORDS else None


def no_connection(text: Text, purpose: Purpose) -> Place | None:
    """The first sentences, if none says why this person is written to."""
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


def no_ask(text: Text, purpose: Purpose) -> Place | None:
    """The whole message, if nothing in it asks for a talk."""
    for sentence in text.sentences:
        asks = "?" in sentence.plain or phrase("asking").search(sentence.plain)
        if asks and phrase("talk_word").search(sentence.plain):
            return None
        # Who knows already what it is about need not be told again that it is a talk.
        if purpose != Purpose.ASK and "?" in sentence.plain:
            return None
    return WHOLE


def no_time_bound(text: Text, purpose: Purpose) -> Place | None:
    """The whole message, if it does not say how long."""
    return None if text.found("time_bound") else WHOLE


def too_long_a_talk(text: Text, purpose: Purpose) -> Place | None:
    """An hour, or more."""
    return text.found("too_long_a_talk")


def no_thanks(text: Text, purpose: Purpose) -> Place | None:
    """The whole message, if it thanks for nothing."""
    return None if text.found("thanks") else WHOLE


def picks_brain(text: Text, purpose: Purpose) -> Place | None:
    """The brain that is to be picked."""
    return text.found("picks_brain")


def grovels(text: Text, purpose: Purpose) -> Place | None:
    """An apology for writing."""
    return text.found("grovels")


def presses(text: Text, purpose: Purpose) -> Place | None:
    """A hint that they are late."""
    return text.found("presses", unless="negated")


def many_asks(text: Text, purpose: Purpose) -> Place | None:
    """The last of too many questions."""
    asking = [sentence for sentence in text.sentences if "?" in sentence.written]
    questions = sum(sentence.written.count("?") for sentence in asking)
    if questions <= _MOST_QUESTIONS:
        return None
    return Place(asking[-1].line, asking[-1].written)


def about_me(text: Text, purpose: Purpose) -> Place | None:
    """The whole message, if they hardly occur in it."""
    of_me = len(phrase("of_me").findall(text.body))
    of_you = len(phrase("of_you").findall(text.body))
    return WHOLE if of_me >= _OFTEN and of_you <= of_me // 4 else None


def no_times(text: Text, purpose: Purpose) -> Place | None:
    """The whole message, if there are not two times in it."""
    return WHOLE if len(phrase("a_time").findall(text.plain)) < 2 else None


def nothing_specific(text: Text, purpose: Purpose) -> Place | None:
    """The whole message, if it names nothing that they said."""
    return None if text.found("specific") else WHOLE
