"""A message is shortened only where Slack would refuse it whole."""

from handlers.views.elements import button, row
from handlers.views.fitting import MOST_IN_BLOCKS, fitting
from handlers.views.words import Bold, rich

LONG = "what I learned there " * 100


def test_a_message_that_fits_stays_as_it_is() -> None:
    blocks = [rich([Bold("Grace Hill"), LONG]), row(button("Fine", "fine"))]
    assert fitting(blocks) is blocks


def test_the_longest_pieces_give_way_first() -> None:
    """Names and short words stay whole; nothing that was drawn before changes."""
    blocks = [rich([Bold("Grace Hill"), LONG]) for _ in range(20)]
    before = [block.to_dict() for block in blocks]
    short = [block.to_dict() for block in fitting(blocks)]
    pieces = [part["text"] for block in short for part in block["elements"][0]["elements"]]
    assert pieces[::2] == ["Grace Hill"] * 20
    assert all(piece.endswith("…") and LONG.startswith(piece[:-1]) for piece in pieces[1::2])
    assert MOST_IN_BLOCKS / 2 < sum(map(len, pieces)) <= MOST_IN_BLOCKS
    assert [block.to_dict() for block in blocks] == before
