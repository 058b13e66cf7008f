"""Appeals, disputes, misuse and the clocks that run for them."""
