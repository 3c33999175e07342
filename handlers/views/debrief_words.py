"""How the questions after a talk, and the answers to them, are put into words."""

from domain.debrief import Answers, Promised, Value
from domain.debrief_replies import LABELS
from domain.vocabulary import DebriefQuestion, Opportunity, Picture
from handlers.views.words import OPPORTUNITIES, PICTURES, Line, full_date

# As the form and the record put them, in the member's own voice.
TITLES = {
    DebriefQuestion.TAKEAWAY: "The one thing I learned",
    DebriefQuestion.PICTURE: "Could I picture myself there?",
    DebriefQuestion.LIKES: "What they like about the work",
    DebriefQuestion.DISLIKES: "What they don't like",
    DebriefQuestion.REFERRALS: "Who else should I talk to?",
    DebriefQuestion.PROMISE: "I promised",
    DebriefQuestion.THEIR_PROMISE: "They promised",
    DebriefQuestion.SKILLS: "Skills they named that I lack",
    DebriefQuestion.HIRING: "What hiring managers look for",
    DebriefQuestion.TRENDS: "Where the field is going",
    DebriefQuestion.ADVICE: "What they advised me",
    DebriefQuestion.OPPORTUNITY: "Did an opportunity come up?",
}
# As the bot asks them, with what makes them easy to answer.
ASKED = {
    DebriefQuestion.TAKEAWAY: ("What is the one thing you learned?", "One line is enough."),
    DebriefQuestion.PICTURE: ("Could you picture yourself there?", ""),
    DebriefQuestion.LIKES: ("What do they like about the work?", ""),
    DebriefQuestion.DISLIKES: ("And what don't they like?", ""),
    DebriefQuestion.REFERRALS: (
        "Who else should you talk to?",
        "One a line, as they were named: Ben Hill, Head of Data at Acme. They go on your list.",
    ),
    DebriefQuestion.PROMISE: (
        "What did you promise?",
        "With the day, if there is one: I'll send the article by friday.",
    ),
    DebriefQuestion.THEIR_PROMISE: ("What did they promise?", ""),
    DebriefQuestion.SKILLS: (
        "Which skills did they name that you lack?",
        "With commas between them: SQL, stakeholder interviews.",
    ),
    DebriefQuestion.HIRING: ("What do hiring managers look for?", ""),
    DebriefQuestion.TRENDS: ("Where is the field going?", ""),
    DebriefQuestion.ADVICE: ("What did they advise you to do?", ""),
    DebriefQuestion.OPPORTUNITY: ("Did an opportunity come up? Who raised it?", ""),
}
CHOICES: dict[DebriefQuestion, dict[Picture, str] | dict[Opportunity, str]] = {
    DebriefQuestion.PICTURE: {
        Picture.YES: PICTURES[Picture.YES],
        Picture.NOT_SURE: PICTURES[Picture.NOT_SURE],
        Picture.NO: PICTURES[Picture.NO],
    },
    DebriefQuestion.OPPORTUNITY: {
        Opportunity.NO: "No",
        Opportunity.THEY_RAISED: "They raised it",
        Opportunity.I_RAISED: "I raised it",
    },
}


def label(question: DebriefQuestion) -> str:
    """The word with which a line answers a question: "picture"."""
    return LABELS[question][0]


def answer_words(value: Value) -> str:
    """Say an answer in one piece."""
    match value:
        case Picture():
            return PICTURES[value]
        case Opportunity():
            return OPPORTUNITIES[value]
        case Promised(what, due_on):
            return f"{what} (by {full_date(due_on)})" if due_on else what
        case tuple():
            return " · ".join(value)
        case str():
            return value


def hints(answers: Answers) -> list[Line]:
    """What two of the answers lead to: one gentle word on who raises things, the next door."""
    lines: list[Line] = []
    if answers.get(DebriefQuestion.OPPORTUNITY) == Opportunity.I_RAISED:
        lines.append(["Next time leave the opportunity to them: people open up more to a learner."])
    picture = answers.get(DebriefQuestion.PICTURE)
    if picture == Picture.NO:
        lines.append(["“Not for me” is an answer, too. On to the next door."])
    elif picture == Picture.YES:
        lines.append(["A door to look behind: ask to see more, an hour beside them or a visit."])
    return lines
