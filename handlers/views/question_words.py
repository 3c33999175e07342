"""How questions, the check-list and what became of a belief are put into words."""

from domain.questions import bank, last_question
from domain.vocabulary import AssumptionStatus, Phase, ResearchItem

PHASES = {
    Phase.OPENING: "To begin with",
    Phase.THEIR_PATH: "Their path",
    Phase.THE_WORK: "The work",
    Phase.THE_FIELD: "The field",
    Phase.GETTING_IN: "Getting in",
    Phase.CLOSING: "To close",
}
RESEARCH = {
    ResearchItem.WORK: "What they do",
    ResearchItem.WORDS: "What they wrote or said",
    ResearchItem.COMPANY: "The company",
    ResearchItem.COMMON_GROUND: "What you have in common",
}
OUTCOMES = {
    AssumptionStatus.OPEN: "Still open",
    AssumptionStatus.CONFIRMED: "It is so",
    AssumptionStatus.DISPELLED: "It is not so",
    AssumptionStatus.MIXED: "Some of both",
}
LAST_QUESTION = last_question().text


def question_text(question_id: str | None, own_words: str = "") -> str:
    """Give a picked question as it is asked; one that has left the bank shows as nothing."""
    if question_id is None:
        return own_words
    known = bank().get(question_id)
    return known.text if known else ""
