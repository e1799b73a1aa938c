"""How a game reads in English, whichever front end says it: hours, readings, changes, endings."""
