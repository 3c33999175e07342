"""Whatever comes to the bot's address is refused, and does nothing; `make soak` sends more."""

import io

import pytest

from bot.http_door import Door
from tests.abuse.run import HARMLESS, IGNORED, Outcome, abused_house
from tests.stories.conftest import log

__all__ = ["log"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whatever_comes_is_refused_cleanly_and_does_nothing(
    database_url: str, log: io.StringIO
) -> None:
    outcome = await abused_house(database_url, count=60)
    assert outcome.clean, outcome
    assert "a listener failed" not in log.getvalue()
    assert {kind for kind, _ in outcome.answers} > {*HARMLESS, IGNORED}
    assert outcome.answers["replayed", 401] > 0
    assert outcome.answers[IGNORED, 404] > 0


@pytest.mark.parametrize("status", [200, 302, 500])
@pytest.mark.parametrize("kind", ["unsigned", "badly signed"])
def test_letting_in_what_is_not_signed_is_a_failure(kind: str, status: int) -> None:
    outcome = Outcome()
    outcome.answers[kind, 401] += 1
    assert outcome.clean
    outcome.answers[kind, status] += 1
    assert not outcome.clean


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_door_that_looks_at_no_signature_is_found_out(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Door, "_is_signed", lambda door, request, body: True)
    outcome = await abused_house(database_url, count=20, kinds=["badly signed"])
    assert {kind for kind, _ in outcome.let_in} == {"badly signed"}
    assert "badly signed" in outcome.did
    assert not outcome.clean
