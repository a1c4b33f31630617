#!/usr/bin/env python3
"""Check the marked clusters beside this script; print counts.

    python check.py [--ids] [FILE...]

With ``--ids``, also lists every id of a cluster with its written forms, and the
forms that more than one id shares.
"""

import collections
import re
import sys
from pathlib import Path

MARK = re.compile(r"\{(?:([POLEDR])#([a-z0-9-]+)|(N))\|([^{}|]+)\}")
HEADER = re.compile(r"=== [^|]+ \| \d{4}-\d\d-\d\d")
TITLE = re.compile(
    r"(?:Mr|Ms|Mrs|Dr|Prof|President|Minister|Judge|Senator|Sen|Sheriff|Mayor|Captain|Gen|Col)\.? "
)
ARTICLES, SHORTEST, LONGEST = 5, 120, 220


def articles_of(text):
    """(header, lines) for each article; lines carry their numbers."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("==="):
            found.append(((number, line), []))
        elif line.strip():
            if not found:
                raise ValueError(f"line {number}: text before the first header")
            found[-1][1].append((number, line))
    return found


def check(path, with_ids=False):
    """The faults of one file, as (line, message)."""
    faults = []
    try:
        articles = articles_of(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return [(0, str(error))], collections.Counter()
    kinds = collections.defaultdict(set)
    forms = collections.defaultdict(set)
    where = collections.defaultdict(set)
    counts = collections.Counter(articles=len(articles))
    if len(articles) != ARTICLES:
        faults.append((0, f"{len(articles)} articles, {ARTICLES} wanted"))
    outlets = [header.split("|")[0].strip() for (_, header), _ in articles]
    if len(set(outlets)) != len(outlets):
        faults.append((0, "an outlet stands twice"))
    for index, ((at, header), lines) in enumerate(articles):
        if not HEADER.fullmatch(header):
            faults.append((at, f"header: {header!r}"))
        if len(lines) < 2:
            faults.append((at, "no paragraph below the headline"))
        words = 0
        for number, line in lines:
            for kind, slug, nation, surface in MARK.findall(line):
                counts["marks"] += 1
                counts[kind or nation] += 1
                if surface != surface.strip() or re.search(r"['’]s$", surface):
                    faults.append((number, f"untidy mark {surface!r}"))
                if kind == "P" and TITLE.match(surface):
                    faults.append((number, f"title inside the mark {surface!r}"))
                if surface.startswith(("the ", '"', "“")):
                    faults.append((number, f"article or quote inside the mark {surface!r}"))
                if slug:
                    kinds[slug].add(kind)
                    forms[slug].add(surface)
                    where[slug].add(index)
            rest = MARK.sub("", line)
            if "{" in rest or "}" in rest:
                faults.append((number, f"stray or nested brace: {rest.strip()[:70]!r}"))
            words += len(MARK.sub(lambda m: m[4], line).split())
        counts["words"] += words
        if not SHORTEST <= words <= LONGEST:
            faults.append((at, f"{words} words, {SHORTEST}-{LONGEST} wanted"))
    for slug, found in sorted(kinds.items()):
        if len(found) > 1:
            faults.append((0, f"id {slug} has types {', '.join(sorted(found))}"))
    shared = collections.defaultdict(set)
    for slug, surfaces in forms.items():
        for surface in surfaces:
            shared[surface].add(slug)
    counts["ids"] = len(forms)
    counts["across"] = sum(len(found) > 1 for found in where.values())
    counts["shared forms"] = sum(len(found) > 1 for found in shared.values())
    if with_ids:
        for slug in sorted(forms, key=lambda s: (min(kinds[s]), s)):
            print(
                "  ", min(kinds[slug]), slug, len(where[slug]), "|", "; ".join(sorted(forms[slug]))
            )
        for surface, found in sorted(shared.items()):
            if len(found) > 1:
                print("   shared:", surface, "=", ", ".join(sorted(found)))
    return faults, counts


def main():
    arguments = sys.argv[1:]
    with_ids = "--ids" in arguments
    paths = [Path(p) for p in arguments if p != "--ids"] or sorted(
        Path(__file__).parent.glob("[0-9][0-9]-*.txt")
    )
    total, bad = collections.Counter(clusters=len(paths)), 0
    for path in paths:
        print(path.name)
        faults, counts = check(path, with_ids)
        print("  ", dict(counts))
        for line, message in faults:
            bad += 1
            print(f"{path.name}:{line}: {message}")
        total.update(counts)
    print("total", dict(total), "faults", bad)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
