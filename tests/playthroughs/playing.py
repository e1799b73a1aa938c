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
    "air-strike": ("strike-tomorrow",),
    "invasion": ("invade",),
    "blockade": ("announce-quarantine",),
    "negotiation": ("private-talks", "demand-in-public"),
    "missile-swap": ("offer-the-swap", "offer-the-swap-openly"),
    "wait": ("wait",),
}
"""Which option of the desk begins each course; the first one open that day is taken."""

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
    """Play Washington as in 1962 until the desk of `day`, begin a course there, and go on by the weights.

    None when the game is over before that desk, or the course cannot be begun at it.
    """
    game = Game(scenario, header(scenario, seed, {"washington": "person"}, luck))
    game.run()
    begun = False
    while (occurrence := game.awaited) is not None:
        if begun:
            still = STILL.get(scenario.scene_of(occurrence).id) if course == "wait" else None
            drawn = scenario.scene_of(occurrence).option[draw(scenario, game.state, seed).option].id
            option = still if still in open_ids(scenario, game.state, occurrence) else drawn
        elif occurrence.full == f"desk@{day}":
            option = next((one for one in COURSES[course] if one in open_ids(scenario, game.state, occurrence)), None)
            if option is None:
                return None
            begun = True
        else:
            named = historical(scenario, occurrence)
            weighed = scenario.scene_of(occurrence).option[draw(scenario, game.state, seed).option].id
            option = named if named in open_ids(scenario, game.state, occurrence) else weighed
        assert option is not None
        game.choose(option)
    return game if begun else None


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
