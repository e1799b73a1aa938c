"""Games that follow 1962 up to a day and then begin a course of their own, written out as a reader would see them."""

from __future__ import annotations

from excomm_game.engine.game import Game
from excomm_game.engine.policy import historical, open_ids
from excomm_game.engine.rules import Chose, draw
from excomm_game.engine.scenario import Scenario
from excomm_game.plain.ending import aftermath
from excomm_game.plain.replay import as_told, replayed
from tests.headers import header

COURSES = {
    "air-strike": ("strike-tomorrow", "air-strike", "strike-monday", "strike-at-dawn", "order-the-strike",
                   "monday-at-dawn"),
    "invasion": ("invade", "invasion"),
    "blockade": ("announce-quarantine", "blockade", "quarantine-first-step"),
    "negotiation": ("private-talks", "demand-in-public", "negotiation", "demand-only"),
    "missile-swap": ("offer-the-swap", "offer-the-swap-openly", "missile-swap", "speak-of-a-trade"),
    "wait": ("wait", "say-nothing", "go-on-waiting", "let-it-lie"),
}  # fmt: skip
"""Which options begin each course, wherever they are offered; the first one open on that day is taken."""

STILL = {
    "course-of-action": "wait",
    "the-speech": "say-nothing",
    "still-silent": "no-comment",
    "silence-and-the-sites": "go-on-waiting",
    "sunday-council": "let-it-lie",
    "desk": "wait",
}
"""What waiting means once it has begun."""


def begin(scenario: Scenario, course: str, day: int, seed: int, luck: str = "drawn") -> Game | None:
    """Play Washington as in 1962 until a course can be begun on `day`, begin it there, and go on by the weights.

    None when nothing on that day begins it, or the game is over before.
    """
    game = Game(scenario, header(scenario, seed, {"washington": "person"}, luck))
    game.run()
    begun = False
    while (occurrence := game.awaited) is not None:
        are_open = open_ids(scenario, game.state, occurrence)
        starts = next((one for one in COURSES[course] if one in are_open), None) if occurrence.day == day else None
        weighed = scenario.scene_of(occurrence).option[draw(scenario, game.state, seed).option].id
        if begun:
            still = STILL.get(scenario.scene_of(occurrence).id) if course == "wait" else None
            option = still if still in are_open else weighed
        elif starts is not None:
            option, begun = starts, True
        elif occurrence.day > day:
            return None
        else:
            named = historical(scenario, occurrence)
            option = named if named in are_open else weighed
        assert option is not None
        game.choose(option)
    return game if begun else None


def sit(scenario: Scenario, seat: str, policy: str, seed: int) -> Game:
    """Play a whole game with a policy in one seat; the others and chance go by the weights."""
    game = Game(scenario, header(scenario, seed, {seat: f"policy:{policy}"}))
    game.run()
    return game


def transcript(game: Game, seat: str = "washington") -> str:
    """Return a whole game: what the seat was told and chose, then all that happened beside it, then the aftermath."""
    last = len(game.choices)
    lines = [f"WHAT {seat.upper()} WAS TOLD", *as_told(game, seat, 0, last)]
    hidden = [
        f"{n}. {event.occurrence.full} / {event.option}"
        for n, event in game.events()
        if isinstance(event, Chose) and event.occurrence.seat != seat
    ]
    lines += ["", "WHAT OTHERS AND CHANCE CHOSE", *hidden]
    lines += [*replayed(game, last + 1, last + 1), *aftermath(game)]
    return "\n".join(line.rstrip() for text in lines for line in text.split("\n")) + "\n"
