"""What a shell is to a program at a terminal: leads the session, starts it in the foreground, waits, tells its code.

Run as `shell.py TELLS HEARS HANGUP PROGRAM...`. To the descriptor TELLS go the program's process id and, when it has
ended, its exit code, or the signal that ended it as a negative number. The session lasts until HEARS is closed, so that
the terminal can still be looked at. HANGUP says what the shell does when the terminal is hung up: `dies`, which lets
the system tell the program, `tells` it itself, or `lives` on and tells nobody.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import termios


def main(tells: int, hears: int, hangup: str, program: list[str]) -> None:
    """Start the program and wait for it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # one that comes before the program is there is not lost
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    child = os.fork()
    if child == 0:
        os.close(tells)
        os.close(hears)
        os.setpgid(0, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execvp(program[0], program)  # noqa: S606 - to start a program is what a shell is for
    if hangup != "dies":
        signal.signal(signal.SIGHUP, lambda number, _: os.killpg(child, number) if hangup == "tells" else None)
    os.write(tells, b"%d\n" % child)
    _, status = os.waitpid(child, 0)
    os.write(tells, b"%d\n" % os.waitstatus_to_exitcode(status))
    os.read(hears, 1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
