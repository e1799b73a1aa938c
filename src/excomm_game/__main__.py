"""`python -m excomm_game`."""

from excomm_game.cli import main

main()
