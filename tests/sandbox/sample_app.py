"""A small Bolt app that uses all that the sandbox offers; it knows nothing of the sandbox."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Sample"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Sample"},
        "shortcuts": [
            {"name": "Log a talk", "type": "global", "callback_id": "log_talk"},
            {"name": "Save as contact", "type": "message", "callback_id": "save_contact"},
        ],
        "slash_commands": [
            {"command": "/contact", "description": "Save", "should_escape": True},
            {"command": "/echo", "description": "Echo", "usage_hint": "[TEXT]"},
            {"command": "/silent", "description": "Never answers"},
            {"command": "/broken", "description": "Answers what Slack refuses"},
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["commands", "chat:write", "im:write", "im:history", "users:read"]}
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "message.im", "team_join", "user_change"]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def plain(text: str) -> dict[str, Any]:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def option(label: str) -> dict[str, Any]:
    """An option whose value is its label in small letters."""
    return {"text": plain(label), "value": label.lower()}


def text_input(block_id: str, label: str, **more: Any) -> dict[str, Any]:
    """An input block with a text input."""
    element = {"type": "plain_text_input", "action_id": "typed", **more.pop("element", {})}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        **more,
    }


def contact_form(metadata: str = "") -> dict[str, Any]:
    """A modal with the usual inputs."""
    company = {"type": "external_select", "action_id": "company", "min_query_length": 1}
    stage = {"type": "static_select", "action_id": "stage", "options": [option("Asked")]}
    return {
        "type": "modal",
        "callback_id": "contact",
        "private_metadata": metadata,
        "notify_on_close": True,
        "title": plain("New contact"),
        "submit": plain("Save"),
        "blocks": [
            text_input("name", "Name", element={"max_length": 80}),
            text_input("email", "Email", optional=True, element={"type": "email_text_input"}),
            text_input("company", "Company", optional=True, element=company),
            text_input("stage", "Stage", optional=True, element=stage),
            text_input(
                "when", "When", optional=True, element={"type": "datepicker", "action_id": "when"}
            ),
            {
                "type": "actions",
                "block_id": "more",
                "elements": [{"type": "button", "action_id": "grow", "text": plain("More")}],
            },
        ],
    }


def nudge(text: str) -> list[dict[str, Any]]:
    """A message with two buttons and an overflow menu."""
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {
            "type": "actions",
            "block_id": "nudge",
            "elements": [
                {"type": "button", "action_id": "done", "text": plain("Done"), "value": "7"},
                {"type": "button", "action_id": "later", "text": plain("Later")},
                {"type": "overflow", "action_id": "menu", "options": [option("Skip")]},
            ],
        },
    ]


def build_app(client: AsyncWebClient, seen: list[dict[str, Any]]) -> AsyncApp:
    """The app; `seen` collects the payloads that it gets."""
    app = AsyncApp(client=client, signing_secret="sandbox", request_verification_enabled=False)

    @app.middleware
    async def keep(body: dict[str, Any], next: Any) -> None:
        seen.append(body)
        await next()

    @app.command("/contact")
    async def contact(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=contact_form(body["text"]))

    @app.command("/echo")
    async def echo(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack(f"You said {body['text']}")
        await respond("And again")

    @app.command("/silent")
    async def silent() -> None:
        """Never acknowledges."""

    @app.command("/broken")
    async def broken(ack: Any) -> None:
        await ack(blocks=[{"type": "header", "text": {"type": "mrkdwn", "text": "*No*"}}])

    @app.view("contact")
    async def save(
        ack: Any, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient
    ) -> None:
        name = view["state"]["values"]["name"]["typed"]["value"]
        if name == "wrong":
            await ack(response_action="errors", errors={"name": "Who is that?"})
        elif name == "nonsense":
            await ack(response_action="errors", errors={"nowhere": "?"})
        elif name == "pushed":
            await ack(response_action="push", view=contact_form("second"))
        elif name == "cleared":
            await ack(response_action="clear")
        elif name == "silent":
            return
        else:
            await ack()
            await client.chat_postMessage(
                channel=body["user"]["id"],
                text=f"Saved {name}",
                blocks=nudge(f"*Saved* {name}"),
                metadata={"event_type": "nudge", "event_payload": {"id": 7}},
            )

    @app.view_closed("contact")
    async def closed(ack: Any) -> None:
        await ack()

    @app.options("company")
    async def companies(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[option("Acme"), option("Acorn")] if payload["value"] else [])

    @app.action("grow")
    async def grow(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        form = contact_form()
        form["blocks"].insert(1, text_input("nick", "Nickname", optional=True))
        view = body["view"]
        await client.views_update(view_id=view["id"], hash=view["hash"], view=form)

    @app.action("done")
    async def done(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Done, thank you", replace_original=True)

    @app.action("later")
    async def later(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        await client.chat_update(channel=channel, ts=ts, text="Later, then")

    @app.action("hello")
    async def hello(ack: Any) -> None:
        await ack()

    @app.action("menu")
    async def menu(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(f"Chosen: {body['actions'][0]['selected_option']['value']}")

    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        words = {"type": "mrkdwn", "text": f"Hello <@{event['user']}>"}
        button = {"type": "button", "action_id": "hello", "text": plain("Press me")}
        section = {"type": "section", "text": words, "accessory": button}
        view = {"type": "home", "blocks": [section]}
        await client.views_publish(user_id=event["user"], view=view)

    @app.event("message")
    async def heard(event: dict[str, Any], say: Any) -> None:
        if "subtype" not in event and not event.get("bot_id"):
            await say(f"I heard {event['text']}")

    @app.event("user_change")
    async def changed() -> None:
        """Only looked at."""

    @app.event("team_join")
    async def joined() -> None:
        """Only looked at."""

    @app.shortcut("log_talk")
    async def log_talk(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=contact_form())

    @app.shortcut("save_contact")
    async def save_contact(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        form = contact_form()
        form["blocks"][0]["element"]["initial_value"] = body["message"]["text"]
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    return app
