"""Adjudge decides who may advertise on a platform and what, and can show its reasons."""

__version__ = "0.1.0"
