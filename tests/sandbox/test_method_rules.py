"""Each rule about calls and answers, broken once (slack-platform.md 1.1, 2.8, 4)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession, request

from sandbox import acts
from sandbox.clock import VirtualClock
from sandbox.errors import SlackError
from sandbox.model import File, Message
from sandbox.objects import private_url
from sandbox.pace import OPENING
from sandbox.rules.methods import METHOD_RULES
from sandbox.server import APP_TOKEN, BOT_TOKEN, Sandbox
from sandbox.socket_mode import MOST_CONNECTIONS, Connection
from sandbox.web_api import METHODS
from sandbox.web_api.files import take_upload
from sandbox.web_api.method import read_arguments
from sandbox.workspace import BOT_USER_ID, SLACKBOT
from tests.sandbox.sample_app import MANIFEST
from tests.sandbox.samples import actions, asking, element, filed, home, md, modal, rich, section

ADA, BEN = "U0ADABROOK", "U0BENOKAFOR"
METADATA = {"event_type": "nudge", "event_payload": {"id": 1}}


class Slack:
    """A sandbox whose methods are called without a line in between."""

    def __init__(self) -> None:
        clock = VirtualClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), running=False)
        scopes = {"bot": [*MANIFEST["oauth_config"]["scopes"]["bot"], "files:write", "team:read"]}
        self.sandbox = Sandbox(MANIFEST | {"oauth_config": {"scopes": scopes}}, clock=clock)
        self.workspace = self.sandbox.workspace
        self.general = self.workspace.channel_named("general").id
        self.random = self.workspace.channel_named("random").id

    def call(self, name: str, /, **given: Any) -> Any:
        """Call a method; SlackError for what it refuses."""
        return METHODS[name].handle(self.sandbox, read_arguments(METHODS[name], given))

    def trigger(self, *, in_modal: bool = True) -> str:
        """A trigger_id of something that Ada did."""
        return self.sandbox.triggers.issue(ADA, in_modal=in_modal)

    def opened(self, **more: Any) -> Any:
        """Open a modal for Ada."""
        return self.call("views.open", trigger_id=self.trigger(), view=modal(**more))

    def dm(self) -> str:
        """Ada's direct conversation with the app."""
        return self.workspace.dm(ADA).id

    def hers(self) -> str:
        """The ts of a message that Ada wrote."""
        message = Message(self.workspace.ids.ts(), self.general, ADA, "mine")
        return self.workspace.add_message(message).ts

    def gone(self) -> "Slack":
        """Ada has left."""
        self.workspace.users[ADA].deleted = True
        return self

    def uploaded(self, name: str, *, complete: bool = True) -> str:
        """The id of a file of the app's own."""
        given = self.call("files.getUploadURLExternal", filename=name, length=1)
        take_upload(self.sandbox, given["upload_url"].rpartition("/")[2], b"x")
        if complete:
            self.call("files.completeUploadExternal", files=[{"id": given["file_id"]}])
        return str(given["file_id"])

    def granted(self, scope: str) -> "Slack":
        """The app has one scope more."""
        return self.with_scopes(*self.sandbox.manifest.scopes, scope)

    def with_scopes(self, *scopes: str) -> "Slack":
        """The app has these scopes."""
        self.sandbox.manifest = replace(self.sandbox.manifest, scopes=scopes)
        return self

    def unseen(self) -> "Slack":
        """The app may not see Ada."""
        self.workspace.users[ADA].is_visible = False
        return self

    def without(self, **features: bool) -> "Slack":
        """The app has other features."""
        manifest = {**MANIFEST, "features": {"app_home": features}}
        self.sandbox.manifest = Sandbox(manifest).manifest
        return self


def posting(**given: Any) -> Callable[[Slack], Any]:
    """Post to #general, changed by `given`."""
    return lambda slack: slack.call("chat.postMessage", **{"channel": slack.general, **given})


def whisper(**given: Any) -> Callable[[Slack], Any]:
    """Post for one person in #general."""
    to_ada = {"user": ADA, "text": "x", **given}
    return lambda slack: slack.call("chat.postEphemeral", channel=slack.general, **to_ada)


