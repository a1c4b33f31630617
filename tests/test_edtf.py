"""Dates as values: what is a date, when it can be, how dates sort and how they read."""

from __future__ import annotations

import itertools

import pytest

from generator import edtf

LABELS = {
    "2025-05-09": "9 May 2025",
    "2025-06": "June 2025",
    "2025": "2025",
    "2025-06?": "June 2025 (inferred)",
    "2025-06~": "June 2025 (approximate)",
    "XXXX-05-26": "26 May, year not given",
    "XXXX-06": "June, year not given",
    "2012-22": "summer 2012",
    "2012-34": "second quarter of 2012",
    "2012-34?": "second quarter of 2012 (inferred)",
    "197X": "1970s",
    "19XX": "20th century",
    "20XX": "21st century",
    "11XX": "12th century",
    "0079": "79",
    "2024-05/2024-08": "May–August 2024",
    "2024-05-03/2024-05-05": "3–5 May 2024",
    "2024-05-30/2024-06-02": "30 May 2024 to 2 June 2024",
    "2025-10-10?/2025-10-17?": "10–17 October 2025 (inferred)",
    "XXXX-09-10/XXXX-09-17": "10–17 September, year not given",
    "2019/2021": "2019 to 2021",
    "2019/..": "since 2019",
    "../2024": "until 2024",
    "2004-XX-XX": "2004",
    "2004-06-XX": "June 2004",
    "not a date": "not a date",
}
BOUNDS = {
    "2025-05-09": ("2025-05-09", "2025-05-09"),
    "2025-05-09?": ("2025-05-09", "2025-05-09"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2023-02": ("2023-02-01", "2023-02-28"),
    "2025": ("2025-01-01", "2025-12-31"),
    "197X": ("1970-01-01", "1979-12-31"),
    "18XX": ("1800-01-01", "1899-12-31"),
    "2012-21": ("2012-03-01", "2012-05-31"),
    "2012-24": ("2012-12-01", "2013-02-28"),
    "2011-24": ("2011-12-01", "2012-02-29"),
    "2012-36": ("2012-10-01", "2012-12-31"),
    "2024-05/2024-08": ("2024-05-01", "2024-08-31"),
    "2019/..": ("2019-01-01", "9999-12-31"),
    "../2024": ("0001-01-01", "2024-12-31"),
    "2004-06-XX": ("2004-06-01", "2004-06-30"),
    "2004-XX": ("2004-01-01", "2004-12-31"),
    "9999-24": ("9999-12-01", "9999-12-31"),
    "XXXX-05-26": None,
    "XXXX-05-03/XXXX-05-05": None,
    "nonsense": None,
}
INVALID = [
    "", "..", "../..", "/", "2025-13", "2025-00", "2025-02-30", "2023-02-29", "2025-5-9", "25",
    "0000", "XXXX", "XXXX-02-30", "197X-05", "2012-25", "2012-32", "2012-37", "2012-21-01",
    "2025/2024", "2025-05-09/2025-05-08", "2024/2025/2026", "2025-06??", "May 2025", "2025-05-09 ",
    "2025-XX-09", "XXXX-XX", "X025", "２０２５", "2025\n",
]  # fmt: skip
VALID = [text for text in {**LABELS, **BOUNDS} if text not in ("not a date", "nonsense")]
IN_ORDER = [
    "../2024", "18XX", "197X", "2012-22", "2012-24", "2019/..", "2024-01-01", "2024",
    "2024-05-01", "2024-05", "2024-05/2024-08", "2024-05-03", "2024-24", "2025-01-01",
    "XXXX-02-29", "XXXX-05-26",
]  # fmt: skip


@pytest.mark.parametrize("text", VALID)
def test_every_form_we_write_is_a_date(text: str) -> None:
    assert edtf.is_valid(text)


@pytest.mark.parametrize("text", INVALID)
def test_days_the_calendar_lacks_and_loose_writing_are_no_dates(text: str) -> None:
    assert not edtf.is_valid(text)


def test_the_leap_day_may_stand_without_a_year() -> None:
    assert edtf.is_valid("XXXX-02-29")


@pytest.mark.parametrize(("text", "expected"), BOUNDS.items())
def test_first_and_last_possible_day(text: str, expected: tuple[str, str] | None) -> None:
    assert edtf.bounds(text) == expected


@pytest.mark.parametrize(("text", "expected"), LABELS.items())
def test_a_reader_sees_plain_english(text: str, expected: str) -> None:
    assert edtf.label(text) == expected


def test_a_timeline_runs_in_time_and_ends_with_what_has_no_year() -> None:
    assert sorted(set(IN_ORDER), key=edtf.sort_key) == IN_ORDER


def test_no_two_dates_sort_as_equals() -> None:
    keys = [edtf.sort_key(text) for text in [*VALID, *INVALID]]
    assert len(set(keys)) == len({*VALID, *INVALID})


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2025-05-09", "2025-05", True),
        ("2025-05-09", "2025-06?", False),
        ("2024", "2024-24", True),
        ("2024-05/2024-08", "2024-08-31", True),
        ("2024-05/2024-08", "2024-09", False),
        ("2019/..", "2031", True),
        ("2019/..", "2018", False),
        ("XXXX-05-26", "1999", True),
        ("197X", "1980", False),
        ("nonsense", "2024", True),
    ],
)
def test_dates_that_can_be_true_of_one_moment(a: str, b: str, expected: bool) -> None:
    assert edtf.overlaps(a, b) is expected
    assert edtf.overlaps(b, a) is expected


def test_only_a_stated_date_is_certain() -> None:
    assert edtf.certain("2025-06") and edtf.certain("XXXX-05-26")
    assert not any(map(edtf.certain, ["2025-06?", "2025~", "2024-05?/2024-08", "nonsense"]))


def test_no_text_makes_a_date_function_fail() -> None:
    for parts in itertools.product(["", "9999", "XXXX", "0001", "99X"], ["", "-24", "-12"]):
        text = "".join(parts)
        for odd in (text, f"{text}/{text}", f"{text}/", f"/{text}?", f"{text}-99"):
            edtf.bounds(odd), edtf.label(odd), edtf.sort_key(odd), edtf.is_valid(odd)
            assert edtf.overlaps(odd, odd)
