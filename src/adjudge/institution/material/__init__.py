"""What matters are made of: subjects, claims and documents, and how the engine sees them at any time."""
