"""What the front page promises about the repository itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program import run

ROOT = Path(__file__).parent.parent
PLAY = "python3 -m pip install -q uv && python3 -m uv run excomm"
TEST = "python3 -m pip install -q uv && python3 -m uv run pytest -n auto"
ALLOWED = {"pyproject.toml", "README.md", "LICENSE", "src", "scenarios", "tests", "saves"}
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pypi", "python", "org"), ("files", "pythonhosted", "org"), ("pythonhosted", "org"),
        ("registry", "npmjs", "org"), ("registry", "yarnpkg", "com"), ("crates", "io"), ("proxy", "golang", "org"),
        ("rubygems", "org"), ("repo", "maven", "apache", "org"), ("conda", "anaconda", "org"),
    )
]  # fmt: skip


def tracked() -> list[Path]:
    """Every file that git keeps or would keep."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so there is no list of tracked files")
    done = subprocess.run(
        [git, "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in done.stdout.decode().split("\0") if name]


def test_the_readme_holds_its_two_commands_word_for_word():
    """One line to play, one line to test, on a machine with nothing but Python."""
    lines = [line.strip() for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()]
    assert PLAY in lines
    assert TEST in lines


def test_ci_ends_with_exactly_the_readmes_test_command():
    """What passes here passes there."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.strip()][-1] == TEST


def test_the_top_level_holds_nothing_but_what_it_should():
    """The rest of the configuration lives in pyproject.toml; only names that begin with a dot stand beside it."""
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} <= ALLOWED
    assert {"pyproject.toml", "README.md", "LICENSE", "src", "scenarios", "tests"} <= top


def test_no_tracked_file_names_the_host_of_a_package_registry():
    """Where packages come from is the business of whoever installs them."""
    found = []
    for path in tracked():
        if path.is_file() and b"\0" not in (data := path.read_bytes())[:8192]:
            text = data.decode("utf-8", "replace").lower()
            found += [f"{path.relative_to(ROOT)}: {host}" for host in REGISTRIES if host in text]
    assert found == []


def test_the_readmes_commands_are_commands_the_program_has():
    """Every `uv run excomm …` of the front page begins a command there is."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = sorted(set(re.findall(r"uv run excomm ([a-z]+)", text)))
    assert "play" in named
    for command in named:
        assert run(command, "--help").code == 0, command
