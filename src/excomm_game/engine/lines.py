"""A record as lines that chain: the save format, written and read without a disk.

One JSON object a line, `chain` the last key: BLAKE2b-64 in hex over the previous line's chain and this line's bytes
before `, "chain"`. The chain shows edits. It cannot stop somebody who recomputes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from pydantic import ValidationError

from excomm_game.engine.draft import EndingKind
from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.engine.record import ROWS, AnswerLine, BackLine, ChoiceLine, EndLine, Header, Record, Row
from excomm_game.engine.text import printable

FORMAT = 1
MAX_LINE = 64 * 1024
EDITED = "its chain does not fit the lines before it, so it was changed after it was written"
_CHAIN_KEY = ', "chain"'
_CHAIN_VALUE = re.compile(r': "([0-9a-f]{16})"\}\r?')


class Decoded(NamedTuple):
    """What a save's bytes hold: the sound rows, the chain after each (the header's first), and what ended the reading.

    `sound` counts the bytes of the sound lines; `torn` says that an append was cut off at the end of the file,
    `fault` why the rest cannot be trusted.
    """

    record: Record
    chains: tuple[str, ...]
    sound: int
    torn: bool
    fault: str | None


class Glance(NamedTuple):
    """How a record stands, by its last lines: how many choices, the hour of the last, the ending's kind if it is over.

    What those lines do not tell is None.
    """

    choices: int | None = None
    at: str | None = None
    ended: EndingKind | None = None


def link(chain: str, body: str) -> str:
    """Return the chain after a line whose text before `, "chain"` is `body`."""
    return blake2b(chain.encode() + body.encode(), digest_size=8).hexdigest()


def encode(rows: Sequence[Header | Row], chain: str = "") -> tuple[bytes, str]:
    """Write rows as lines that follow `chain`; return the bytes and the chain after them.

    Raises ExcommError or ValueError for what could not be read again: too long a line, a number that is none.
    """
    written = []
    for row in rows:
        body = json.dumps(_plain(row), ensure_ascii=False, allow_nan=False)[:-1]
        chain = link(chain, body)
        line = f'{body}{_CHAIN_KEY}: "{chain}"}}\n'.encode()
        if len(line) > MAX_LINE:
            raise ExcommError(f"A line of a save cannot be longer than {MAX_LINE} bytes. Shorten the text in it.")
        written.append(line)
    return b"".join(written), chain


def _plain(row: Header | Row) -> dict[str, Any]:
    if isinstance(row, Header):
        return row.model_dump(exclude_none=True)
    fields = row._asdict()
    if isinstance(row, AnswerLine):
        fields["answer"] = row.answer.model_dump()
    elif isinstance(row, ChoiceLine):
        fields["state"] = fields.pop("state")  # written after what may be left out
    return {name: value for name, value in fields.items() if value is not None}


def decode(data: bytes, place: str) -> Decoded:
    """Read a save's bytes. A damaged or torn file gives its sound beginning; without a sound header it raises.

    Raises ExcommError (no save at all) or NewerFormat; `place` names the file in what it says.
    """
    _refuse_newer(data, place)
    lines = data.split(b"\n")
    torn = bool(lines.pop())  # what follows the last newline was never finished
    header: Header | None = None
    rows: list[Row] = []
    chains: list[str] = []
    sound, fault = 0, None
    for number, line in enumerate(lines, start=1):
        try:
            content, chain = _linked(line, chains[-1] if chains else "")
            if header is None:
                header = Header.model_validate(content)
            else:
                row = _row(content)
                _in_order(row, rows)
                rows.append(row)
        except (ValueError, RecursionError) as error:
            fault = f"line {number}: {_reason(error)}"
            break
        chains.append(chain)
        sound += len(line) + 1
    if header is None:
        said = f" ({fault})" if fault and len(lines) > 1 else ""
        raise ExcommError(
            f"{place} is not a save of this game{said}. Name a .jsonl file that `excomm play` or `excomm auto` wrote."
        )
    return Decoded(Record(header, tuple(rows)), tuple(chains), sound, torn and fault is None, fault)


def glance(tail: bytes, place: str, *, is_whole: bool) -> Glance:
    """Read the end of a save's bytes, back to the last choice that stands; `is_whole` says that it is the whole save.

    What lies before is not looked at. Raises ExcommError, naming `place`, when a line that was read is not sound.
    """
    lines = tail.split(b"\n")[:-1]  # what follows the last newline was never finished
    if not is_whole:
        del lines[:1]  # cut off at its beginning
    try:
        return _last_standing(lines, is_whole=is_whole)
    except (ValueError, RecursionError) as error:
        raise ExcommError(
            f"{place} is damaged near its end: {_reason(error)}. What is sound of it can still be watched."
        ) from None


def _last_standing(lines: Sequence[bytes], *, is_whole: bool) -> Glance:
    """Go back from the last line; the first one only serves to check the chain of the second."""
    left: int | None = None
    ended: EndingKind | None = None
    for before, line in zip(reversed(lines[:-1]), reversed(lines[1:]), strict=True):
        row = _row(_linked(line, _split(before)[1])[0])
        if isinstance(row, ChoiceLine) and (left is None or row.n <= left):
            return Glance(row.n, row.at, ended)
        if isinstance(row, BackLine) and left is None:
            left = row.back_to
        elif isinstance(row, EndLine) and left is None:
            ended = ended or row.kind
    return Glance(0 if left is None and is_whole else left, None, ended)


def _linked(line: bytes, before: str) -> tuple[Any, str]:
    """Return a line's content and chain. Raises ValueError when it does not follow a line whose chain is `before`."""
    body, chain = _split(line)
    content = json.loads(body + "}")
    if chain != link(before, body):
        raise ValueError(EDITED)
    return content, chain


