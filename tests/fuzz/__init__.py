"""Reader, YAML and templates fed by a coverage-guided fuzzer (atheris): `make fuzz`.

Seeds are our own, made from `tests/blowups.py`. What is found is written below .cache/fuzz, as
bytes that `python -m tests.fuzz --replay FILE` runs again.
"""
