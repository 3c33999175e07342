"""The options of `rapport sandbox`."""

from typing import Annotated

import typer

PortOption = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        max=65535,
        help="The page's port (default: 4390, or a free one if that is taken).",
    ),
]
NoOpenOption = Annotated[
    bool, typer.Option("--no-open", metavar="", help="Print the address, but open no browser.")
]
KeptOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Keep what you try, as in sqlite:///try.db (default: forgotten at the end).",
    ),
]
WithoutBotOption = Annotated[
    bool,
    typer.Option("--without-bot", metavar="", help="The workspace alone, for an app of your own."),
]
RequestUrlOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="With --without-bot: send everything there over HTTP, once an app answers, as in "
        "http://127.0.0.1:3000/slack/events (default: Socket Mode).",
    ),
]
DemoOption = Annotated[
    bool,
    typer.Option(
        "--demo", metavar="", help="A made-up cohort in the middle of it, played in a few seconds."
    ),
]
