"""The benchmark: articles from a grammar, sites of many pages, and what others take for the same.

`python -m tests.bench` measures and writes BENCHMARKS.md; see `__main__`.
"""
