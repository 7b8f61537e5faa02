"""A static site generator for bilingual document archives."""

__version__ = "0.1.0"
