"""An author's workbench: what of a scenario may not be meant, and what of it play reaches."""
