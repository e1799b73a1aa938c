"""The screens: each shows one thing and says what a person wants next."""
