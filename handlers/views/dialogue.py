"""A debrief question by question: each message shows one question, or how it all stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block

from domain.debrief import ORDER, Value, left, next_question, question_before
from domain.vocabulary import DebriefQuestion
from handlers.views.contact_cards import DRAFT
from handlers.views.debrief_words import ASKED, CHOICES, TITLES, answer_words, hints, label
from handlers.views.elements import button, menu, row, small
from handlers.views.home import ANSWER_HERE, DEBRIEF
from handlers.views.screen import Message, message, one_line
from handlers.views.words import (
    Bold,
    Line,
    Quiet,
    counted,
    cut,
    fallback,
    rich,
)

CHOOSE = "dialogue_choose"
SKIP, BACK, LATER = "dialogue_skip", "dialogue_back", "dialogue_later"
STEPS = "dialogue_steps"
THAT_IS_ALL = "dialogue_all"
OUTCOME = "dialogue_outcome"
THANKED = "dialogue_thanked"

_LONGEST_SHOWN = 300


@dataclass(frozen=True)
class DialogueShown:
    """How the questions after a talk stand; `question` is None when all were gone through.

    `has_outcome` says that something was believed or picked to be asked before the talk.
    """

    interview_id: int
    contact_id: int
    name: str
    question: DebriefQuestion | None = None
    is_open: bool = True
    answers: Mapping[DebriefQuestion, Value] = field(default_factory=dict)
    thanked: bool = False
    has_outcome: bool = False


def dialogue_message(
    shown: DialogueShown, above: Sequence[Line] = (), *, begins: bool = False
) -> Message:
    """Draw the message that shows a dialogue, under lines on what was just written."""
    if shown.question is None:
        return _summary(shown, above)
    return (
        _question(shown, shown.question, above, begins=begins) if shown.is_open else _aside(shown)
    )


def _question(
    shown: DialogueShown, question: DebriefQuestion, above: Sequence[Line], *, begins: bool
) -> Message:
    asked, hint = ASKED[question]
    lines: list[Line] = []
    if begins:
        lines.append(["Your talk with ", Bold(cut(shown.name, 200)), ". Just write back, here."])
    lines.append([Bold(asked), f" {hint}" if hint else ""])
    answer = shown.answers.get(question)
    if answer is not None:
        so_far = cut(answer_words(answer), _LONGEST_SHOWN)
        lines.append([Quiet("So far: "), so_far, Quiet(" A new answer takes its place.")])
    blocks: list[Block] = [rich(*above)] if above else []
    blocks += [rich(*lines), small(_how_many(shown, question))]
    if begins:
        blocks.append(small(_how_to()))
    blocks.append(_buttons(shown, question))
    return message(_text([*above, *lines]), *blocks)


def _how_to() -> str:
    words = ", ".join(label(question) for question in ORDER[1:])
    return (
        f"Several at once? Begin a line with a question's word, as in “picture: yes”: {words}. "
        "Edit or delete what you wrote, and the answer follows."
    )


def _how_many(shown: DialogueShown, question: DebriefQuestion) -> str:
    number, following = left(shown.answers, question), next_question(shown.answers, question)
    more = f"{number} more after this one" if number else "the last one"
    ahead = f", next “{label(following)}:”" if following else ""
    return f"{cut(shown.name, 100)} · {more}{ahead}"


def _buttons(shown: DialogueShown, question: DebriefQuestion) -> Block:
    about = f"{shown.interview_id}:{question}"
    steps = [("Skip", SKIP), ("Back", BACK), ("Later", LATER)]
    if question_before(question) is None:
        del steps[1]
    if question not in CHOICES:
        return row(*(button(name, action, about) for name, action in steps))
    choices = [
        button(words, f"{CHOOSE}:{value}", f"{about}:{value}")
        for value, words in CHOICES[question].items()
    ]
    entries = [(name, f"{action}:{about}") for name, action in steps]
    return row(*choices, menu(STEPS, entries))


def _aside(shown: DialogueShown) -> Message:
    waiting = counted(_left(shown), "question waits", "questions wait")
    line: Line = [
        "Your talk with ",
        Bold(cut(shown.name, 200)),
        f": {waiting}. What you've said is kept; go on whenever you like.",
    ]
    buttons = row(
        button("Go on", ANSWER_HERE, shown.interview_id),
        button("That's all", THAT_IS_ALL, shown.interview_id),
    )
    return message(fallback(line), rich(line), buttons)


def _left(shown: DialogueShown) -> int:
    question = shown.question
    return 1 + left(shown.answers, question) if question is not None else 0


def _summary(shown: DialogueShown, above: Sequence[Line]) -> Message:
    """All that was said about a talk, with the next step."""
    name = Bold(cut(shown.name, 200))
    begin: Line = ["Your talk with ", name, ", in your words:"]
    if not shown.answers:
        begin = ["Nothing is written down yet about your talk with ", name, "."]
    parts: list[list[Line]] = [[*above], [begin], *_answers(shown), _next_steps(shown)]
    buttons = [button("Change answers", DEBRIEF, shown.interview_id)]
    if shown.has_outcome:
        buttons.append(button("What became of it", OUTCOME, shown.interview_id))
    blocks: list[Block] = [rich(*lines) for lines in parts if lines]
    if not shown.thanked:
        draft = button("Draft a thank-you", DRAFT, shown.contact_id, style="primary")
        blocks.append(row(draft, button("Already thanked", THANKED, shown.interview_id)))
    text = _text([line for lines in parts for line in lines])
    return message(text, *blocks, row(*buttons))


def _answers(shown: DialogueShown) -> Iterator[list[Line]]:
    for question, title in TITLES.items():
        if question in shown.answers:
            said = cut(answer_words(shown.answers[question]), _LONGEST_SHOWN)
            yield [[Bold(title)], [said]]


def _next_steps(shown: DialogueShown) -> list[Line]:
    lines = hints(shown.answers)
    if not shown.thanked:
        lines.append(["Next: a thank-you with one thing from above, within a day of the talk."])
        lines.append(["Or have you thanked already?"])
    return lines


def gone_past(question: DebriefQuestion, answer: Value | None) -> Message:
    """What is left of a question's message once another one is asked."""
    asked = Quiet(f"{ASKED[question][0]} ")
    if answer is None:
        return one_line([asked, Quiet("Left open.")])
    # A press leaves no other trace; what was written stands right below.
    is_choice = question in CHOICES
    return one_line([asked, answer_words(answer) if is_choice else Quiet("Noted.")])


def moved_below() -> Message:
    """What is left of a message that told how it all stands, once that is told further down."""
    return one_line([Quiet("You went on with this below.")])


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(fallback(line) for line in lines)
