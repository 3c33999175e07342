"""The ten steps, as members call them."""

import pytest

from domain.steps import Step, read_step


@pytest.mark.parametrize("step", Step)
def test_each_step_is_known_by_its_number_and_its_name(step: Step) -> None:
    assert read_step(str(int(step))) == read_step(f"Step {step}") == step
    name = step.name.replace("_", " ")
    assert read_step(name) == read_step(name.title().replace(" ", "-")) == step


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("thank-you", Step.THANK),
        ("prepaer", Step.PREPARE),
        ("keep in tuoch", Step.KEEP_IN_TOUCH),
        ("promises", Step.FOLLOW_UP),
        ("  ASK  ", Step.ASK),
    ],
)
def test_other_words_and_slips_of_the_keys_are_understood(words: str, step: Step) -> None:
    assert read_step(words) == step


@pytest.mark.parametrize("words", ["", "   ", "0", "11", "99999999999", "٣", "frobnicate", "<@U1>"])
def test_what_is_no_step_is_none(words: str) -> None:
    """The guide then shows all of them."""
    assert read_step(words) is None
