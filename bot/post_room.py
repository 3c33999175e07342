"""What delivery works with, and the pen with which it corrects what it has sent."""

from dataclasses import dataclass
from datetime import datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.metrics import Metrics
from bot.pace import Pace
from bot.slack_failures import classify
from handlers.answers import bring_up_to_date
from handlers.nudges_shown import as_it_stands
from storage.errors import DatabaseAway, Gone
from storage.nudges import SentMessage
from storage.sessions import Sessions

log = structlog.get_logger()


@dataclass(frozen=True)
class PostRoom:
    """What a process delivers with, since a moment; `owner` tells it from every other."""

    client: AsyncWebClient
    sessions: Sessions
    clock: Clock
    pace: Pace
    metrics: Metrics
    owner: str
    since: datetime

    async def correct(self, member_id: int, sent: SentMessage) -> None:
        """Rewrite a message of which something was settled by another one, or meanwhile."""
        try:
            async with self.sessions.member_by_id(member_id) as session:
                message = await as_it_stands(session, sent, self.clock.now())
            if message is not None:
                await bring_up_to_date(self.client, sent.channel_id, sent.ts, message)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            # A press on it will say that it is settled.
            self.metrics.refused(classify(error))
            log.warning("delivery: not brought up to date", error=type(error).__name__)
        except (DatabaseAway, Gone) as error:
            # What was sent is recorded, and others are on their way.
            log.warning("delivery: not brought up to date", error=type(error).__name__)