def calling(name: str, **given: Any) -> Callable[[Slack], Any]:
    """Call a method as it stands."""
    return lambda slack: slack.call(name, **given)


def change_own(slack: Slack, **given: Any) -> Any:
    """Change the app's own message."""
    ts = slack.call("chat.postMessage", channel=slack.general, text="x")["ts"]
    return slack.call("chat.update", channel=slack.general, ts=ts, **given)


def change_of_one_who_left(slack: Slack) -> Any:
    """Change a message in Ada's DM once she has left."""
    ts = slack.call("chat.postMessage", channel=ADA, text="x")["ts"]
    return slack.gone().call("chat.update", channel=slack.dm(), ts=ts, text="y")


def plain_for_rich(slack: Slack) -> Any:
    """Put a section where rich text stood."""
    ts = slack.call("chat.postMessage", channel=slack.general, blocks=[RICH])["ts"]
    return slack.call("chat.update", channel=slack.general, ts=ts, blocks=[section()])


def reply_to_private_answer(slack: Slack) -> Any:
    """Reply in a thread to what Ada alone sees."""
    return posting(text="x", thread_ts=whisper()(slack)["message_ts"])(slack)


def by_name_in_an_organisation(slack: Slack) -> Any:
    """Post by a channel's name with an organisation's token."""
    slack.sandbox.org_wide = True
    return posting(channel="#general", text="x")(slack)


def strangers_together(slack: Slack) -> Any:
    """Open a conversation of two from outside who share no channel."""
    for user_id in (ADA, BEN):
        slack.workspace.users[user_id].is_stranger = True
    for channel in slack.workspace.channels.values():
        channel.members.remove(BEN)
    return slack.granted("mpim:write").call("conversations.open", users=[ADA, BEN])


def a_thousand_people(slack: Slack) -> Any:
    """List a large workspace without a limit."""
    ada = slack.workspace.users[ADA]
    slack.workspace.users |= {f"U{n}": replace(ada, id=f"U{n}") for n in range(1000)}
    return slack.call("users.list")


def push(slack: Slack) -> Any:
    """Push a modal on what Ada has open."""
    return slack.call("views.push", trigger_id=slack.trigger(), view=modal())


def push_by_a_message(slack: Slack) -> Any:
    """Push a modal on what Ada has open, by what she pressed in a message."""
    slack.opened()
    return slack.call("views.push", trigger_id=slack.trigger(in_modal=False), view=modal())


def published_unseen(slack: Slack) -> Any:
    """Publish a Home for somebody whom the app may not see."""
    return slack.unseen().call("views.publish", user_id=ADA, view=home(section()))


def four_modals(slack: Slack) -> Any:
    """Open one and push three."""
    slack.opened()
    return [push(slack) for _ in range(3)]


def trigger_used_twice(slack: Slack) -> Any:
    """Open two modals by one act."""
    trigger_id = slack.trigger()
    return [slack.call("views.open", trigger_id=trigger_id, view=modal()) for _ in range(2)]


def late_trigger(slack: Slack) -> Any:
    """Open a modal after Slack's three seconds."""
    slack.sandbox.triggers._lifetime = -1.0
    return slack.opened()


def stale_hash(slack: Slack) -> Any:
    """Update a view by the hash that it had before."""
    view = slack.opened()["view"]
    for _ in range(2):
        answer = slack.call("views.update", view_id=view["id"], hash=view["hash"], view=modal())
    return answer


def upload_to(**given: Any) -> Callable[[Slack], Any]:
    """Complete an upload."""
    files = [{"id": "F404"}]
    return lambda slack: slack.call("files.completeUploadExternal", files=files, **given)


async def a_line_by_get(slack: Slack) -> None:
    """Ask for a line with GET."""
    await slack.sandbox.start()
    url, bearer = slack.sandbox.api_url, {"Authorization": f"Bearer {APP_TOKEN}"}
    async with ClientSession() as session, session.get(f"{url}{OPENING}", headers=bearer) as answer:
        assert (await answer.json())["error"] == "insecure_request"
    await slack.sandbox.stop()
    refusal = slack.sandbox.refusals[0]
    raise SlackError(refusal.error, refusal.messages, refusal.rules)


