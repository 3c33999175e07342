"""What members may say after "list"."""

import pytest

from domain.lists import Which, read_which
from domain.vocabulary import Stage


@pytest.mark.parametrize(
    ("words", "which"),
    [
        ("", Which()),
        ("everybody", Which()),
        ("asked", Which(stage=Stage.ASKED)),
        ("To Ask", Which(stage=Stage.IDENTIFIED)),
        ("no reply", Which(stage=Stage.NO_REPLY)),
        ("in touch", Which(stage=Stage.IN_TOUCH)),
        ("at  Acme & Co", Which(company="Acme & Co")),
        ("path Data analyst", Which(path="Data analyst")),
        ("60 days", Which(silent_days=60)),
        ("Archived", Which(archived=True)),
        ("not in touch for 90 days", Which(silent_days=90)),
        ("silent 30d", Which(silent_days=30)),
        ("0 days", None),
        ("whatever", None),
    ],
)
def test_words_say_which_contacts(words: str, which: Which | None) -> None:
    assert read_which(words) == which


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_has_a_name(stage: Stage) -> None:
    assert read_which(stage.value.replace("_", " ")) == Which(stage=stage)
