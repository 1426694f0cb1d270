"""Check digits of the two national numbers the registers hold."""

CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY'
WHOLE = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'


def credit_code(kind, division, subject):
    """GB 32100-2015 from its two leading characters, the division and the eight of the subject."""
    total = sum(WHOLE.index(c) * w for c, w in zip(subject, (3, 7, 9, 10, 5, 8, 4, 2)))
    body = kind + division + subject + '0123456789X'[(11 - total % 11) % 11]
    total = sum(CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + CREDIT[(31 - total % 31) % 31]


def citizen_number(division, birth, sequence):
    """GB 11643-1999; an odd sequence is a man, an even one a woman."""
    body = f'{division}{birth:%Y%m%d}{sequence:03d}'
    total = sum(int(c) * pow(2, 17 - i, 11) for i, c in enumerate(body))
    return body + '10X98765432'[total % 11]