def _split(line: bytes) -> tuple[str, str]:
    if len(line) > MAX_LINE:
        raise ValueError(f"it is longer than {MAX_LINE} bytes")
    text = line.decode()
    cut = text.rfind(_CHAIN_KEY)
    if cut < 0:
        raise ValueError("it has no chain")
    chain = _CHAIN_VALUE.fullmatch(text[cut + len(_CHAIN_KEY) :])
    if not chain:
        raise ValueError("it has no chain")
    return text[:cut], chain.group(1)


def _refuse_newer(data: bytes, place: str) -> None:
    """Look for a newer format's number before anything else: all the rest may have changed in it."""
    try:
        content = json.loads(data.partition(b"\n")[0][:MAX_LINE])
    except (ValueError, RecursionError):
        return
    version = content.get("excomm", FORMAT) if isinstance(content, dict) else FORMAT
    if isinstance(version, int) and version > FORMAT:
        raise NewerFormat(
            f"{place} was written in save format {version}; this program reads up to {FORMAT}. Install a newer excomm."
        )


def _row(content: Any) -> Row:
    for key, kind in ROWS:
        if isinstance(content, dict) and key in content:
            return kind.validate_python(content)
    raise ValueError("it is neither a choice, a step back, an answer nor an ending")


def _in_order(row: Row, before: Sequence[Row]) -> None:
    if not isinstance(row, ChoiceLine | BackLine):
        return
    last = 0
    for earlier in reversed(before):
        if isinstance(earlier, ChoiceLine | BackLine):
            last = earlier.n if isinstance(earlier, ChoiceLine) else earlier.back_to
            break
    if isinstance(row, ChoiceLine) and row.n != last + 1:
        raise ValueError(f"choice {row.n} follows choice {last}")
    if isinstance(row, BackLine) and row.back_to > last:
        raise ValueError(f"it steps back to choice {row.back_to}, but there are only {last}")


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        return f"{printable(where)}: {printable(first['msg'], 120)}"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, json.JSONDecodeError | RecursionError):
        return "it is not JSON"
    return printable(str(error), 160)