def over_http(slack: Slack) -> Any:
    """Ask for a connection where the manifest has addresses instead."""
    slack.sandbox.manifest = slack.sandbox.manifest.over_http("http://127.0.0.1:9/")
    return slack.call(OPENING)


def too_many_sockets(slack: Slack) -> Any:
    """Ask for an eleventh connection."""
    nobody: Any = None
    slack.sandbox.sockets.connections += [Connection(nobody)] * MOST_CONNECTIONS
    return slack.call("apps.connections.open")


async def late_answer(slack: Slack) -> None:
    """Answer after half an hour."""
    path = slack.sandbox.response_urls.issue("actions", ADA, slack.general).partition("/hooks/")[2]
    slack.sandbox.clock.advance(minutes=31)
    await slack.sandbox.response_urls.use(path, {"text": "x"})


def fast_posts(slack: Slack) -> Any:
    """Post eleven messages in one channel at once."""
    return [posting(text=f"{number}")(slack) for number in range(11)]


def many_calls(slack: Slack) -> Any:
    """List everybody, which is of tier 2, once more than 20 times in a minute."""
    for _ in range(20):
        slack.sandbox.pace.call("users.list")
    slack.sandbox.clock.advance(seconds=59)
    return slack.sandbox.pace.call("users.list")


async def six_answers(slack: Slack) -> None:
    """Answer six times."""
    path = slack.sandbox.response_urls.issue("actions", ADA, slack.general).partition("/hooks/")[2]
    for _ in range(6):
        await slack.sandbox.response_urls.use(path, {"text": "x"})


def responding(**answer: Any) -> Callable[[Slack], Awaitable[None]]:
    """Answer to a response_url in this way."""

    async def respond(slack: Slack) -> None:
        url = slack.sandbox.response_urls.issue("actions", ADA, slack.general)
        await slack.sandbox.response_urls.use(url.partition("/hooks/")[2], answer)

    return respond


async def _refusals_of_command(answer: Any) -> list[tuple[str, ...]]:
    slack = Slack()

    async def ask(kind: str, payload: Any, *, answers: bool) -> Any:
        return answer

    slack.sandbox.link.ask = ask  # type: ignore[method-assign]
    await acts.run_command(slack.sandbox, ADA, slack.general, "/echo hello")
    return [refusal.rules for refusal in slack.sandbox.refusals]


async def in_a_thread(slack: Slack) -> None:
    """Answer into the thread in which a message's shortcut was used."""
    root, urls = slack.hers(), slack.sandbox.response_urls
    url = urls.issue("app-actions", ADA, slack.general, in_thread=True)
    await urls.use(url.partition("/hooks/")[2], {"text": "x", "thread_ts": root})


async def speaking_out_of_turn(slack: Slack) -> None:
    """Say something in answer to a shortcut."""

    async def deliver(kind: str, payload: Any, **how: Any) -> Any:
        return {"text": "Done"}

    slack.sandbox.delivery.deliver = deliver  # type: ignore[method-assign]
    await acts.shortcut(slack.sandbox, ADA, "log_talk")
    refusal = slack.sandbox.refusals[0]
    raise SlackError(refusal.error, refusal.messages, refusal.rules)


def answering(**answer: Any) -> Callable[[Slack], Awaitable[None]]:
    """Answer a submission in this way."""

    async def submit(slack: Slack) -> None:
        async def ask(kind: str, payload: Any, *, answers: bool) -> Any:
            return answer

        slack.sandbox.link.ask = ask  # type: ignore[method-assign]
        question = asking(element("plain_text_input"), block_id="q", optional=True)
        given = {"trigger_id": slack.trigger(), "view": modal(question)}
        view_id = slack.call("views.open", **given)["view"]["id"]
        await acts.submit(slack.sandbox, ADA, view_id)
        refusal = slack.sandbox.refusals[0]
        raise SlackError(refusal.error, refusal.messages, refusal.rules)

    return submit


