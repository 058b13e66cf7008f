"""Appeals heard: filed, handled, talked about, withdrawn; relief, settlement out of court, misuse."""
