"""`python -m holding_space`."""

from holding_space.cli import main

if __name__ == "__main__":
    main()
