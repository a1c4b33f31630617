"""The collector of garbage kept out of the way: a site is much to look at, and holds none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, settled: bool = False) -> Iterator[None]:
    """Let nobody look for unreachable cycles in the block: our pages make none.

    With `settled`, what there is afterwards is taken to stay until the process ends, so that
    it isn't looked through then, which takes longer than rendering a page.
    """
    enabled = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        if settled:
            gc.freeze()
        if enabled:
            gc.enable()
