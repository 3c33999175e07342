"""What Home says of the paths: how far each is, and what is missing: people, skills."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, HeaderBlock

from domain.gaps import Gap
from domain.mix import Lopsided
from domain.numbers import LEAST_TALKS, MOST_TALKS
from domain.vocabulary import Vantage
from handlers.views.elements import button, plain, row, small
from handlers.views.words import Bold, Line, cut, number_word, rich

ADD_KIND = "contact_add_kind"

_MOSTLY = {
    Vantage.BOSS: "would be your boss",
    Vantage.PEER: "are peers",
    Vantage.SENIOR: "are further up",
    Vantage.RECRUITER: "are recruiters",
    Vantage.OTHER: "do something else",
}
_LACKING = {Vantage.BOSS: "would-be boss", Vantage.PEER: "peer"}


def path_lines(paths: Sequence[tuple[str, int]]) -> list[Block]:
    """How many talks there were on each path; `paths` are names with talks."""
    if not paths:
        return []
    lines: list[Line] = [[Bold(cut(name, 100)), f" — {_so_far(talks)}"] for name, talks in paths]
    return [HeaderBlock(text=plain("Paths")), rich(*lines)]


def mix_line(mix: Lopsided | None) -> list[Block]:
    """The kind of people that is missing on a path, with the button that adds one."""
    if mix is None:
        return []
    kind = _LACKING[mix.lacks]
    add = button(f"Add a {kind}", ADD_KIND, f"{mix.lacks}:{mix.path}")
    return [small(f"{mix_words(mix)}."), row(add)]


def mix_words(mix: Lopsided) -> str:
    """Say what is missing: "Data analyst: 6 of 7 are recruiters, no would-be boss yet"."""
    path = f"{cut(mix.path, 100)}: " if mix.path else ""
    # Of whom nobody said what they are, one may be just the one who is missing.
    of = f"the {mix.placed} you placed" if mix.unplaced else str(mix.placed)
    return f"{path}{mix.many} of {of} {_MOSTLY[mix.mostly]}, no {_LACKING[mix.lacks]} yet"


def gap_lines(gaps: Sequence[Gap], of: int) -> list[Block]:
    """The skills that talks named most and that the member lacks; `of` counts the talks."""
    if not gaps:
        return []
    talks = "talk" if of == 1 else "talks"
    lines: list[Line] = [
        [Bold(cut(gap.skill, 100)), f": {gap.talks} of {of} {talks}"] for gap in gaps
    ]
    return [HeaderBlock(text=plain("Skills they name that you lack")), rich(*lines)]


def _so_far(talks: int) -> str:
    """How far a path is; never a conclusion before there were enough talks."""
    if talks >= MOST_TALKS:
        return f"{talks} talks: more would tell you little that is new."
    so_far = f"{talks} of {LEAST_TALKS} to {MOST_TALKS} talks."
    if talks >= LEAST_TALKS:
        return f"{so_far} What several say alike is a pattern."
    return f"{so_far} {number_word(LEAST_TALKS - talks)} more before you trust a pattern."
