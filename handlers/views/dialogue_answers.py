"""What the bot says back to a reply: what was noted where, or why it could not be."""

from collections.abc import Mapping, Sequence

from domain.debrief import CHOICES, Promised, Value
from domain.debrief_replies import Problem, ProblemKind
from domain.vocabulary import DebriefQuestion
from handlers.views.debrief_words import ASKED, answer_words, label
from handlers.views.elements import button, row
from handlers.views.screen import Message, message, one_line
from handlers.views.words import Bold, Line, Quiet, cut, fallback, rich

ANSWERS_IT = "dialogue_answers_it"
SOMETHING_NEW = "dialogue_something_new"

_SHOWN = 120


def noted_lines(
    noted: Mapping[DebriefQuestion, Value | None],
    rest: Mapping[DebriefQuestion, str],
    problems: Sequence[Problem],
) -> list[Line]:
    """Say what was kept under which word, and what was not."""
    lines: list[Line] = []
    for question, value in noted.items():
        said = "nothing" if value is None else cut(answer_words(value), _SHOWN)
        lines.append([Quiet(f"Noted, {label(question)}: "), said])
        if isinstance(value, Promised) and question == DebriefQuestion.PROMISE and not value.due_on:
            lines.append([Quiet("With a day in it, “by friday”, I'd remind you: edit it if so.")])
    for question, words in rest.items():
        if question in CHOICES:
            lines.append([Quiet("Only that is kept; for the rest begin a line with “likes:”.")])
        else:
            lines.append([Quiet("I found no name in: "), cut(words, _SHOWN)])
    return [*lines, *map(problem_line, problems)]


def followed_lines(
    noted: Mapping[DebriefQuestion, Value | None],
    rest: Mapping[DebriefQuestion, str],
    problems: Sequence[Problem],
) -> list[Line]:
    """Say the same of a message that was edited or deleted."""
    gone = [question for question, value in noted.items() if value is None]
    kept = {question: value for question, value in noted.items() if value is not None}
    lines = noted_lines(kept, rest, problems)
    lines += [[Quiet(f"{label(question).capitalize()}: taken back.")] for question in gone]
    if problems:
        lines.append([Quiet("What I had before stays.")])
    return lines


def problem_line(problem: Problem) -> Line:
    """Say why a reply is not kept, and what would be; the words stay where they were written."""
    match problem.kind:
        case ProblemKind.UNCLEAR if problem.question == DebriefQuestion.PICTURE:
            return ["Here I only read yes, not sure or no. The rest fits under “likes:”."]
        case ProblemKind.UNCLEAR:
            return ["Here I only read no, they raised it or I raised it."]
        case ProblemKind.NO_NAME:
            return ["I found no name in that. One a line: Ben Hill, Head of Data at Acme."]
        case ProblemKind.TOO_MANY:
            return [f"That is {problem.length}, and I can keep {problem.most} here. The likeliest?"]
        case ProblemKind.TOO_LONG:
            too_long = f"is {problem.length:,} letters, and I can keep {problem.most:,} here"
            return [f"That {too_long}. Yours stands above: shorten it there, by editing it."]


def added() -> Line:
    """Say that a message goes on with the one before."""
    return [Quiet("Added to what you wrote before.")]


def crossed() -> Message:
    """The answer to a message that came before the question that is open."""
    return one_line(["That crossed with my question. If it answers it, send it once more."])


def followed(lines: list[Line]) -> Message:
    """The line after a message was edited or deleted."""
    return one_line(*lines)


def is_it_the_answer(interview_id: int, ts: str, name: str, question: DebriefQuestion) -> Message:
    """The answer to a message that comes long after the question; `ts` is the message's."""
    line: Line = [
        "My question about your talk with ",
        Bold(cut(name, 200)),
        f" has waited for a while: {ASKED[question][0]} Is this the answer, or something new? ",
        "What you said before is kept.",
    ]
    about = f"{interview_id}:{ts}"
    buttons = row(
        button("It answers that", ANSWERS_IT, about),
        button("It's something new", SOMETHING_NEW, about),
    )
    return message(fallback(line), rich(line), buttons)


def taken_as_answer() -> Message:
    """What is left of that question once the message was taken for the answer."""
    return one_line([Quiet("Taken as the answer.")])


def taken_as_new() -> Message:
    """What is left of it once the message was something new: the questions wait."""
    return one_line([Quiet("Then my question waits; “Go on” in App Home takes it up again.")])


def not_asking() -> Message:
    """What is left of it when that question is not open any more."""
    return one_line([Quiet("I am not asking about that talk any more; nothing is changed.")])


def cannot_read() -> Message:
    """The answer to a voice message, a picture or any other file."""
    return one_line(["I can't listen to voice messages or look at pictures: write to me instead."])


def not_read() -> Line:
    """The same where a question is open."""
    return [
        "I can't listen to voice messages or look at pictures, so nothing of it is kept. A line in "
        "writing is enough, or skip the question."
    ]


def still_asking(name: str) -> Message:
    """The reminder that a question is open, after something else was done in between."""
    return one_line(
        [Quiet(f"And my question about your talk with {cut(name, 200)} is still open.")]
    )
