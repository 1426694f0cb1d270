"""The fictional county 青禾县 (349901) in 河州市: its towns, villages, units, enterprises and people.

Every list is made in a fixed order from the seed; each topic draws from its own stream, so that a change in one
does not move the others.
"""

import datetime
import random
from itertools import product

import codes
import words

DIVISION = '349901'
NAME = '青禾县'
CITY = '河州市'
BUREAU = '青禾县科学技术局'
PARTNER = '云栖县'
TODAY = datetime.date(2020, 7, 15)      # the day the spreadsheets were handed over
HALF_YEAR = (datetime.date(2020, 1, 1), datetime.date(2020, 6, 30))
ENTERPRISES = 164
CLOSED_ENTERPRISES = 4
EXPERTS = 44
COMMISSIONERS = 92
SERVED_VILLAGES = 78
OTHER_VILLAGES = 46


class County:
    """All registers; the modules beside this one build their sheets from them."""

    def __init__(self, seed):
        self.seed = seed
        self.names = self._names()
        self.phones = iter(range(19900000001, 19900009999))
        self.towns = [(name, f'{DIVISION}{(100 if name.endswith("镇") else 190) + n:03d}000')
                      for n, name in enumerate(words.TOWNS, 1)]
        self.villages = self._villages()
        self.departments = self._departments()
        self.staff = [self.person() for _ in range(12)]
        self.liaisons = {town: self.person() for town, _ in self.towns}
        every = self._enterprises()
        self.enterprises, self.closed = every[:ENTERPRISES], every[ENTERPRISES:]
        self.people = self._people()
        self.commissioners = self._commissioners()

    def stream(self, topic):
        """The random numbers of one topic."""
        return random.Random(f'{self.seed}:{topic}')

    def _names(self):
        every = [a + b + c for a, b, c in product(words.SURNAMES, words.GIVEN_FIRST, words.GIVEN_SECOND) if b != c]
        self.stream('names').shuffle(every)
        return iter(every)

    def person(self):
        """A name and a telephone nobody else has."""
        return next(self.names), str(next(self.phones))

    def _villages(self):
        rng = self.stream('villages')
        names = [a + b + '村' for a, b in product(words.VILLAGE_HEADS, words.VILLAGE_TAILS)]
        rng.shuffle(names)
        villages, count = [], dict.fromkeys(words.TOWNS, 0)
        for n, name in enumerate(names[:SERVED_VILLAGES + OTHER_VILLAGES]):
            town, code = self.towns[n % len(self.towns)]
            count[town] += 1
            head, phone = self.person()
            villages.append({
                'code': f'{code[:9]}{200 + count[town]}', 'name': name, 'town': town, 'served': n < SERVED_VILLAGES,
                'population': rng.randrange(1100, 4800), 'head': head, 'phone': phone,
            })
        return sorted(villages, key=lambda village: village['code'])

    @property
    def served(self):
        return [village for village in self.villages if village['served']]

    def _departments(self):
        made = []
        for n, (name, short) in enumerate(words.DEPARTMENTS, 1):
            head, phone = self.person()
            made.append({'name': name, 'short': short, 'credit': codes.credit_code('11', DIVISION, f'{n:08d}'),
                         'contact': head, 'phone': phone})
        return made

    def _enterprises(self):
        rng = self.stream('enterprises')
        pairs = list(product(words.BRANDS, words.TRADES))
        rng.shuffle(pairs)
        made = []
        for n, (brand, (trade, product_name, field, industry, industry_code)) in enumerate(
                pairs[:ENTERPRISES + CLOSED_ENTERPRISES], 1):
            legal, _ = self.person()
            contact, phone = self.person()
            founded = datetime.date(2004, 1, 5) + datetime.timedelta(days=rng.randrange(14 * 365))
            made.append({
                'name': f'青禾{brand}{trade}有限公司', 'credit': codes.credit_code('91', DIVISION, f'MA2{n:05d}'),
                'town': self.towns[rng.randrange(len(self.towns))][0], 'legal': legal, 'contact': contact,
                'phone': phone, 'product': product_name, 'field': field, 'industry': industry,
                'industry_code': industry_code, 'founded': founded, 'capital': rng.randrange(20, 500) * 100000,
                'former': f'青禾{brand}{trade}有限责任公司' if n % 50 == 7 else None, 'above_scale': n <= 70,
                'staff': rng.randrange(60, 420) if n <= 70 else rng.randrange(8, 90),
                'sales': rng.randrange(2100, 26000) * 10000 if n <= 70 else rng.randrange(180, 1900) * 10000,
            })
        return made

    def _people(self):
        """Experts of universities and institutes: lecturers, three-region experts, leaders of teams."""
        rng = self.stream('people')
        made = []
        made = [self._technician(rng, n, words.UNIVERSITIES, 20) for n in range(EXPERTS)]
        for n, (unit, speciality) in enumerate(words.TALENTS):
            made.append(self._technician(rng, n, [(unit, '')], 200) | {'speciality': speciality, 'discipline': None})
        return made

    @property
    def talents(self):
        """Those of them whom the county has brought in."""
        return self.people[EXPERTS:]

    def _commissioners(self):
        rng = self.stream('commissioners')
        return [self._technician(rng, n, words.STATIONS[:7] + words.UNIVERSITIES, 300) for n in range(COMMISSIONERS)]

    def _technician(self, rng, n, units, sequence):
        name, phone = self.person()
        speciality, discipline, topic = words.SPECIALITIES[n % len(words.SPECIALITIES)]
        man = rng.random() < 0.6
        birth = datetime.date(1966, 1, 10) + datetime.timedelta(days=rng.randrange(24 * 365))
        return {
            'name': name, 'unit': units[n % len(units)][0], 'sex': '男' if man else '女',
            'id_no': codes.citizen_number(DIVISION, birth, sequence + 2 * n + man), 'phone': phone,
            'education': ('博士', '硕士', '本科')[n % 3], 'title_grade': ('正高', '副高', '中级')[n % 3],
            'discipline': discipline, 'speciality': speciality, 'topic': topic,
        }

    def days(self, rng, first, last, count):
        """Sorted working-week days between two days, both inside; a day may come more than once."""
        span = (last - first).days
        days = []
        while len(days) < count:
            day = first + datetime.timedelta(days=rng.randint(0, span))
            if day.weekday() < 5:
                days.append(day)
        return sorted(days)


def split(rng, total, count, low, high):
    """Whole numbers between low and high that add up to total."""
    parts = [rng.randint(low, high) for _ in range(count)]
    while sum(parts) != total:
        n = rng.randrange(count)
        step = 1 if sum(parts) < total else -1
        if low <= parts[n] + step <= high:
            parts[n] += step
    return parts
