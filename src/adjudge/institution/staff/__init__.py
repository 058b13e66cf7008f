"""Who works here and who advertises: people, their roles and keys, and what statements say of the platform."""
