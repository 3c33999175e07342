"""Messages as answers: to a slash command at once, or to a response_url (slack-platform.md 2.8)."""

from sandbox.model import Channel, Json
from sandbox.posting import check_thread
from sandbox.rules.methods import ANSWER_FIELDS, RESPONSE_TYPES, broken


def check_answer(answer: Json, channel: Channel) -> None:
    """Check what is in an answer beyond its message; SlackError for what Slack refuses."""
    unknown = [name for name in answer if name not in ANSWER_FIELDS]
    if unknown:
        name = unknown[0]
        raise broken("answer.field", f"invalid additional property: {name} [json-pointer:/{name}]")
    if answer.get("response_type") not in (None, *RESPONSE_TYPES):
        words = ", ".join(RESPONSE_TYPES)
        hint = f"must be a valid enum value: {words} [json-pointer:/response_type]"
        raise broken("answer.response_type", hint)
    if answer.get("thread_ts"):
        check_thread(channel, answer["thread_ts"])
