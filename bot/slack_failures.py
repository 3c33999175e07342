"""What a failed call to Slack means for the caller."""

from enum import StrEnum
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackObjectFormationError, SlackRequestError

from handlers.refusals import NOTHING_SENT, error_code

__all__ = [
    "NOTHING_SENT",
    "Failure",
    "classify",
    "concerns_every_call",
    "error_code",
    "retry_after",
]


class Failure(StrEnum):
    """What went wrong, sorted by what to do about it."""

    RATE_LIMITED = "rate_limited"  # not taken: wait `retry_after`, send again
    TRANSIENT_REFUSED = "transient_refused"  # surely not taken: send again soon
    UNCERTAIN = "uncertain"  # perhaps taken: look before sending again
    DEAD_CREDENTIALS = "dead_credentials"  # stop until there is a new token
    CONFIGURATION = "configuration"  # tell the administrator, do not repeat
    CALLER_BUG = "caller_bug"  # Slack refused what was sent: do not repeat
    TARGET_GONE = "target_gone"  # nobody there any more: record and skip


_CODES: dict[Failure, str] = {
    Failure.RATE_LIMITED: "ratelimited rate_limited",
    Failure.TRANSIENT_REFUSED: "service_unavailable",
    Failure.UNCERTAIN: "internal_error fatal_error request_timeout",
    Failure.DEAD_CREDENTIALS: """
        invalid_auth not_authed token_revoked token_expired account_inactive org_login_required
        team_added_to_org team_access_not_granted two_factor_setup_required""",
    Failure.CONFIGURATION: """
        missing_scope not_allowed_token_type no_permission access_denied accesslimited
        enterprise_is_restricted ekm_access_denied deprecated_endpoint method_deprecated
        messages_tab_disabled app_access_restricted forbidden_team not_enabled unknown_method
        restricted_action""",
    Failure.TARGET_GONE: """
        channel_not_found user_not_found users_not_found user_disabled user_not_visible
        message_not_found is_archived is_inactive not_in_channel user_not_in_channel
        cannot_dm_bot""",
}
# These may be about one member only: a setting of theirs, or a rule for some.
_PERHAPS_ONE_MEMBERS = frozenset(
    {"no_permission", "access_denied", "ekm_access_denied", "app_access_restricted"}
)
_BY_CODE = {code: failure for failure, codes in _CODES.items() for code in codes.split()}


def classify(error: BaseException) -> Failure:
    """Say what a failed call means; an error nobody has thought of counts as uncertain."""
    if isinstance(error, SlackApiError):
        return _classify_answer(error)
    if isinstance(error, aiohttp.InvalidURL):
        return Failure.CONFIGURATION
    if isinstance(error, NOTHING_SENT):
        return Failure.TRANSIENT_REFUSED
    if isinstance(error, SlackRequestError | SlackObjectFormationError | TypeError | ValueError):
        return Failure.CALLER_BUG
    return Failure.UNCERTAIN


def concerns_every_call(error: BaseException) -> bool:
    """Say whether any other call of this method in this workspace would fail in the same way."""
    failure = classify(error)
    if failure == Failure.CONFIGURATION and isinstance(error, SlackApiError):
        code = error_code(error)
        return code not in _PERHAPS_ONE_MEMBERS and not code.startswith("restricted_action")
    return failure in (Failure.RATE_LIMITED, Failure.DEAD_CREDENTIALS, Failure.CONFIGURATION)


def retry_after(error: BaseException) -> float | None:
    """Read how many seconds Slack asks to wait, or None where it does not say."""
    if not isinstance(error, SlackApiError):
        return None
    value: Any = getattr(error.response, "headers", {}).get("Retry-After")
    try:
        return max(0.0, float(value))
    except (TypeError, ValueError):
        return None


def _classify_answer(error: SlackApiError) -> Failure:
    code = error_code(error)
    if code in _BY_CODE:
        return _BY_CODE[code]
    if code.startswith("restricted_action_"):
        return Failure.CONFIGURATION
    status = _status(error)
    if status == 429:
        return Failure.RATE_LIMITED
    if status >= 500 or not code:
        return Failure.UNCERTAIN
    return Failure.CALLER_BUG


def _status(error: SlackApiError) -> int:
    # slack_sdk puts aiohttp's own response here when the body was not JSON.
    for name in ("status_code", "status"):
        value = getattr(error.response, name, None)
        if isinstance(value, int):
            return value
    return 0
