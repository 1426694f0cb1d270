"""The marked texts: how one is read, and whether its marks are true to themselves (README.md states the form)."""
import dataclasses
import decimal
import pathlib
import re

Decimal = decimal.Decimal
KINDS = {"count", "money", "percent", "points", "rank", "other"}
BOUNDS = {"exact", "over", "near", "at_least", "at_most", "less", "about"}
FACES = {"value", "growth", "share", "target", "rank"}
CODES = {"contradictory-bound", "sum-differs", "share-differs", "product-differs", "same-fact-differs",
         "period-narrower", "growth-without-base", "percent-for-points", "unit-drift", "name-drift",
         "rank-without-field", "plan-and-done-added", "no-record"}
# What a relation that fails is reported as.
CODE_OF = {"sum": "sum-differs", "share": "share-differs", "product": "product-differs", "same": "same-fact-differs"}
HEADS = {"period", "style", "form", "damage"}
MARK = re.compile(r"\[\[(.+?)\|([^\]|]+)\]\]|\{\{(.+?)#(\w+)\}\}", re.DOTALL)


class MarkError(Exception):
    """A mark that cannot be read."""


@dataclasses.dataclass
class Claim:
    id: str
    words: str
    value: Decimal
    unit: str
    bound: str
    kind: str
    indicator: str
    face: str = "value"
    plan: bool = False
    period: str = ""
    start: int = 0
    end: int = 0


@dataclasses.dataclass
class Relation:
    kind: str
    ids: list
    holds: bool


@dataclasses.dataclass
class Text:
    name: str
    head: dict
    plain: str  # without marks
    claims: list  # start and end in plain
    places: dict  # of everything that has a name: (start, end) in plain
    relations: list
    findings: list  # (code, id)

    def by_id(self, name):
        return next((claim for claim in self.claims if claim.id == name), None)


def claim_of(words, name, says, text_period):
    fields = says.split()
    if len(fields) < 5:
        raise MarkError(f"{words}: five fields are needed, there are {len(fields)}")
    value, unit, bound, kind, indicator, *rest = fields
    try:
        claim = Claim(name, words, Decimal(value), "" if unit == "-" else unit, bound, kind,
                      "" if indicator == "-" else indicator, period=text_period)
    except decimal.InvalidOperation:
        raise MarkError(f"{words}: {value} is no number") from None
    for word in rest:
        if word == "plan":
            claim.plan = True
        elif word.startswith("@"):
            claim.period = re.sub(r"^(\d{4})\.\.(\d{4})$", r"\1-01..\2-12", word[1:])
        elif word in FACES:
            claim.face = word
        else:
            raise MarkError(f"{words}: {word} is no face")
    if bound not in BOUNDS or kind not in KINDS:
        raise MarkError(f"{words}: {bound} {kind} are no bound and kind")
    return claim


def body_of(marked, period):
    """The text without marks, its claims, and the places that have a name."""
    plain, claims, places, last = "", [], {}, 0
    for mark in MARK.finditer(marked):
        plain += marked[last:mark.start()]
        last = mark.end()
        words, _, name = (mark[1] or f"{mark[3]}#{mark[4]}").partition("#")
        place = (len(plain), len(plain) + len(words))
        plain += words
        if name in places:
            raise MarkError(f"{words}: #{name} is there already")
        if name:
            places[name] = place
        if mark[1]:
            claim = claim_of(words, name, mark[2], period)
            claim.start, claim.end = place
            claims.append(claim)
    plain += marked[last:]
    if "[[" in plain or "]]" in plain or "{{" in plain:
        raise MarkError("a mark is left open near " + re.search(r".{0,12}(\[\[|\]\]|\{\{).{0,12}", plain)[0])
    return plain, claims, places


