"""The command `cardfile`."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

from generator.cli import arguments, commands, screen


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 problems, 2 wrong usage."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # The same bytes whatever the locale and the system.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    # Lists of thousands of plain values are never garbage; looking through them costs a tenth.
    gc.set_threshold(100_000, 50, 100)
    options = arguments.parser().parse_args(argv)
    try:
        status = commands.COMMANDS[options.command](options)
        sys.stdout.flush()
    except commands.WrongUsage as fault:
        screen.complain(f"cardfile {options.command}: {fault}")
        return 2
    except KeyboardInterrupt:
        return 130  # as a shell reports Ctrl-C
    except BrokenPipeError:
        # `cardfile annotate | head` is no fault; keep Python from flushing into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status
