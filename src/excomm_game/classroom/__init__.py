"""Many games explained: what a class handed in, checked, set side by side and written out for its teacher."""