RICH = rich()
FULL = section(text=md("x" * 2950))
MUCH = [section(text=md("x" * 2500))] * 4 + [section()]
# Rules that a call breaks.
BREAKS: dict[str, Callable[[Slack], Any]] = {
    "api.required": calling("chat.postMessage", text="x"),
    "api.type": calling("users.list", limit="many"),
    "api.pace": many_calls,
    "api.pace.channel": fast_posts,
    "chat.channel": posting(channel="C404", text="x"),
    "chat.org": by_name_in_an_organisation,
    "chat.member": posting(channel="#random", text="x"),
    "chat.bot": posting(channel=BOT_USER_ID, text="x"),
    "chat.deactivated": lambda slack: posting(channel=ADA, text="x")(slack.gone()),
    "chat.archived": lambda slack: posting(channel=slack.dm(), text="x")(slack.gone()),
    "chat.messages_tab": lambda slack: posting(channel=ADA, text="x")(
        slack.without(home_tab_enabled=True)
    ),
    "chat.customize": posting(text="x", username="Somebody else"),
    "chat.text": posting(),
    "chat.text.type": lambda slack: slack.sandbox.posting.post(slack.general, {"text": 5}),
    "chat.blocks.format": posting(blocks=["x"]),
    "chat.blocks.text": posting(text="x", blocks=MUCH),
    "chat.attachments.format": posting(attachments="x"),
    "chat.attachments.block_id": posting(
        blocks=[section(block_id="a")], attachments=[{"blocks": [section(block_id="a")]}]
    ),
    "chat.attachments.most": posting(attachments=[{}] * 101),
    "chat.markdown.alone": posting(text="x", markdown_text="x"),
    "chat.markdown.longest": posting(markdown_text="x" * 12_001),
    "chat.metadata.form": posting(text="x", metadata={"event_type": "x"}),
    "chat.metadata.values": posting(
        text="x", metadata={"event_type": "x", "event_payload": {"ids": [1, 2]}}
    ),
    "chat.metadata.size": posting(
        text="x", metadata={"event_type": "x", "event_payload": {"x": "x" * 8_000}}
    ),
    "chat.thread": posting(text="x", thread_ts="1.1"),
    "chat.thread.kind": reply_to_private_answer,
    "chat.postEphemeral.member": whisper(user="U404"),
    "chat.postEphemeral.longest": whisper(text="é" * 2_001),
    "chat.update.longest": lambda slack: change_own(slack, text="x" * 4_001),
    "chat.update.own": lambda slack: slack.call(
        "chat.update", channel=slack.general, ts=slack.hers(), text="x"
    ),
    "chat.update.active": change_of_one_who_left,
    "chat.update.rich": plain_for_rich,
    "chat.delete.own": lambda slack: slack.call(
        "chat.delete", channel=slack.general, ts=slack.hers()
    ),
    "chat.message": lambda slack: slack.call("chat.delete", channel=slack.general, ts="1.1"),
    "views.trigger.given": calling("views.open", view=modal()),
    "views.trigger.known": calling("views.open", trigger_id="1.2.3", view=modal()),
    "views.trigger.once": trigger_used_twice,
    "views.trigger.soon": late_trigger,
    "views.size": calling("views.publish", user_id=ADA, view=home(*[FULL] * 84)),
    "views.external_id": lambda slack: [slack.opened(external_id="x") for _ in range(2)],
    "views.file_input": lambda slack: slack.opened(blocks=[asking({"type": "file_input"})]),
    "views.push.trigger": push_by_a_message,
    "views.push.open": push,
    "views.push.most": four_modals,
    "views.update.named": calling("views.update", view=modal()),
    "views.update.open": calling("views.update", view_id="V404", view=modal()),
    "views.hash": stale_hash,
    "views.publish.tab": lambda slack: slack.without(messages_tab_enabled=True).call(
        "views.publish", user_id=ADA, view=home()
    ),
    "views.publish.user": calling("views.publish", user_id=SLACKBOT, view=home()),
    "conversations.open.users": calling("conversations.open"),
    "conversations.open.scope": lambda slack: slack.with_scopes("mpim:write").call(
        "conversations.open", users=ADA
    ),
    "conversations.open.one": calling("conversations.open", users=[ADA, BEN]),
    "conversations.open.most": calling("conversations.open", users=[ADA] * 9),
    "conversations.open.fewest": lambda slack: slack.granted("mpim:write").call(
        "conversations.open", users=[ADA, ADA]
    ),
    "conversations.open.together": strangers_together,
    "conversations.open.visible": lambda slack: slack.unseen().call(
        "conversations.open", users=ADA
    ),
    "conversations.open.known": calling("conversations.open", users="U404"),
    "conversations.open.person": calling("conversations.open", users=BOT_USER_ID),
    "conversations.open.active": lambda slack: slack.gone().call("conversations.open", users=ADA),
    "conversations.open.kind": lambda slack: slack.call(
        "conversations.open", channel=slack.general
    ),
    "conversations.channel": calling("conversations.history", channel="D404"),
    "conversations.scope": lambda slack: slack.call("conversations.history", channel=slack.general),
    "conversations.member": lambda slack: _unread(slack),
    "conversations.oldest": lambda slack: slack.call(
        "conversations.history", channel=slack.dm(), oldest="yesterday"
    ),
    "conversations.latest": lambda slack: slack.call(
        "conversations.history", channel=slack.dm(), latest="now"
    ),
    "paging.limit": calling("users.list", limit=1000),
    "paging.needed": a_thousand_people,
    "paging.cursor": calling("users.list", cursor="nonsense"),
    "users.known": calling("users.info", user="U404"),
    "users.visible": lambda slack: slack.unseen().call("users.info", user=ADA),
    "users.email": calling("users.lookupByEmail", email="nobody@example.com"),
    "team.known": calling("team.info", team="T404"),
    "files.picture.access": posting(text="x", blocks=[filed(id="F404")]),
    "files.picture.format": lambda slack: posting(
        text="x", blocks=[filed(id=slack.uploaded("plan.pdf"))]
    )(slack),
    "files.length": calling("files.getUploadURLExternal", filename="a.ics", length=0),
    "files.alt_txt": calling(
        "files.getUploadURLExternal", filename="a.ics", length=1, alt_txt="x" * 1_001
    ),
    "files.snippet": calling(
        "files.getUploadURLExternal", filename="a.sql", length=1_000_001, snippet_type="sql"
    ),
    "files.bytes": lambda slack: take_upload(slack.sandbox, "nowhere", b"x"),
    "files.uploaded": upload_to(),
    "files.channel": upload_to(channel_id="#general"),
    "files.channels.most": upload_to(channels=["C1"] * 101),
    "sockets.post": a_line_by_get,
    "sockets.enabled": over_http,
    "sockets.most": too_many_sockets,
    "response_url.known": lambda slack: slack.sandbox.response_urls.use("actions/x", {}),
    "response_url.soon": late_answer,
    "response_url.thread": in_a_thread,
    "response_url.five": six_answers,
    "answer.field": responding(text="x", colour="red"),
    "answer.field.type": responding(text="x", replace_original="true"),
    "answer.response_type": responding(text="x", response_type="public"),
    "answer.empty": speaking_out_of_turn,
    "answer.action": answering(response_action="explode"),
    "answer.errors.text": answering(response_action="errors", errors={"q": 5}),
    "answer.errors": answering(response_action="errors", errors={"nowhere": "?"}),
}


