"""What binds the institution once something is done: notices owed, clocks started and stopped, measures that rest."""
