"""The post: what carries a notice out of the house, by mail and by webhook; not what it says, nor when it is owed."""
