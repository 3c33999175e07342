"""The question bank: enough for every phase and vantage, and nothing that asks for a job."""

import re
from collections import Counter

import pytest

from domain.questions import (
    LEAST_PICKED,
    Question,
    Trouble,
    arranged,
    bank,
    last_question,
    questions_for,
    trouble_with,
)
from domain.vocabulary import Phase, Vantage

ALL = list(bank().values())
EVERY_VANTAGE: list[Vantage | None] = [None, *Vantage]
# Words by which a question would ask to be taken on, or for a look at the member's papers.
ASKS_FOR_A_JOB = re.compile(
    r"\bopening|\bvacan|\bpositions?\b|\bjobs?\b|\bhir(e|ing)|\brecruit|\bappl(y|ication)"
    r"|\br[ée]sum[ée]|\bcv\b|\brefer me|\brecommend me|\binterview me|\bput in a (good )?word",
    re.IGNORECASE,
)


def test_the_bank_has_at_least_sixty_questions() -> None:
    assert len(ALL) >= 60


def test_every_phase_has_at_least_six_for_anybody() -> None:
    for_anybody = Counter(question.phase for question in ALL if not question.vantages)
    assert all(for_anybody[phase] >= 6 for phase in Phase)


def test_every_vantage_has_at_least_five_of_its_own() -> None:
    own = Counter(vantage for question in ALL for vantage in question.vantages)
    assert all(own[vantage] >= 5 for vantage in Vantage)


def test_no_question_is_there_twice() -> None:
    texts = [re.sub(r"\W", "", question.text).casefold() for question in ALL]
    assert len(set(texts)) == len(texts) == len({question.id for question in ALL})


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_a_question_asks_one_thing_in_a_line_that_a_menu_shows_whole(question: Question) -> None:
    assert question.text.endswith("?")
    assert question.text.count("?") == 1
    assert len(question.text) <= 75
    assert question.text == question.text.strip()
    assert re.fullmatch(r"[a-z0-9_]{1,32}", question.id)


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_no_question_asks_for_a_job_or_for_what_a_profile_says(question: Question) -> None:
    assert not ASKS_FOR_A_JOB.search(question.text)
    assert trouble_with(question.text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Is there an opening for me?",
        "Are you hiring?",
        "Would you look at my résumé?",
        "Could you refer me?",
        "Do you see a role for me at Acme?",
        "Are there any openings in your team?",
    ],
)
def test_an_own_question_that_asks_for_a_job_is_noticed(text: str) -> None:
    assert trouble_with(text) == Trouble.ASKS_FOR_A_JOB


@pytest.mark.parametrize(
    "text", ["What do you do?", "what exactly do you do all day", "A typical day?"]
)
def test_an_own_question_that_a_profile_answers_is_noticed(text: str) -> None:
    assert trouble_with(text) == Trouble.SAID_ALREADY


@pytest.mark.parametrize(
    "text",
    [
        "What do you do when a client says no?",
        "What makes this job hard?",
        "How do you hire people who think otherwise?",
        "Which role did luck play for you?",
        "When did the team last open up to outsiders?",
    ],
)
def test_an_own_question_that_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert trouble_with(text) is None


@pytest.mark.parametrize("vantage", EVERY_VANTAGE)
def test_what_is_offered_fits_who_is_asked(vantage: Vantage | None) -> None:
    offered = questions_for(vantage)
    assert list(offered) == list(Phase)
    assert sum(map(len, offered.values())) >= LEAST_PICKED
    for phase, questions in offered.items():
        assert questions, phase
        assert all(q.phase == phase for q in questions)
        assert all(not q.vantages or vantage in q.vantages for q in questions)
        own_first = [bool(q.vantages) for q in questions]
        assert own_first == sorted(own_first, reverse=True)


@pytest.mark.parametrize("vantage", EVERY_VANTAGE)
def test_the_last_question_is_asked_without_being_picked(vantage: Vantage | None) -> None:
    assert last_question().text == "Who else should I talk to?"
    assert last_question().phase == Phase.CLOSING
    assert last_question() not in questions_for(vantage)[Phase.CLOSING]


def test_own_questions_come_when_people_have_warmed_up() -> None:
    phases = [Phase.CLOSING, None, Phase.GETTING_IN, Phase.OPENING, None, Phase.THE_WORK]
    assert arranged([], phases, lambda phase: phase) == [
        Phase.OPENING,
        Phase.THE_WORK,
        None,
        None,
        Phase.GETTING_IN,
        Phase.CLOSING,
    ]


def test_a_new_question_leaves_the_others_in_the_order_that_was_chosen() -> None:
    chosen: list[Phase | None] = [Phase.GETTING_IN, Phase.THE_WORK, Phase.CLOSING]
    new: list[Phase | None] = [Phase.THE_FIELD, Phase.OPENING]
    assert arranged(chosen, new, lambda phase: phase) == [
        Phase.OPENING,
        Phase.GETTING_IN,
        Phase.THE_WORK,
        Phase.THE_FIELD,
        Phase.CLOSING,
    ]
