"""What members write back is split by one plain rule, and read as they meant it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.debrief import LONGEST, ORDER, Promised, left, next_question, question_before
from domain.debrief_replies import (
    LABELS,
    ProblemKind,
    Read,
    Step,
    read_met_aside,
    read_reply,
    read_step,
    split,
)
from domain.vocabulary import DebriefQuestion as Q
from domain.vocabulary import Opportunity, Picture

# A Monday.
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)

ORDINARY = [
    "Half the job is asking the right question",
    "She said: ask early.\nAnd then: ask again.",
    "What they like: the people. What they don't: the hours.",
    "Her advice was good: start small",
    "The skills: no, nobody has them",
    "In the big picture: it's sales",
    "Picture: imagine a room full of dashboards",
    "Opportunity: knocks rarely, she said",
    "I would have promised: anything",
    "https://acme.example/trends: a good page",
    "10:30 is when the work begins",
]
SPLIT = [
    ("Ask early\npicture: yes", {Q.TAKEAWAY: "Ask early", Q.PICTURE: "yes"}),
    ("*Picture:* Not sure", {Q.PICTURE: "Not sure"}),
    (
        "Ask early\npicture: yes\nand again\nPromised: my notes\nand a book",
        {Q.TAKEAWAY: "Ask early\nand again", Q.PICTURE: "yes", Q.PROMISE: "my notes\nand a book"},
    ),
    ("Skills:\n- SQL\n- Figma\nTrends :", {Q.SKILLS: "- SQL\n- Figma"}),
    ("takeaway: one\nlearned: two", {Q.TAKEAWAY: "one\ntwo"}),
    ("Who else: Tom Reed\nThey promised: an intro", {
        Q.REFERRALS: "Tom Reed",
        Q.THEIR_PROMISE: "an intro",
    }),
]  # fmt: skip


@pytest.mark.parametrize("prose", ORDINARY)
def test_ordinary_prose_is_one_answer(prose: str) -> None:
    assert split(prose, Q.TAKEAWAY) == {Q.TAKEAWAY: prose}


@pytest.mark.parametrize(("message", "said"), SPLIT)
def test_a_line_with_a_questions_word_answers_that_question(
    message: str, said: dict[Q, str]
) -> None:
    assert split(message, Q.TAKEAWAY) == said


LINES = st.sampled_from(["", "  picture: yes", "Picture: who knows", "learned: x", "so: so", "- a"])


@given(st.lists(LINES, max_size=6), st.sampled_from(list(Q)))
def test_nothing_that_was_written_is_lost(lines: list[str], asked: Q) -> None:
    """Every line is in some answer, whole or without the word that named its question."""
    kept = [line for words in split("\n".join(lines), asked).values() for line in words.split("\n")]
    for line in filter(str.strip, lines):
        assert line.strip() in map(str.strip, kept) or line.partition(":")[2].strip() in kept


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        (Q.PICTURE, "Yes!", Picture.YES),
        (Q.PICTURE, "not sure", Picture.NOT_SURE),
        (Q.PICTURE, "I don’t know...", Picture.NOT_SURE),
        (Q.PICTURE, "Not really", Picture.NO),
        (Q.PICTURE, ":+1:", Picture.YES),
        (Q.OPPORTUNITY, "they raised it", Opportunity.THEY_RAISED),
        (Q.OPPORTUNITY, "Yes, they raised it.", Opportunity.THEY_RAISED),
        (Q.OPPORTUNITY, "I did", Opportunity.I_RAISED),
        (Q.OPPORTUNITY, "no", Opportunity.NO),
        (Q.LIKES, "nothing", "nothing"),
        (Q.SKILLS, "SQL, C++\n- .NET; sql", ("SQL", "C++", ".NET")),
        (Q.SKILLS, "None.", None),
        (Q.REFERRALS, "- Tom Reed, Analyst at Acme\nUma Singh", (
            "Tom Reed, Analyst at Acme",
            "Uma Singh",
        )),
        (Q.REFERRALS, "nobody", None),
        (Q.THEIR_PROMISE, "the slides by friday", Promised("the slides by friday")),
        (Q.PROMISE, "No", None),
        (Q.PROMISE, "I'll send the article by friday", Promised(
            "I'll send the article", date(2026, 11, 27)
        )),
        (Q.PROMISE, "My notes\nand a book tomorrow.", Promised(
            "My notes\nand a book", date(2026, 11, 24)
        )),
        (Q.PROMISE, "What I said yesterday", Promised("What I said yesterday")),
        (Q.PROMISE, "tomorrow", Promised("tomorrow")),
        (Q.ADVICE, "-", None),
    ],
)  # fmt: skip
def test_a_reply_is_read_as_it_was_meant(question: Q, said: str, value: object) -> None:
    assert read_reply(question, said, NOW, "Europe/London") == Read(value)  # type: ignore[arg-type]  # any of the values


def test_a_choice_may_come_with_more_words() -> None:
    read = read_reply(Q.PICTURE, "Yes, the team is great", NOW, "UTC")
    assert (read.value, read.rest) == (Picture.YES, "the team is great")


@pytest.mark.parametrize(
    ("question", "said", "kind"),
    [
        (Q.PICTURE, "The team was lovely", ProblemKind.UNCLEAR),
        (Q.OPPORTUNITY, "yes", ProblemKind.UNCLEAR),
        (Q.REFERRALS, "She said that I should talk to her old team lead", ProblemKind.NO_NAME),
        (Q.SKILLS, ",".join(f"Skill {n}" for n in range(21)), ProblemKind.TOO_MANY),
        (Q.SKILLS, "x" * 61, ProblemKind.TOO_LONG),
        *((question, "x" * (most + 1), ProblemKind.TOO_LONG) for question, most in LONGEST.items()),
    ],
)
def test_what_cannot_be_kept_says_why(question: Q, said: str, kind: ProblemKind) -> None:
    problem = read_reply(question, said, NOW, "UTC").problem
    assert problem is not None and (problem.question, problem.kind) == (question, kind)


def test_skip_back_and_later_are_said_alone() -> None:
    assert [read_step(word) for word in ("Skip", " back.", "later!")] == list(Step)
    assert read_step("later she said") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("met Tom Reed, Analyst at Acme", "Tom Reed"),
        ("Met Uma Singh at Beta", "Uma Singh"),
        ("Met expectations", None),
        ("met the whole team at Acme", None),
        ("I met Tom Reed at Acme, and he said: ask early", None),
        ("met Tom Reed at Acme\nand Uma", None),
    ],
)
def test_only_met_somebody_at_a_company_is_an_aside(text: str, name: str | None) -> None:
    person = read_met_aside(text)
    assert (person and person.name) == name


def test_questions_follow_one_another_past_what_is_answered() -> None:
    assert next_question(()) == Q.TAKEAWAY
    assert next_question((Q.PICTURE, Q.LIKES), Q.TAKEAWAY) == Q.DISLIKES
    assert next_question((), Q.OPPORTUNITY) is None
    assert (question_before(Q.TAKEAWAY), question_before(Q.LIKES)) == (None, Q.PICTURE)
    assert left((Q.PICTURE,), Q.TAKEAWAY) == len(ORDER) - 2


def test_every_question_has_a_word_and_no_two_share_one() -> None:
    words = [word for labels in LABELS.values() for word in labels]
    assert LABELS.keys() == set(Q) and len(set(words)) == len(words)
