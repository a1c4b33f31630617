"""The command `cardfile`."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

from generator.cli import signals


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 problems, 2 wrong usage."""
    given = sys.argv[1:] if argv is None else argv
    with signals.handled(given):
        return _run(given)


def _run(argv: Sequence[str]) -> int:
    # Here and not above: it takes a while, in which somebody may press Ctrl-C.
    from generator.cli import arguments, commands, screen
    from generator.engine import Unreachable

    if isinstance(sys.stdout, io.TextIOWrapper):
        # The same bytes whatever the locale and the system.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    # Lists of thousands of plain values are never garbage; looking through them costs a tenth.
    gc.set_threshold(100_000, 50, 100)
    options = arguments.parser().parse_args(argv)
    try:
        status = commands.COMMANDS[options.command](options)
        sys.stdout.flush()
    except (commands.WrongUsage, Unreachable) as fault:
        screen.complain(f"cardfile {options.command}: {fault}")
        return 2
    except BrokenPipeError:
        # `cardfile annotate | head` is no fault; keep Python from flushing into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        screen.complain(f"error: {fault}")
        return 1
    return status