def _unread(slack: Slack) -> Any:
    """Read a channel that the app is not in, with the scope for it."""
    scopes = {"bot": ["channels:history"]}
    slack.sandbox.manifest = Sandbox({"oauth_config": {"scopes": scopes}}).manifest
    return slack.call("conversations.history", channel=slack.random)


@pytest.mark.parametrize("rule", BREAKS)
async def test_slack_refuses_what_breaks_a_rule(rule: str) -> None:
    with pytest.raises(SlackError) as refused:
        answer = BREAKS[rule](Slack())
        if isinstance(answer, Awaitable):
            await answer
    assert refused.value.rules == (rule,)
    assert refused.value.code == METHOD_RULES[rule].code


# Rules about how a call comes: by rule, the token, the method, the body and its Content-Type.
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
CALLS: dict[str, tuple[str, str, str, str]] = {
    "api.method": (BOT_TOKEN, "chat.shout", "{}", JSON),
    "api.token.given": ("", "auth.test", "{}", JSON),
    "api.token.known": ("xoxb-other", "auth.test", "{}", JSON),
    "api.token.kind": (APP_TOKEN, "users.list", "{}", JSON),
    "api.scope": (BOT_TOKEN, "team.info", "{}", JSON),
    "api.json": (BOT_TOKEN, "auth.test", "{", JSON),
    "api.json.object": (BOT_TOKEN, "auth.test", "[]", JSON),
    "api.form": (BOT_TOKEN, "auth.test", "x", "multipart/form-data"),
    "api.body.type": (BOT_TOKEN, "auth.test", "<a/>", "text/xml"),
    "api.body.named": (BOT_TOKEN, "auth.test", "{}", ""),
    "api.charset": (BOT_TOKEN, "auth.test", "{}", f"{JSON}; charset=utf-16"),
    "api.argument": (BOT_TOKEN, "auth.test", "who-am-i=1", FORM),
    "api.argument.array": (BOT_TOKEN, "conversations.open", "users[0]=U1", FORM),
    "api.token.alive": (BOT_TOKEN, "auth.test", "{}", JSON),
    "api.token.revoked": (BOT_TOKEN, "auth.test", "{}", JSON),
}


