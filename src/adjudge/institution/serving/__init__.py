"""What is in force, put where servers of ads look for it: measures as the keys of a snapshot, and the folder for it."""
