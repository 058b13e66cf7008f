"""The web faces joined into one site, and the processes that serve it and look after it."""