async def test_slack_refuses_a_call_that_comes_wrong(sandbox: Sandbox) -> None:
    """One sandbox for all of them: each is told apart by its rule."""
    broken: list[str] = []
    async with ClientSession() as session:
        for rule, (token, name, body, content_type) in CALLS.items():
            sandbox.installed = rule != "api.token.alive"
            sandbox.token_revoked = rule == "api.token.revoked"
            headers = {"Content-Type": content_type} if content_type else {}
            headers |= {"Authorization": f"Bearer {token}"} if token else {}
            url = sandbox.api_url + name
            call = session.post(url, data=body, headers=headers, skip_auto_headers=["Content-Type"])
            async with call as response:
                assert (await response.json())["error"] == METHOD_RULES[rule].code
            broken += sandbox.refusals[-1].rules
    assert broken == list(CALLS)


def test_every_rule_about_calls_has_its_breaking_example() -> None:
    assert {*BREAKS, *CALLS} == set(METHOD_RULES)


async def test_what_a_method_takes_at_its_limit() -> None:
    """One less than what breaks the rule."""
    slack = Slack()
    posting(text="x", blocks=[section(text=md("x" * 2500))] * 4)(slack)
    posting(markdown_text="x" * 12_000, attachments=[{}] * 100, metadata=METADATA)(slack)
    whisper(text="é" * 2_000)(slack)
    change_own(slack, text="x" * 4_000)
    slack.opened()
    push(slack), push(slack)
    assert len(slack.workspace.stacks[ADA]) == 3
    slack.call("views.publish", user_id=ADA, view=home(*[FULL] * 82))
    slack.call("users.list", limit=999)


async def test_pictures_are_the_apps_own_or_were_shown_to_it() -> None:
    slack = Slack()
    own, half = slack.uploaded("a.png"), slack.uploaded("b.png", complete=False)
    there, elsewhere = (_shared(slack, channel) for channel in (slack.general, slack.random))
    for good in (filed(id=own), filed(id=there.id), filed(url=private_url(there))):
        posting(text="x", blocks=[good])(slack)
        slack.call("views.publish", user_id=ADA, view=home(good))
    for bad in (filed(id=half), filed(id=elsewhere.id), filed(url="https://a.example/x.png")):
        with pytest.raises(SlackError, match="invalid slack file") as refused:
            slack.call("views.publish", user_id=ADA, view=home(bad))
        assert refused.value.code == "invalid_arguments"


def test_metadata_has_nothing_beside_its_kind_and_what_it_carries() -> None:
    metadata = {"event_type": "x", "event_payload": {}, "note": "x"}
    with pytest.raises(SlackError) as refused:
        posting(text="x", metadata=metadata)(Slack())
    assert refused.value.rules == ("chat.metadata.form",)


