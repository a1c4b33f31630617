"""Words a second of each stage, as `tests/benchmark.py` measures them, as figures of a run."""

from __future__ import annotations

from multiprocessing import get_context

from tests.bench.runs import MEGA, Run


def measure_stages(articles: int) -> tuple[int, dict[str, Run]]:
    """Return the words of so many articles, and what each stage takes of them."""
    # A process of its own: models and lists would make every process started later look large.
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (articles,))


def _measure(articles: int) -> tuple[int, dict[str, Run]]:
    from tests import benchmark

    measured = benchmark.measure_alone(1, articles)
    peak = measured.peak * 1024 / MEGA
    seconds = {**measured.seconds, "reading to identity": measured.chain}
    seconds |= {"in all": sum(measured.seconds.values()), "yardstick": measured.yardstick}
    return measured.words, {name: Run(one, one, peak) for name, one in seconds.items()}
