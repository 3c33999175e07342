"""The draft check: good messages pass, bad ones are caught for the right reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.draft_check import ALL, Purpose, check, count_words
from domain.draft_check.purpose import guess
from tests.domain.draft_corpus import Message, corpus
from tests.domain.draft_doc import DOC, document

CORPUS = corpus()
GOOD = "Hi Grace, we both studied at Leeds. Could we talk for 20 minutes on Tuesday? Thank you, Ada"


def rules(text: str, purpose: Purpose = Purpose.ASK) -> list[str]:
    return [finding.rule for finding in check(text, purpose)]


@pytest.mark.parametrize("message", [pytest.param(m, id=m.name) for m in CORPUS])
def test_each_message_is_caught_by_the_rules_that_ought_to_and_no_other(message: Message) -> None:
    """But for what is known to be missed, or to be a false alarm: that stands in the corpus."""
    expected = (set(message.expect) - set(message.missed)) | set(message.false_alarms)
    assert message.caught_by() == expected


def test_the_corpus_is_large_enough_and_knows_every_rule() -> None:
    assert len(CORPUS) >= 60
    assert len(ALL) >= 12
    assert len({message.name for message in CORPUS}) == len(CORPUS)
    assert {rule for message in CORPUS for rule in message.expect} == {rule.id for rule in ALL}
    assert all(set(message.missed) <= set(message.expect) for message in CORPUS)


def test_the_page_about_the_check_is_true() -> None:
    """`python -m tests.domain.draft_doc` writes it anew."""
    assert DOC.read_text(encoding="utf-8") == document()


def test_every_rule_gives_a_reason_and_a_better_way() -> None:
    assert len({rule.id for rule in ALL}) == len(ALL)
    for rule in ALL:
        assert rule.title and rule.reason[-1] in ".?" and rule.better


def test_a_finding_says_in_which_line_it_is() -> None:
    text = f"Hi Grace,\n\n{GOOD}\n\nI have attached my slides. Bye"
    (finding,) = check(text)
    assert (finding.rule, finding.line) == ("attaches", 5)
    assert finding.quote == "I have attached my slides."


def test_a_sentence_that_the_mail_program_has_broken_is_read_as_one() -> None:
    asks = "I am looking for a\nnew job. Could we\ntalk for 20 minutes? Thanks"
    text = f"Hi Grace, we both studied at Leeds. {asks}"
    (finding,) = check(text)
    assert finding.quote == "I am looking for a new job."


def test_a_line_of_its_own_is_a_sentence_of_its_own() -> None:
    """A short line ends where somebody has ended it, with or without a full stop."""
    (finding,) = check(f"{GOOD}\n\nYours, Ada\n- My CV is attached\n- I sing, too")
    assert (finding.line, finding.quote) == (4, "- My CV is attached")


def test_all_blanks_are_named_at_once() -> None:
    (finding,) = check(GOOD.replace("Leeds", "⟨a⟩").replace("Tuesday", "⟨b⟩"))
    assert finding.quote == "⟨a⟩, ⟨b⟩"


@pytest.mark.parametrize(("words", "found"), [(100, []), (101, ["too_long"])])
def test_a_hundred_words_are_the_most(words: int, found: list[str]) -> None:
    text = GOOD + " So" * (words - count_words(GOOD))
    assert count_words(text) == words
    assert rules(text) == found


def test_words_are_counted_as_people_count_them() -> None:
    assert count_words("Don't forget: a 20-minute talk at 10:30 — that's all.") == 9


def test_accents_capitals_and_curly_marks_make_no_difference() -> None:
    assert rules(f"{GOOD} PLEASE LOOK AT MY RÉSUMÉ") == ["asks_for_resume_look"]
    assert rules(f"{GOOD} I’ve attached it.") == ["attaches"]


def test_what_is_for_a_first_ask_is_not_asked_of_a_thank_you() -> None:
    thanks = "Hi Grace, thank you for the talk. What you said about maps stays with me. Ada"
    assert rules(thanks, Purpose.THANKS) == []
    assert rules(thanks) != []


def test_what_a_message_is_for_is_guessed_from_its_beginning() -> None:
    assert guess("Hi Grace, thank you for the talk. What you said helped. Ada") == Purpose.THANKS
    assert guess("Hi Grace, thank you for your time. Could we talk again?") == Purpose.ASK
    assert guess(GOOD) == guess("") == Purpose.ASK


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_an_empty_message_has_no_faults(text: str) -> None:
    assert check(text) == []


@given(st.text(max_size=3000), st.sampled_from(Purpose))
def test_any_text_can_be_checked(text: str, purpose: Purpose) -> None:
    """Each rule speaks once, in a line that there is."""
    found = check(text, purpose)
    assert len({finding.rule for finding in found}) == len(found)
    assert all(0 <= finding.line <= text.count("\n") + 1 for finding in found)


@pytest.mark.parametrize(
    "piece", ["a", "i am ", "you ", "my application ", "⟨", "[", "{a", "<a ", "\n"]
)
def test_a_long_text_is_checked_in_no_time(piece: str) -> None:
    """Nobody can keep the bot busy with what they paste."""
    check((piece * 3000)[:3000])
