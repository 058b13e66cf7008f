"""What is counted of the institution as a whole: what came and went, how appeals ended, what is contested."""
