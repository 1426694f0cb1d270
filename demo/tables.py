"""Plain tables of data as the rows a sheet is made of."""

import datetime
import re


def table(names, *lines):
    """Rows with these fields; text like 2020-06-30 becomes a day, None and '' stay away."""
    fields = names.split()
    return [{name: value_of(value) for name, value in zip(fields, line, strict=True) if value not in (None, '')}
            for line in lines]


def value_of(value):
    if isinstance(value, str) and re.fullmatch(r'\d{4}-\d\d-\d\d', value):
        return datetime.date.fromisoformat(value)
    return value


def day(text):
    return datetime.date.fromisoformat(text)


def after(date, days):
    """That many days later, moved to a Monday when it falls on a weekend."""
    later = date + datetime.timedelta(days=days)
    return later + datetime.timedelta(days=(7 - later.weekday()) % 7 if later.weekday() > 4 else 0)