async def test_markdown_may_be_longer_than_text() -> None:
    slack = Slack()
    change_own(slack, markdown_text="x" * 12_000)
    whisper(text=None, markdown_text="x" * 12_000)(slack)


async def test_files_are_shared_by_the_rules_of_messages() -> None:
    slack = Slack()
    file_id = slack.uploaded("plan.ics")

    def share(**more: Any) -> None:
        files = [{"id": file_id}]
        channel = {"files": files, "channel_id": slack.general}
        slack.call("files.completeUploadExternal", **channel, **more)

    with pytest.raises(SlackError) as refused:
        share(thread_ts="1.1")
    assert refused.value.rules == ("chat.thread",)
    share(initial_comment="x" * 40_001)
    [message] = slack.workspace.channels[slack.general].messages
    assert len(message.text) == 40_000
    with pytest.raises(SlackError) as refused:
        for _ in range(20):
            share()
    assert refused.value.rules == ("api.pace.channel",)


def _shared(slack: Slack, channel_id: str) -> File:
    """A picture that Ada showed in a channel."""
    file_id, kind = slack.workspace.ids.next("F"), "image/jpeg"
    file = File(file_id, "c.jpg", 1, content=b"x", mimetype=kind, user_id=ADA, shared=True)
    slack.workspace.files[file_id] = file
    ts = slack.workspace.ids.ts()
    slack.workspace.add_message(Message(ts, channel_id, ADA, "", files=[file]))
    return file


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ({"response_action": "clear", "text": "x"}, "answer.field"),
        ({"response_action": "errors", "errors": {"q": "No"}, "view": {}}, "answer.field"),
        ({"text": "x"}, "answer.action"),
        ({"response_action": ["clear"]}, "answer.action"),
    ],
)
async def test_a_submission_is_answered_with_what_its_action_needs(answer: Any, rule: str) -> None:
    with pytest.raises(SlackError) as refused:
        await answering(**answer)(Slack())
    assert refused.value.rules == (rule,)


UNANSWERABLE: dict[str, Any] = {
    "chat.blocks.text": {"blocks": MUCH},
    "chat.metadata.form": {"text": "x", "metadata": {"event_type": "x"}},
    "chat.thread": {"text": "x", "thread_ts": "1.1"},
    "answer.field": {"text": "x", "colour": "red"},
    "answer.field.type": {"text": "x", "mrkdwn": "yes"},
    "answer.response_type": {"text": "x", "response_type": "public"},
}


@pytest.mark.parametrize("rule", UNANSWERABLE)
async def test_answers_are_held_to_what_messages_are(rule: str) -> None:
    answer = UNANSWERABLE[rule]
    assert await _refusals_of_command(answer) == [(rule,)]
    with pytest.raises(SlackError) as refused:
        await responding(**answer)(Slack())
    assert refused.value.rules == (rule,)


NULLS = section(accessory=None, block_id=None)


@pytest.mark.parametrize("body", [{"blocks": [NULLS]}, {"attachments": [{"blocks": [NULLS]}]}])
async def test_a_field_that_is_null_counts_as_left_out(body: Any) -> None:
    slack = Slack()
    message = posting(text="x", **body)(slack)["message"]
    (block,) = message.get("blocks") or message["attachments"][0]["blocks"]
    assert block["block_id"]
    assert "accessory" not in block
    assert slack.opened(blocks=[NULLS])["view"]["blocks"][0]["block_id"]


DEEP = "[" * 100_000 + "]" * 100_000
ODD: list[tuple[str, str, str]] = [
    ("auth.test", DEEP, "invalid_json"),
    ("auth.test", '{"x": "\\ud800"}', "invalid_json"),
    ("chat.postMessage", f'{{"channel": "C1", "blocks": "{DEEP}"}}', "invalid_blocks_format"),
    ("files.completeUploadExternal", '{"files": ["x"]}', "invalid_arguments"),
    ("files.completeUploadExternal", '{"files": [{"id": []}]}', "file_not_found"),
    ("users.list", '{"limit": []}', "invalid_arguments"),
    ("users.list", '{"limit": Infinity}', "invalid_arguments"),
]


