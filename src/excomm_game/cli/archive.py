"""The disk as the full screen asks for it. What needs models is imported when asked for: the title comes before it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from excomm_game.cli import common, sitting
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import printable
from excomm_game.files import notes as notes_file
from excomm_game.files import places, texts
from excomm_game.files import settings as settings_file
from excomm_game.tui.archive import Archive, Recording, SaveEntry, ScenarioEntry, Sitting, Wanted

if TYPE_CHECKING:
    from excomm_game.engine.lines import Glance
    from excomm_game.engine.record import Header
    from excomm_game.engine.scenario import Scenario
    from excomm_game.files.saves import Listing as SaveListing
    from excomm_game.files.scenarios import Listing


class Disk:
    """The archive on disk; a key is a save's path.

    `scenario` names one by its folder that is found nowhere else; here it goes before any other of its id.
    """

    def __init__(self, scenario: str | None = None) -> None:
        self._elsewhere = scenario

    def scenarios(self) -> list[ScenarioEntry]:
        """Return the scenarios that can be played, by name."""
        known = self._known()
        return [ScenarioEntry(one, known[one].title, known[one].minutes) for one in sorted(known)]

    def scenario(self, scenario_id: str) -> Scenario:
        """Load a scenario. Raises ExcommError when there is none, or one with faults."""
        from excomm_game.files import scenarios

        ref = self._ref(scenario_id)
        return scenarios.load(ref) if ref else scenarios.load_by_id(scenario_id)

    def begin(self, wanted: Wanted) -> Sitting:
        """Begin a game and its save. Raises ExcommError, having written nothing."""
        ref = self._ref(wanted.scenario) or wanted.scenario
        return sat(sitting.begun(wanted._replace(scenario=ref)))

    def resume(self, key: str) -> Sitting:
        """Open a save to go on with it, or to see its ending. Raises ExcommError where it cannot go on."""
        return sat(sitting.resumed(Path(key), self._ref_of(key)))

    def saves(self) -> list[SaveEntry]:
        """Return the player's saves, the newest first, then the real thirteen days."""
        from excomm_game.files import saves

        known = self._known()
        return [_entry(one, known) for one in (*saves.listings(), saves.listing(places.history_save()))]

    def put_away(self, key: str) -> str:
        """Move a save out of the list, with what lies beside it; return where it is. Raises ExcommError."""
        from excomm_game.files.put_away import put_away

        return str(put_away(Path(key)))

    def newest(self) -> str | None:
        """Return the key of the player's newest save, or None when there is none."""
        return next(map(str, places.player_saves()), None)

    def recording(self, key: str) -> Recording:
        """Open a save to watch it as far as it is sound. Raises ExcommError where there is nothing to watch."""
        path = Path(key)
        decoded, replay = common.replayed(path, self._ref_of(key))
        notes, doubts = _notes(path)
        return Recording(replay.game, key, (*common.doubts_of(path, decoded, replay), *doubts), notes)

    def branch(self, key: str, n: int) -> Sitting:
        """Make a new save that shares the first n choices, and open it for play. Raises ExcommError."""
        ref = self._ref_of(key)
        return sat(sitting.resumed(sitting.branched(Path(key), n, ref), ref))

    def keep_notes(self, key: str, notes: Mapping[int, str]) -> str:
        """Write the notes on a save, whole, to a file beside it; return the file's name. Raises ExcommError."""
        return notes_file.write(Path(key), notes).name

    def drafts(self, key: str, header: Header) -> dict[str, str]:
        """Return the answers that were begun in a game and not kept, by question. Raises ExcommError."""
        from excomm_game.files import drafts as drafts_file

        return drafts_file.read(Path(key), header)

    def keep_draft(self, key: str, header: Header, question: str, text: str) -> None:
        """Write what was begun on one question to a file beside the save. Raises ExcommError."""
        from excomm_game.files import drafts as drafts_file

        drafts_file.keep(Path(key), header, question, text)

    def keep_text(self, name: str, text: str) -> str:
        """Write a text to a new file of the player's; return where it is. Raises ExcommError."""
        return str(texts.write_new(name, text))

    def guide(self) -> str:
        """Return the player's guide, in Markdown."""
        return places.guide("player")

    def settings(self) -> dict[str, object]:
        """Return the player's settings as they were kept; nothing where none were, or where they cannot be read."""
        return settings_file.read()

    def keep_settings(self, settings: Mapping[str, object]) -> None:
        """Keep the player's settings. Raises ExcommError."""
        settings_file.write(settings)

    def _known(self) -> dict[str, Listing]:
        """Return the scenarios that have a seat to play, by id; the one from elsewhere under the id it gives itself."""
        from excomm_game.files import scenarios

        found = scenarios.listings()
        if self._elsewhere is not None:
            found.append(scenarios.named(self._elsewhere))
        return {one.id: one for one in found if one.seats}

    def _ref(self, scenario_id: str) -> str | None:
        """Return the scenario from elsewhere where it has this id."""
        from excomm_game.files import scenarios

        elsewhere = self._elsewhere
        return elsewhere if elsewhere is not None and scenarios.named(elsewhere).id == scenario_id else None

    def _ref_of(self, key: str) -> str | None:
        """Return the scenario from elsewhere where it is the one of this save."""
        from excomm_game.files import saves

        return self._ref(saves.header(Path(key)).scenario)


