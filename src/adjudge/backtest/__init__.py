"""What a change of policy would do to everybody on record, before it is done: two outcomes side by side."""
