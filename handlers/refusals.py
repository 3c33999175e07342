"""What a failed call to Slack tells, as far as listeners and the machine both ask."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

# aiohttp raises these before a byte of the request has left.
NOTHING_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


def error_code(error: SlackApiError) -> str:
    """Read Slack's code from a refusal, such as `invalid_auth`; empty if it sent none."""
    # slack_sdk puts aiohttp's own response, or text, here when the body was not JSON.
    data: Any = getattr(error.response, "data", error.response)
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) else ""
