"""Options that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

Elsewhere = Annotated[
    str | None, typer.Option("--scenario", help="The scenario's folder, if it is found nowhere else.")
]
