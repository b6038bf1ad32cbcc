"""`python -m moitt_report`."""

from moitt_report.cli.main import main

if __name__ == "__main__":
    main()
