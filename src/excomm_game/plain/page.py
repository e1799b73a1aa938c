"""A dossier as lines: what was told, the page, the council, the situation, the ladder, the journal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from excomm_game.engine.assignment import Assignment
from excomm_game.engine.dossier import Dossier
from excomm_game.engine.reader import Item, Page
from excomm_game.words.phrases import heading, indented, listed, paper_lines, reading, stamp

HELP = """Type the number of an option, or its id. To keep a reason with it, write: 2 because the ships need time.
Other words you can type:
  again       the page once more
  council     what each adviser says
  about 2     what option 2 would mean
  who rusk    who an adviser is
  sources     where this scene comes from
  papers      every document so far, numbered; read 3 shows one
  situation   what you can see of the world
  estimate    what the model makes of the danger, from what you can see
  ladder      how far up the ladder of escalation this is
  journal     what you have been told and what you chose
  back        take back your last choice
  quit        leave; the game is saved after every choice"""


def help_lines(asked: Assignment | None) -> list[str]:
    """Return what can be typed; what an assignment does not allow is left out."""
    closed = {} if asked is None else {"  estimate": asked.estimate, "  back": asked.takebacks}
    return [line for line in HELP.splitlines() if closed.get(line[: line.find("  ", 2)], True)]


def told(dossier: Dossier, items: Sequence[Item]) -> list[str]:
    """Return what reached the seat, apart from its own choices."""
    lines = []
    for item in items:
        lines += ["", f"NEWS, {stamp(item.at)}: {item.title}"]
        lines += [text for text in (item.text, item.outcome) if text]
        lines += _papers(dossier, item.papers)
    return lines


def page(dossier: Dossier, *, full: bool = True, again: bool = False) -> list[str]:
    """Return the page before the seat: what was read here before only `again`, the clocks only where `full`."""
    shown = dossier.page
    if shown is None:
        return []
    lines = ["", *heading(dossier)] if full else []
    text = shown.text if again else shown.fresh
    unsaid = ["As before. (type: again)"] if shown.text else []
    lines += ["", f"SCENE: {shown.title}", *([text] if text else unsaid)]
    lines += _papers(dossier, shown.papers)
    tracks = [reading(one) for one in dossier.readings if one.band and full]
    margin = [f"Situation: {'; '.join(tracks)}."] if tracks else []
    margin += _heads(shown)
    return [*lines, *([""] if margin else []), *margin, "", *ways(shown)]


def ways(shown: Page) -> list[str]:
    """Return the options: open ones numbered, closed ones with the reason."""
    lines = ["What will you do?"]
    lines += [indented(f"{way.number}. {way.label} [{way.id}]", "  ") for way in shown.ways if way.number is not None]
    lines += [indented(f"Closed: {way.label}. {way.barred}", "  ") for way in shown.ways if way.number is None]
    return lines


def about(shown: Page, named: str) -> list[str]:
    """Return what an option would mean, by its number or id."""
    for way in shown.ways:
        if named in (str(way.number), way.id):
            number = f"{way.number}. " if way.number else ""
            return [f"{number}{way.label}. {way.text or way.barred or 'Nothing more is said of it.'}"]
    return [f"There is no option {named or 'without a number'} here. Type about and a number, as: about 1"]


def who(shown: Page, named: str) -> list[str]:
    """Return who an adviser on this page is."""
    found = [advice for advice in shown.advice if named and named in advice.name.lower()]
    if not found:
        names = ", ".join(advice.name for advice in shown.advice)
        return [f"Type who and a name on this page{f': {names}' if names else ''}."]
    return [line for advice in found for line in ("", f"{advice.name}, {advice.office}", advice.about)]


def sources(shown: Page) -> list[str]:
    """Return where this scene comes from."""
    return ["SOURCES", *(f"  {title}" for title in shown.sources)] if shown.sources else ["No source is named here."]


def council(shown: Page) -> list[str]:
    """Return what each adviser says, whom they back, and how they moved."""
    if not shown.advice:
        return ["Nobody is asked for advice here."]
    labels = {way.id: way.label for way in shown.ways}
    lines = ["THE COUNCIL"]
    for advice in shown.advice:
        backs = f"backs: {labels.get(advice.backs, advice.backs)}" if advice.backs else "backs nothing yet"
        moved = f", before: {advice.before}" if advice.before and advice.before != advice.leans else ""
        leans = f"; leans to: {advice.leans}{moved}" if advice.leans else ""
        office = f", {advice.office}" if advice.office else ""
        lines += ["", f"{advice.name}{office}; {backs}{leans}."]
        if advice.tags:
            lines.append(f"  Speaks of: {', '.join(advice.tags)}.")
        lines.append(indented(advice.says, "  "))
    return lines


def situation(dossier: Dossier) -> list[str]:
    """Return what the seat can see of the world, save what stands as it always did."""
    shown = [one for one in dossier.readings if one.band or not one.is_start]
    return ["THE SITUATION", *(indented(reading(one), "  ") for one in shown), *ladder(dossier)]


def ladder(dossier: Dossier) -> list[str]:
    """Return the rung of escalation now, and the highest so far."""
    now, peak, _ = dossier.ladder
    if now is None or peak is None:
        return ["  Ladder: not on it."]
    said = f"Ladder (our reading of Kahn's 44 rungs): {now[0]}, {now[1]}. Highest so far: {peak[0]}, {peak[1]}."
    return [indented(said, "  ")]


def papers(dossier: Dossier) -> list[str]:
    """Return every document told so far, numbered in the order it came."""
    if not dossier.papers:
        return ["No documents yet."]
    return ["DOCUMENTS", *(f"  {n}. {paper.form}: {paper.title}" for n, paper in enumerate(dossier.papers, start=1))]


def read(dossier: Dossier, number: str) -> list[str]:
    """Return one document by its number."""
    if not re.fullmatch("[0-9]{1,4}", number) or not 1 <= int(number) <= len(dossier.papers):
        return [f"There is no document {number}. Type papers for the list, then read and a number."]
    return ["", *paper_lines(dossier.papers[int(number) - 1])]


def journal(dossier: Dossier) -> list[str]:
    """Return the game so far, a line or two an entry."""
    lines = ["JOURNAL"]
    for item in dossier.told:
        said = f"you chose: {item.label}" if item.own else "news"
        lines.append(indented(f"{stamp(item.at)}. {item.title} - {said}.", "  "))
        lines += [indented(f"Your reason: {item.reason}", "    ")] if item.reason else []
        lines += [indented(item.outcome, "    ")] if item.outcome else []
    return lines if len(lines) > 1 else ["Nothing has happened yet."]


def _papers(dossier: Dossier, keys: Sequence[str]) -> list[str]:
    numbers = {paper.id: (n, paper.title) for n, paper in enumerate(dossier.papers, start=1)}
    return [f"Document: {numbers[key][1]} (type: read {numbers[key][0]})" for key in keys]


def _heads(shown: Page) -> list[str]:
    """Return who backs what, in one line."""
    numbers = {way.id: way.number for way in shown.ways}
    backing: dict[int, list[str]] = {}
    rest = []
    for advice in shown.advice:
        number = numbers.get(advice.backs)
        if number is None:
            rest.append(advice.name)
        else:
            backing.setdefault(number, []).append(advice.name)
    parts = [f"for {number}, {listed(names)}" for number, names in sorted(backing.items())]
    parts += [f"undecided, {listed(rest)}"] if rest else []
    return [f"Council: {'; '.join(parts)}. (type: council)"] if parts else []
