"""Where the command line prints: what was asked for, and what is wrong."""

from typing import Annotated

import typer
from rich.console import Console

output = Console(soft_wrap=True, highlight=False)
complaints = Console(stderr=True, soft_wrap=True, highlight=False)

DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="Use this database instead of DATABASE_URL."),
]
