"""Clocks over time: those that run out, those that are given more time, and what is overdue."""
