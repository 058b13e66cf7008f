"""What is measured of the running program and told of it: metrics, a line for each request."""
