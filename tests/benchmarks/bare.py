"""The yardstick: a bare Textual app of a list, prose and a footer."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, OptionList, Static

PROSE = "The text is what that chair could read at that hour, about as long as a page is. " * 18


class Bare(App[None]):
    """As much as any screen of this kind has, and nothing else."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - as the library's documentation writes it

    def compose(self) -> ComposeResult:
        """Compose a page, a list and a footer."""
        yield Static(PROSE)
        yield OptionList(*[f"option {n}" for n in range(1, 9)])
        yield Footer()


if __name__ == "__main__":
    Bare().run()
