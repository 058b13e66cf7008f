"""Who works here and how the platform answers: people, keys, programs, procedure, the log."""