@pytest.mark.parametrize(("name", "body", "code"), ODD, ids=[f"{n} {c}" for n, _, c in ODD])
async def test_odd_values_are_refused_by_a_code(name: str, body: str, code: str) -> None:
    sandbox = Slack().sandbox
    await sandbox.start()
    headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": JSON}
    async with ClientSession() as session:
        call = session.post(sandbox.api_url + name, data=body, headers=headers)
        async with call as response:
            assert (await response.json())["error"] == code
    await sandbox.stop()


def test_odd_types_in_blocks_are_refused_by_a_code() -> None:
    for block in (section(text={"type": [], "text": "x"}), picker(timezone=[])):
        with pytest.raises(SlackError, match="invalid_blocks"):
            posting(blocks=[block])(Slack())
    with pytest.raises(SlackError, match="invalid_metadata_format"):
        Slack().sandbox.posting.checked({"text": "x", "metadata": "y"})


def picker(**more: Any) -> Any:
    """A time picker in its block."""
    return actions(element("timepicker", **more))


async def test_what_the_sandbox_stumbles_over_is_no_success(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: Any) -> Any:
        raise LookupError("mislaid")

    monkeypatch.setitem(METHODS, "auth.test", replace(METHODS["auth.test"], handle=stumble))
    monkeypatch.setattr(sandbox.response_urls, "use", stumble)
    hook = sandbox.response_urls.issue("actions", ADA, "C1")
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    for url in (f"{sandbox.api_url}auth.test", hook):
        call = request("POST", url, json={}, headers=headers)  # a line each: a failure ends it
        async with call as response:
            assert response.status == 500
    assert [one.method for one in sandbox.refusals] == ["auth.test", "response_url"]
    assert {one.error for one in sandbox.refusals} == {"fatal_error"}


def test_the_text_in_attachments_counts() -> None:
    halves = {"blocks": MUCH[:3], "attachments": [{"blocks": MUCH[:2]}]}
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        posting(text="x", **halves)(Slack())


async def test_a_message_cannot_be_emptied() -> None:
    with pytest.raises(SlackError, match="no_text"):
        change_own(Slack(), blocks=[])


@pytest.mark.parametrize(
    ("rule", "breaking"),
    [
        ("chat.thread", whisper(thread_ts="1.1")),
        ("views.publish.user", published_unseen),
        (
            "chat.attachments.block_id",
            posting(attachments=[{"blocks": [section(block_id="a")]}] * 2),
        ),
    ],
)
async def test_a_rule_holds_wherever_it_may_be_broken(
    rule: str, breaking: Callable[[Slack], Any]
) -> None:
    with pytest.raises(SlackError) as refused:
        breaking(Slack())
    assert refused.value.rules == (rule,)


async def test_a_file_input_is_taken_with_files_read() -> None:
    Slack().granted("files:read").opened(blocks=[asking({"type": "file_input"})])


@pytest.mark.parametrize(
    ("query", "headers", "body"),
    [
        (f"?token={BOT_TOKEN}", {"Content-Type": FORM}, ""),
        ("", {"Content-Type": JSON}, f'{{"token": "{BOT_TOKEN}"}}'),
        ("", {"Content-Type": FORM, "Authorization": BOT_TOKEN}, ""),
        ("", {"Content-Type": FORM, "Authorization": f"Basic {BOT_TOKEN}"}, f"token={BOT_TOKEN}"),
    ],
)
async def test_a_token_is_taken_as_bearer_or_in_a_form(
    sandbox: Sandbox, query: str, headers: dict[str, str], body: str
) -> None:
    url = f"{sandbox.api_url}auth.test"
    async with ClientSession() as session:
        async with session.post(url + query, data=body, headers=headers) as response:
            assert (await response.json())["error"] == "not_authed"
        form = {"Content-Type": FORM}
        async with session.post(url, data=f"token={BOT_TOKEN}", headers=form) as response:
            assert (await response.json())["ok"]
