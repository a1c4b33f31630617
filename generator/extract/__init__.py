"""What one article says: names, dates and statements."""

from generator.extract.articles import extract

__all__ = ["extract"]
