"""One record explained: what the danger was, whose doing it was, and what other choices would have done."""