def read(path):
    """One file; MarkError where it cannot be understood."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    body, _, says = rest.partition("\n---\n")
    heads = dict(line.split(": ", 1) for line in head.splitlines() if line)
    if set(heads) - HEADS:
        raise MarkError(f"the head knows no {sorted(set(heads) - HEADS)}")
    plain, claims, places = body_of(body, heads.get("period", ""))
    relations, findings = [], []
    for line in filter(None, says.splitlines()):
        kind, *words = line.replace(" = ", " ").split()
        if kind == "finding" and len(words) == 2:
            findings.append((words[0], words[1]))
        elif kind in CODE_OF and len(words) >= 3 and words[-1] in ("holds", "fails"):
            relations.append(Relation(kind, words[:-1], words[-1] == "holds"))
        else:
            raise MarkError(f"not understood: {line}")
    return Text(path.stem, heads, plain, claims, places, relations, findings)


# --- are the marks true to themselves? ---

DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10**4, "亿": 10**8}
WRITTEN = re.compile(r"(?:百分之)?([\d，,.]*\d|[〇零一二两三四五六七八九十百千万亿]+)")
WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def spelled(words):
    """两亿三千万 → 230000000."""
    total = section = digit = 0
    for char in words:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in STEPS:
            section, digit = section + (digit or 1) * STEPS[char], 0
        else:
            section = section + digit or int(not total)
            total = (total + section) * SCALES[char] if char == "亿" else total + section * SCALES[char]
            section = digit = 0
    return Decimal(total + section + digit)


def value_of(words):
    """The value where it is written simply, else None."""
    words = re.sub(r"\s|千瓦时", "", words.translate(WIDE))
    found = WRITTEN.search(words)
    if not found or re.search(r"[半番倍几]|[二三四五六七八九十]分之", words):
        return None
    if found[1][-1].isdigit():
        value = Decimal(re.sub("[，,]", "", found[1]))
    elif "." in found[1] or "点" in words:
        return None
    else:
        value = spelled(found[1])
    scales = re.match(r"[余多]?([十百千万亿]*)", words[found.end():])
    for char in scales[1]:
        value *= STEPS.get(char) or SCALES[char]
    tenths = re.match(r"成([一二三四五六七八九]?)", words[found.end():])
    return value * 10 + DIGITS.get(tenths[1], 0) if tenths else value


BOUND_WORDS = {"余": "over", "多": "over", "超": "over", "突破": "over", "逾": "over", "近": "near", "将近": "near", "约": "about",
               "左右": "about", "上下": "about", "以上": "at_least", "不低于": "at_least", "不少于": "at_least", "以内": "at_most",
               "不超过": "at_most", "不足": "less", "不到": "less"}
ALIKE = [{"家", "户", "个", "所"}, {"人", "名", "位", "人次", "个"}, {"件", "项", "个", "条", "份", "部"},
         {"期", "场", "次", "场次", "班次", "期次", "篇"}]


def units_agree(claim, unit):
    if claim.face == "rank":
        return claim.kind == "rank"
    if claim.face == "share":
        return claim.kind == "percent"
    if claim.face == "growth" and claim.kind in ("percent", "points", "other"):
        return True
    if unit == "%":
        return claim.kind in ("percent", "points")
    if unit.startswith("元"):
        return claim.kind == "money"
    return claim.kind == "count" and (claim.unit in ("", unit) or any({claim.unit, unit} <= alike for alike in ALIKE))


def half_a_digit(value):
    """What a rounded number may be off by."""
    return Decimal(1).scaleb(value.as_tuple().exponent) / 2


def follows(relation, claims):
    """Whether the arithmetic holds as its numbers stand; None where a bound leaves it open."""
    if any(claim.bound != "exact" for claim in claims):
        return None
    whole, *parts = [claim.value for claim in claims]
    if relation.kind == "sum":
        return whole == sum(parts)
    if relation.kind == "product":
        return whole == parts[0] * parts[1]
    if relation.kind == "same":
        return whole == parts[0]
    room = Decimal(5) if "成" in claims[0].words else half_a_digit(whole)
    return abs(whole - parts[0] * 100 / parts[1]) <= room


def indicators(folder):
    """name → unit of the definitions."""
    units = {}
    for path in sorted(pathlib.Path(folder).glob("*.yaml")):
        for part in path.read_text(encoding="utf-8").split("\n---\n"):
            name = re.search(r"^indicator: (\S+)", part, re.M)
            unit = re.search(r"^unit: (.*)$", part, re.M)
            if name:
                units[name[1]] = unit[1].strip("'\"") if unit else ""
    return units


def faults(text, units):
    """Every mark that contradicts itself, in words."""
    found = []
    for claim in text.claims:
        value = value_of(claim.words)
        bare = claim.kind == "money" and claim.words[-1].isdigit()  # of a table, its unit stands in the head
        if value is not None and value != claim.value and not bare:
            found.append(f"{claim.words}: reads {value}, is marked {claim.value}")
        if claim.indicator and claim.indicator not in units:
            found.append(f"{claim.words}: no indicator {claim.indicator}")
        elif claim.indicator and not units_agree(claim, units[claim.indicator]):
            found.append(f"{claim.words}: {claim.indicator} is counted in {units[claim.indicator]}")
        expected = {bound for word, bound in BOUND_WORDS.items() if word in claim.words}
        if expected and claim.bound not in expected:
            found.append(f"{claim.words}: the words are {'/'.join(sorted(expected))}, the mark is {claim.bound}")
        if claim.bound in {"over", "near", "about", "less"} and not expected:
            found.append(f"{claim.words}: no word says {claim.bound}")
        if claim.kind == "money" and not re.search("元|[円镑]", claim.unit):
            found.append(f"{claim.words}: money in {claim.unit}")
    for relation in text.relations:
        claims = [text.by_id(name) for name in relation.ids]
        if None in claims:
            found.append(f"{relation.kind} {' '.join(relation.ids)}: not every name is a claim")
        elif follows(relation, claims) not in (None, relation.holds):
            found.append(f"{relation.kind} {' '.join(relation.ids)}: "
                         f"{'fails' if relation.holds else 'holds'} as {[str(c.value) for c in claims]}")
    for code, name in text.findings:
        if code not in CODES or name not in text.places:
            found.append(f"finding {code} {name}: no such code or name")
    return found
