"""docexam: a terminal workbench for examining captured documents."""

__version__ = "0.1.0"
