"""Many worlds at once: the same rules as the engine's, played as columns of NumPy arrays."""
