"""What the sandbox refuses: to the app with Slack's codes, to a person as Slack's client does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class SlackError(Exception):
    """An answer with `ok: false`: Slack's error code, its messages and further fields.

    `rules`: the ids of the rules that were broken.
    """

    def __init__(
        self, code: str, messages: Sequence[str] = (), rules: tuple[str, ...] = (), **fields: str
    ) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = list(messages)
        self.rules = rules
        self.fields = fields


class ClientRefused(Exception):
    """Slack's own client would not let the person do this; `errors` maps block ids to texts."""

    def __init__(self, text: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.errors = dict(errors or {})


class NoAnswer(Exception):
    """The app did not acknowledge in time (`operation_timeout`) or was away (`dispatch_failed`).

    Over HTTP also, for events: it answered with anything but success (`http_error`), sent Slack
    from place to place (`too_many_redirects`), or has no certificate that holds (`ssl_error`);
    `is_final` when it asked not to be tried again.
    """

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


@dataclass(frozen=True)
class Refusal:
    """One call or answer of the app that Slack would refuse."""

    method: str
    error: str
    messages: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()  # the ids of the rules that were broken

    @classmethod
    def of(cls, method: str, error: SlackError) -> "Refusal":
        """Keep what was refused."""
        return cls(method, error.code, tuple(error.messages), error.rules)
