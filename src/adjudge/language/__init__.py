"""From the text of a policy to a checked, sealed package: what is written, never what it is worth."""
