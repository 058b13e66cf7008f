"""What a change of policy would do to everybody on record: outcomes of two packages set side by side, before it is done."""
