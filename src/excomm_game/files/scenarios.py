"""Scenarios on disk: found by id or path, merged into one document, checked as a whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

from excomm_game import DEFAULT_SCENARIO
from excomm_game.engine.check import Report, check
from excomm_game.engine.draft import Draft
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.reading import KEYED, LISTED, Fault, read
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.text import harmless, printable
from excomm_game.files.places import scenario_folders

MAX_FILE = 5_000_000
MAX_SCENARIO = 20_000_000
HEAD = "scenario.toml"


class ScenarioFaults(ExcommError):
    """A scenario with faults; it says how many, the first, and where to read them all."""

    def __init__(self, folder: Path, report: Report) -> None:
        count = len(report.faults)
        more = f", and {count - 1} more fault{'s' if count > 2 else ''}" if count > 1 else ""
        named = shlex.quote(harmless(str(folder)))
        super().__init__(f"{report.faults[0]}{more}. `excomm scenario check {named}` lists all there is to mend.")
        self.report = report


class Listing(NamedTuple):
    """A scenario as a list shows it; `seats` gives each one's label, `begins` its first day if it can be read."""

    id: str
    title: str
    minutes: int | None
    seats: dict[str, str]
    folder: Path
    begins: date | None


class Contents(NamedTuple):
    """What a scenario's files hold, by name in path order, and what cannot be read of them."""

    files: tuple[tuple[str, bytes], ...]
    faults: tuple[Fault, ...]

    def digest(self) -> str:
        """Return what tells these contents from any others."""
        digest = hashlib.sha256()
        for name, data in self.files:
            digest.update(f"{name} {len(data)}\n".encode("utf-8", "surrogatepass"))
            digest.update(data)
        digest.update("\n".join(map(str, self.faults)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def find(ref: str) -> Path:
    """Return the folder of a scenario, by path or by id. Raises UsageError when there is none."""
    known = by_id(ref)
    if known is not None:
        return known
    if ref and os.path.isdir(ref):  # noqa: PTH112 - unlike Path.is_dir it is False for a name no system can have
        return Path(ref)
    raise UsageError(
        f"There is no scenario '{printable(ref)}'. "
        "`excomm scenario list` shows those there are; a folder's path works too."
    )


def by_id(ref: str) -> Path | None:
    """Return the folder of a scenario that is found by its id, or None."""
    if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", ref):
        for folder in scenario_folders():
            if os.path.isdir(folder / ref):  # noqa: PTH112 - False also for a folder that may not be looked into
                return folder / ref
    return None


def elsewhere(ref: str, scenario: str) -> str | None:
    """Return the absolute path to name a scenario by later, where its id alone would not find the same folder."""
    known, folder = by_id(scenario), find(ref)
    return None if known is not None and known.samefile(folder) else str(folder.absolute())


def load(ref: str = DEFAULT_SCENARIO) -> Scenario:
    """Return the scenario named by id or path. Raises ScenarioFaults, or UsageError when there is none."""
    return _loaded(find(ref))


def load_by_id(scenario_id: str) -> Scenario:
    """Do the same for what a save or an assignment names: an id, and never a path to look into."""
    folder = by_id(scenario_id)
    if folder is None:
        raise UsageError(
            f"There is no scenario '{printable(scenario_id)}'. `excomm scenario list` shows those there are."
        )
    return _loaded(folder)


def _loaded(folder: Path) -> Scenario:
    """Return the scenario in a folder; one that is still in use again, as long as its files hold what they held."""
    files = _contents(folder)
    held = files.digest()
    known = _IN_USE.get(held)
    if known is not None:
        return known
    report = _check(folder, files)
    if report.scenario is None:
        raise ScenarioFaults(folder, report)
    _IN_USE[held] = report.scenario
    return report.scenario


_IN_USE: WeakValueDictionary[str, Scenario] = WeakValueDictionary()
"""The scenarios that somebody plays, by what their files hold."""


def check_folder(folder: Path) -> Report:
    """Read and check a scenario's folder, with every fault at once."""
    return _check(folder, _contents(folder))


def _check(folder: Path, files: Contents) -> Report:
    drafted = _drafted(folder, files)
    return drafted if isinstance(drafted, Report) else check(*drafted, str(folder))


def _drafted(folder: Path, files: Contents) -> tuple[Draft, list[Fault], str] | Report:
    """Return what is well-formed in a folder, the faults of form and the SHA-256; the document itself is let go."""
    document, places, faults = _merge(folder, files)
    try:
        canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_moment)
    except RecursionError:
        return Report(None, [*faults, Fault(str(folder), "", "is nested more deeply than any scenario is")], [])
    sha256 = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    draft, faults_of_form = read(document, places, str(folder))
    return draft, [*faults, *faults_of_form], sha256


def listings() -> list[Listing]:
    """Return the scenarios that can be found by id, by name."""
    found: dict[str, Listing] = {}
    for folder in scenario_folders():
        for one in _entries(folder):
            if one.name not in found and (listing := _listing(one)) is not None:
                found[one.name] = listing._replace(id=one.name)
    return [found[name] for name in sorted(found)]


def named(ref: str) -> Listing:
    """Return a scenario named by id or path as a list shows it, with the id it gives itself.

    Raises UsageError when there is none.
    """
    folder = find(ref)
    return _listing(folder) or _unreadable(folder)


def _entries(folder: Path) -> list[Path]:
    """Return what lies in a folder of scenarios; nothing where there is none, or none that may be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _listing(folder: Path) -> Listing | None:
    """Read a scenario's head and seats alone; None where there is no scenario to list."""
    if not folder.is_dir() or not (folder / HEAD).is_file():
        return None
    document, places, _ = _merge(folder, _contents(folder, only=HEAD))
    draft, _ = read({key: document[key] for key in ("scenario", "seat") if key in document}, places, str(folder))
    head = draft.head
    if head is None:
        return _unreadable(folder)
    labels = {key: seat.label for key, seat in draft.seats.items()}
    return Listing(head.id, head.title, head.minutes, labels, folder, head.begins.date())


def _unreadable(folder: Path) -> Listing:
    return Listing(folder.name, "(cannot be read: see `excomm scenario check`)", None, {}, folder, None)


def _merge(
    folder: Path, files: Contents
) -> tuple[dict[str, Any], dict[tuple[str, str | int], str], list[Fault]]:  # fmt: skip
    """Merge the folder's files in path order; say which file each table came from."""
    document: dict[str, Any] = {}
    places: dict[tuple[str, str | int], str] = {}
    faults = list(files.faults)
    for name, data in files.files:
        _add(document, _parsed(data, name, faults), name, places, faults)
    if not places and not faults:
        faults.append(Fault(folder.as_posix(), "", "holds no scenario: there is no .toml file in it"))
    return document, places, faults


def _contents(folder: Path, only: str = "**/*.toml") -> Contents:
    """Return what the folder's files hold, up to where one takes the scenario past its limits."""
    found: list[tuple[str, bytes]] = []
    faults: list[Fault] = []
    size = 0
    for path in _files(folder, only, faults):
        name = printable(path.relative_to(folder).as_posix(), 120)
        try:
            data = path.read_bytes() if path.stat().st_size <= MAX_FILE else b""
            size += path.stat().st_size
        except OSError as error:
            faults.append(Fault(name, "", f"cannot be read ({error.strerror})"))
            continue
        if path.stat().st_size > MAX_FILE:
            faults.append(Fault(name, "", f"is larger than {MAX_FILE:,} bytes"))
        elif size > MAX_SCENARIO:
            faults.append(Fault(name, "", f"takes the scenario past {MAX_SCENARIO:,} bytes"))
            break
        else:
            found.append((name, data))
    return Contents(tuple(found), tuple(faults))


def _files(folder: Path, only: str, faults: list[Fault]) -> list[Path]:
    """Return the folder's TOML files in path order; links are not followed."""

    def walk(inside: Path) -> Iterator[Path]:
        try:
            entries = sorted(inside.iterdir())
        except OSError as error:
            name = printable(inside.relative_to(folder).as_posix(), 120)
            faults.append(Fault(name, "", f"cannot be read ({error.strerror})"))
            return
        for entry in entries:
            if entry.is_symlink():
                continue
            if entry.is_dir():
                yield from walk(entry)
            elif entry.suffix == ".toml" and entry.is_file():
                yield entry

    if only == HEAD:
        return [path for path in [folder / HEAD] if path.is_file() and not path.is_symlink()]
    return sorted(walk(folder), key=lambda path: path.relative_to(folder).as_posix())


def _parsed(data: bytes, name: str, faults: list[Fault]) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        faults.append(Fault(name, "", "is not UTF-8"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        faults.append(Fault(name, "", f"is not well-formed TOML: {printable(str(error), 160)}"))
    return {}


def _add(
    document: dict[str, Any],
    part: dict[str, Any],
    name: str,
    places: dict[tuple[str, str | int], str],
    faults: list[Fault],
) -> None:
    """Join one file to the document: tables merge, arrays of tables join, any other key set twice is a fault."""
    for section, content in part.items():
        places.setdefault((section, section), name)
        standing = document.get(section)
        if section in LISTED and isinstance(content, list) and isinstance(standing, list | None):
            joined = document.setdefault(section, [])
            for item in content:
                places[section, len(joined)] = name
                joined.append(item)
        elif section in KEYED and isinstance(content, dict) and isinstance(standing, dict | None):
            table = document.setdefault(section, {})
            for key, item in content.items():
                places.setdefault((section, key), name)
                _join(table, key, item, name, f"{section} {printable(key)}", faults)
        elif section in LISTED or section in KEYED:
            written = f"[[{section}]]" if section in LISTED else f"[{section}.ID]"
            faults.append(Fault(name, section, f"must be written {written}"))
        else:
            _join(document, section, content, name, printable(section), faults)


def _join(table: dict[str, Any], key: str, item: object, name: str, where: str, faults: list[Fault]) -> None:
    if key not in table:
        table[key] = item
    elif isinstance(table[key], dict) and isinstance(item, dict):
        for inner, value in item.items():
            _join(table[key], inner, value, name, f"{where} › {printable(inner)}", faults)
    elif (
        isinstance(table[key], list)
        and isinstance(item, list)
        and table[key]
        and item
        and all(isinstance(one, dict) for one in [*table[key], *item])
    ):
        table[key] = [*table[key], *item]
    else:
        faults.append(Fault(name, where, "is set a second time"))


def _moment(value: object) -> str:
    assert isinstance(value, date | time)
    return value.isoformat()
