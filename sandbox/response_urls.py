"""response_url: five answers within thirty minutes (slack-platform.md 2.8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.answers import check_answer
from sandbox.model import Json, Message, View, elements_of
from sandbox.rules.methods import broken

if TYPE_CHECKING:
    from sandbox.server import Sandbox

USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass
class _Grant:
    user_id: str
    channel_id: str
    source_ts: str | None
    until: datetime
    in_thread: bool = False
    uses: int = 0


class ResponseUrls:
    """The response URLs that were handed out."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._grants: dict[str, _Grant] = {}

    def issue(
        self,
        kind: str,
        user_id: str,
        channel_id: str,
        source_ts: str | None = None,
        *,
        in_thread: bool = False,
    ) -> str:
        """A new URL for an act of this user here; `source_ts` is the message acted on.

        `in_thread`: for a shortcut that was used in a thread, into which no answer may go.
        """
        path = f"{kind}/T0SANDBOX/{len(self._grants) + 1}/sandbox"
        until = self._sandbox.clock.now() + LIFETIME
        self._grants[path] = _Grant(user_id, channel_id, source_ts, until, in_thread)
        return f"{self._sandbox.url}/hooks/{path}"

    def of_view(self, view: View) -> list[Json]:
        """New URLs for the conversations chosen in selects with response_url_enabled (2.3)."""
        found = []
        for block, element in elements_of(view.blocks):
            block_id, action_id = block["block_id"], element["action_id"]
            if not element.get("response_url_enabled"):
                continue
            leaf = view.held[block_id][action_id]
            channel_id = leaf.get("selected_conversation") or leaf.get("selected_channel")
            if channel_id:
                url = self.issue("app", view.user_id, channel_id)
                keys = {"block_id": block_id, "action_id": action_id, "channel_id": channel_id}
                found.append({**keys, "response_url": url})
        return found

    async def use(self, path: str, answer: Json) -> None:
        """Take one answer; SlackError for one that Slack would refuse."""
        grant = self._grants.get(path)
        if grant is None:
            raise broken("response_url.known")
        if self._sandbox.clock.now() > grant.until:
            raise broken("response_url.soon")
        if grant.uses >= USES:
            raise broken("response_url.five")
        grant.uses += 1
        check_answer(answer, self._sandbox.workspace.channels[grant.channel_id])
        if grant.in_thread and answer.get("thread_ts"):
            raise broken("response_url.thread")
        source = self._source(grant)
        if answer.get("delete_original"):
            if source is not None:
                self._sandbox.posting.remove(source)
        elif answer.get("replace_original") and source is not None:
            self._sandbox.posting.change(source, answer, keep_text=False)
        else:
            self._post(grant, source, answer)

    def _source(self, grant: _Grant) -> Message | None:
        channel = self._sandbox.workspace.channels[grant.channel_id]
        return channel.find(grant.source_ts) if grant.source_ts else None

    def _post(self, grant: _Grant, source: Message | None, answer: Json) -> None:
        public = answer.get("response_type") == "in_channel"
        from_private = source is not None and source.is_ephemeral
        only_for = grant.user_id if from_private or not public else None
        self._sandbox.posting.post(grant.channel_id, answer, only_for=only_for)
