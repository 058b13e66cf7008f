"""One subject in microseconds: a package compiled once into generated code over packed masks."""
