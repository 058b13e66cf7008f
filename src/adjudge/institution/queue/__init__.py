"""The queue: what waits for whom, in orders that a list can be read in; kept true with every act."""
