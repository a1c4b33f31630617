"""Cardfile: a folder of articles becomes entity cards and cross-linked pages."""

__version__ = "0.1.0"
