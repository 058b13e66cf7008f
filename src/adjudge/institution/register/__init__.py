"""The lines of the public register: what may be shown of each decision, kept true with every act."""
