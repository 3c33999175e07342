"""A contact's stage follows from what was logged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.stages import stage_of
from domain.vocabulary import Stage, TouchKind

ASKED, REPLIED, FOLLOW_UP = TouchKind.ASKED, TouchKind.REPLIED, TouchKind.FOLLOW_UP
TALK, THANK_YOU, UPDATE = TouchKind.TALK, TouchKind.THANK_YOU, TouchKind.UPDATE
NOTE, INTRODUCTION, DECLINED = TouchKind.NOTE, TouchKind.INTRODUCTION, TouchKind.DECLINED
NOT_NOW = TouchKind.NOT_NOW


@pytest.mark.parametrize(
    ("touches", "stage"),
    [
        ([], Stage.IDENTIFIED),
        ([NOTE], Stage.IDENTIFIED),
        ([ASKED], Stage.ASKED),
        ([ASKED, FOLLOW_UP], Stage.ASKED),
        ([ASKED, REPLIED], Stage.REPLIED),
        ([ASKED, REPLIED, NOTE], Stage.REPLIED),
        ([ASKED, DECLINED], Stage.DECLINED),
        ([ASKED, REPLIED, TALK], Stage.TALKED),
        ([TALK], Stage.TALKED),
        ([TALK, THANK_YOU], Stage.THANKED),
        ([TALK, THANK_YOU, UPDATE], Stage.IN_TOUCH),
        ([TALK, THANK_YOU, TALK], Stage.TALKED),
        ([TALK, DECLINED], Stage.DECLINED),
        ([DECLINED, ASKED, REPLIED], Stage.REPLIED),
        ([TALK, DECLINED, THANK_YOU], Stage.DECLINED),
        ([TALK, DECLINED, THANK_YOU, UPDATE], Stage.DECLINED),
        ([DECLINED, INTRODUCTION], Stage.DECLINED),
        ([ASKED, NOT_NOW], Stage.NOT_NOW),
        ([ASKED, NOT_NOW, NOTE, UPDATE, THANK_YOU, INTRODUCTION], Stage.NOT_NOW),
        ([ASKED, NOT_NOW, ASKED], Stage.ASKED),
        ([ASKED, NOT_NOW, REPLIED], Stage.REPLIED),
        ([TALK, NOT_NOW], Stage.NOT_NOW),
        ([NOT_NOW, TALK], Stage.TALKED),
        ([NOT_NOW, DECLINED], Stage.DECLINED),
    ],
)
def test_the_stage_follows_from_what_was_logged(touches: list[TouchKind], stage: Stage) -> None:
    """Each touch leads on; a note changes nothing."""
    assert stage_of(touches) == stage


@pytest.mark.parametrize("later", [ASKED, REPLIED, FOLLOW_UP, INTRODUCTION])
@pytest.mark.parametrize("before", [[TALK], [TALK, THANK_YOU], [TALK, UPDATE]])
def test_nobody_goes_back_to_the_start_after_a_talk(
    before: list[TouchKind], later: TouchKind
) -> None:
    """Who has talked and writes again is in touch."""
    assert stage_of([*before, later]) == Stage.IN_TOUCH


def test_a_talk_ahead_shows_until_it_is_settled() -> None:
    """A date in the calendar is what matters most; but who has declined has declined."""
    assert stage_of([], talk_ahead=True) == Stage.SCHEDULED
    assert stage_of([TALK, THANK_YOU], talk_ahead=True) == Stage.SCHEDULED
    assert stage_of([DECLINED], talk_ahead=True) == Stage.DECLINED


TOUCHES = st.lists(st.sampled_from(TouchKind))


@given(TOUCHES, st.booleans(), st.sampled_from(Stage))
def test_the_members_own_word_always_wins(
    touches: list[TouchKind], talk_ahead: bool, said: Stage
) -> None:
    """Whatever was logged."""
    assert stage_of(touches, talk_ahead=talk_ahead, overruled=said) == said


@given(TOUCHES, TOUCHES)
def test_notes_never_change_the_stage(before: list[TouchKind], after: list[TouchKind]) -> None:
    """A note may stand anywhere."""
    assert stage_of([*before, NOTE, *after]) == stage_of([*before, *after])


def test_whoever_was_looked_up_is_researched_until_something_passes_between_you() -> None:
    assert stage_of([], researched=True) == Stage.RESEARCHED
    assert stage_of([TouchKind.NOTE], researched=True) == Stage.RESEARCHED
    assert stage_of([TouchKind.ASKED], researched=True) == Stage.ASKED
    assert stage_of([], researched=True, talk_ahead=True) == Stage.SCHEDULED
    assert stage_of([], researched=True, overruled=Stage.IDENTIFIED) == Stage.IDENTIFIED


@pytest.mark.parametrize(
    ("touches", "stage"),
    [
        ([], Stage.REPLIED),
        ([ASKED], Stage.REPLIED),
        ([ASKED, TouchKind.RESTED], Stage.REPLIED),
        ([ASKED, DECLINED], Stage.DECLINED),
        ([ASKED, NOT_NOW], Stage.NOT_NOW),
        ([TALK, THANK_YOU], Stage.THANKED),
    ],
)
def test_who_agreed_to_a_talk_that_fell_through_has_answered(
    touches: list[TouchKind], stage: Stage
) -> None:
    assert stage_of(touches, agreed=True) == stage
