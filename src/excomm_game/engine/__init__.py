"""The rules of any crisis: pure, without disk, clock, terminal or chance of its own."""
