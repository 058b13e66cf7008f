"""From the author's tree to the core: names, types, what is weighed and what is concrete."""
