"""A look at the metrics of a house, as Prometheus takes it."""

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import CONTENT_TYPE
from domain.vocabulary import NudgeKind
from tests.stories.conftest import PRIVATE_WORDS, House


class Figures(dict[str, float]):
    """What a scrape gave: name, with its labels' values behind it, and number."""

    def of(self, outcome: str) -> float:
        """How many nudges of the question how it went came to this."""
        return self[f"rapport_nudges_total {NudgeKind.DID_IT_TAKE_PLACE} {outcome}"]


async def scrape(house: House) -> Figures:
    """Ask as Prometheus does; nobody's name, words or id may be in the answer."""
    assert house.bot.metrics_url is not None
    async with aiohttp.ClientSession() as http, http.get(house.bot.metrics_url) as answer:
        text = await answer.text()
        assert (answer.status, answer.headers["Content-Type"]) == (200, CONTENT_TYPE)
    ids = [house.ada.id, house.ben.id]
    assert not [word for word in (*PRIVATE_WORDS, *ids) if word in text]
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
    return Figures({" ".join([s.name, *s.labels.values()]): s.value for s in samples})
