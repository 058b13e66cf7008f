"""A platform with very many matters: rows for benchmarks, and for tests of how many questions a page asks."""
