"""The rooms joined: each procedure that a face may call, over values and plain files."""
