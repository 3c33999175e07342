"""Whatever comes to the bot's address is refused, and does nothing; `make soak` sends more."""

import io

import pytest

from tests.abuse.run import HARMLESS, abused_house
from tests.stories.conftest import log

__all__ = ["log"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whatever_comes_is_refused_cleanly_and_does_nothing(
    database_url: str, log: io.StringIO
) -> None:
    outcome = await abused_house(database_url, count=60)
    assert outcome.clean, outcome
    assert "a listener failed" not in log.getvalue()
    for kind in HARMLESS:
        assert {s // 100 for k, s in outcome.answers if k == kind} == {4}, outcome
    assert outcome.answers["replayed", 401] > 0
