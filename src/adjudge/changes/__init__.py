"""What differs in meaning between two packages, each difference with a case that shows it."""
