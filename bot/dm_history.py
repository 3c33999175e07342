"""Finds nudges in a DM's history by the ids that their messages carry."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from storage.nudges import Claimed

EVENT_TYPE = "rapport_nudges"
# Slack's clock and ours may differ, and ours may have been set; looking further back costs nothing.
LOOK_BACK = timedelta(days=1)
PAGE = 200


def metadata(nudges: Sequence[Claimed]) -> dict[str, Any]:
    """Give the metadata of a message with these nudges: their ids, and what each is about."""
    ids = ",".join(str(nudge.id) for nudge in nudges)
    kinds = ",".join(nudge.kind for nudge in nudges)
    return {"event_type": EVENT_TYPE, "event_payload": {"nudges": ids, "kinds": kinds}}


async def found_in_history(
    client: AsyncWebClient, channel_id: str, wanted: Sequence[Claimed]
) -> dict[int, str]:
    """Find the messages that carry these nudges: their ids with the messages' ts."""
    ids = {str(nudge.id): nudge.id for nudge in wanted}
    oldest = min(nudge.due_at for nudge in wanted) - LOOK_BACK
    found: dict[int, str] = {}
    cursor = ""
    while True:
        page = await client.conversations_history(
            channel=channel_id,
            include_all_metadata=True,
            oldest=str(oldest.timestamp()),
            limit=PAGE,
            cursor=cursor or None,
        )
        for message in page["messages"]:
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == EVENT_TYPE:
                carried = metadata["event_payload"]["nudges"].split(",")
                found |= {ids[i]: message["ts"] for i in carried if i in ids}
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor or len(found) == len(ids):
            return found
