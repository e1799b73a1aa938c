"""The plain front end: labelled lines and numbered options, no redraw; a screen reader's user plays the same game."""
