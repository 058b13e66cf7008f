"""What a backtest found, as people and programs read it."""
