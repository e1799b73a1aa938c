"""The parts screens are made of. None knows a rule of the game."""
