"""The log: entries that are only ever added, the tree over them, signed checkpoints, proofs, receipts, verification."""
