"""Outcomes of everybody in an export, as files: what `adjudge bulk` does, and what a backtest counts over."""
