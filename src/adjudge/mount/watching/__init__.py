"""What is measured of the running program: the metrics, their files, and how they are told."""
