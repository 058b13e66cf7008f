"""The public register: decisions as the public may see them, kept true with every act, sought and counted."""
