"""Options and arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Save = Annotated[Path, typer.Argument(help="A save.")]
ScenarioRef = Annotated[str, typer.Argument(metavar="[SCENARIO]", help="A scenario's id or a folder's path.")]
Elsewhere = Annotated[
    str | None, typer.Option("--scenario", help="The scenario's folder, if it is found nowhere else.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Plain = Annotated[bool, typer.Option("--plain", help="Numbered lines, no redraw.")]
