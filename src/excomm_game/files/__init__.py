"""All disk access: scenarios, saves and the places they lie in."""
