"""What is kept for how long: what is due to go by the rules that are settled, what stands in the way, how it goes."""