if TYPE_CHECKING:
    _: type[Archive] = Disk  # where Disk falls short of what the full screen asks for, the type checker says so


def sat(opened: sitting.Opened) -> Sitting:
    """Return an opened game as the full screen takes it."""
    return Sitting(opened.game, str(opened.path), opened.writer.append, opened.writer.close, opened.doubts)


def _notes(path: Path) -> tuple[dict[int, str], tuple[str, ...]]:
    """Return the notes on a save; where they cannot be read, none and the reason: the save itself can be watched."""
    try:
        return notes_file.read(path), ()
    except ExcommError as error:
        return {}, (str(error),)


def _entry(one: SaveListing, known: Mapping[str, Listing]) -> SaveEntry:
    from excomm_game.words.ending import kind_words

    key, fault = str(one.path), one.fault or ""
    if one.header is None:
        return SaveEntry(key, "", printable(one.path.name), "", "", "", one.written, fault)
    crisis = one.header.scenario
    scenario = known.get(crisis)
    title = scenario.title if scenario else crisis
    ending = kind_words(one.stands.ended) if one.stands.ended else ""
    seats, where = _seats(one.header, scenario), _where(one.stands, scenario)
    return SaveEntry(key, crisis, title, seats, where, ending, one.written, fault)


def _seats(header: Header, scenario: Listing | None) -> str:
    """Return which seats people hold, in words; where there are none, what plays them."""
    from excomm_game.engine.game import PERSON
    from excomm_game.words.phrases import listed

    labels = scenario.seats if scenario else {}
    people = [labels.get(seat, seat) for seat, sits in header.seats.items() if sits == PERSON]
    policies = [sits.partition(":")[2] for sits in header.seats.values() if sits.startswith("policy:")]
    if people:
        return listed(people)
    if header.luck == "history":
        return "as it was in 1962"
    return f"played by the policy {listed(dict.fromkeys(policies))}" if policies else "simulated in every seat"


def _where(stands: Glance, scenario: Listing | None) -> str:
    """Return the day and date of the last choice, the day where its scenario is known; nothing where it is not told."""
    from excomm_game.words.phrases import short_date

    if stands.choices == 0:
        return "The opening"
    try:
        moment = datetime.fromisoformat(stands.at or "")
    except ValueError:
        return ""
    begins = scenario.begins if scenario else None
    day = f"Day {(moment.date() - begins).days + 1}, " if begins else ""
    return day + short_date(moment)
