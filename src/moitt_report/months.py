"""The months in English, whatever language the machine speaks: `calendar` names them in that of the locale."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""From January, which is 0 here."""

SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
"""Jan, Feb …, without a full stop."""

MONTH_NUMBERS = {name.lower(): n for names in (MONTHS, SHORT_MONTHS) for n, name in enumerate(names, 1)}
"""1 to 12 by the name, long or short, in small letters."""
