"""The rows held to the log: what its entries say that each row should be, and where it is not."""
