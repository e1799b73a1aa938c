"""The full screen: the same game at a table one wants to sit at. It is handed whatever touches the disk."""
