"""`python -m site_builder`."""

from site_builder.cli import program

# Processes that share the work import this module too.
if __name__ == "__main__":
    program()
