"""`python -m moitt_report`."""

from moitt_report.cli import main

if __name__ == "__main__":
    main()
