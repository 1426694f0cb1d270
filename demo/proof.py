"""Adds the rows up again and holds the sums against test/figures.tsv.

Knows the ledgers and fields, not the program: an honest second count of what was written.
"""

from decimal import ROUND_HALF_UP, Decimal

from county import HALF_YEAR

FIRST, LAST = HALF_YEAR


class Rows:
    """All rows by ledger."""

    def __init__(self, sheets):
        self.ledgers = {}
        for sheet in sheets:
            self.ledgers.setdefault(sheet.ledger, []).extend(sheet.rows)

    def of(self, ledger, wanted=lambda row: True):
        return [row for row in self.ledgers[ledger] if wanted(row)]

    def in_period(self, ledger, field, **equal):
        """The rows whose day falls in the half-year and whose other fields have these values."""
        return self.of(ledger, lambda row: field in row and FIRST <= row[field] <= LAST
                       and all(row.get(name) in value for name, value in equal.items()))

    def standing(self, ledger, path, states, **equal):
        """The rows whose last step on the path, by the end of the period, is one of these date fields."""
        return self.of(ledger, lambda row: reached(row, path) in states
                       and all(row.get(name) in value for name, value in equal.items()))


def reached(row, path):
    """The date field of the last step taken by the end of the period."""
    return next((field for field in reversed(path) if field in row and row[field] <= LAST), None)


def total(rows, field):
    return sum(row.get(field, 0) for row in rows)


def distinct(rows, field):
    return len({row[field] for row in rows if field in row})


DONE = ('已填数',)
WEEK = {'series': ('科技周', '科技活动周'), 'form': ('广场活动', '广场宣传'), 'state': DONE}
SERVING = ('nominated_on', 'checked_on', 'notice_from', 'appointed_on', 'agreed_on', 'on_duty_on', 'assessed_on',
           'ended_on')
SME = ('invited_on', 'submitted_on', 'formal_on', 'notice_from', 'registered_on', 'expired_on')
POOL = ('found_on', 'in_pool_on', 'coaching_on', 'out_on')
IUR = ('linked_on', 'intent_on', 'signed_on', 'started_on', 'completed_on', 'terminated_on')
PLATFORM = ('prepared_on', 'applied_on', 'recommended_on', 'approved_to_build_on', 'filed_on', 'accepted_on',
            'operating_on',
            'evaluated_on', 'revoked_on')
PREPARING = PLATFORM[:4]
PARTNER = ('agreed_on', 'ended_on')


def village_courses(rows):
    return [row for row in rows.in_period('training', 'end_on', audience=('村民',), state=DONE) if 'commissioner' in row]


def course_attendance(rows):
    courses = {row['name'] for row in rows.in_period('training', 'end_on', audience=('企业',), state=DONE)
               if '政策' in row['topics'] or '知识产权' in row['topics']}
    return rows.of('attendance', lambda row: row['training'] in courses)


def on_duty(rows):
    return rows.standing('assignment', SERVING, ('agreed_on', 'on_duty_on'))


def helped(rows):
    return {row['full_name'] for row in rows.of('village',
                                                lambda row: 'help_from' in row and row.get('help_to', LAST) >= LAST)}


def paired(rows):
    return len({row['village'] for row in on_duty(rows)} & helped(rows))


def sme(rows, states):
    return len(rows.standing('sme_filing', SME, states, filing_year=(2020,)))


def survey(rows, field, period):
    return total(rows.of('rd_survey', lambda row: row['survey_period'] == period and row['state'] == '已核实'), field)


def stated(rows, title):
    (row,) = rows.of('stated_figure', lambda row: row['indicator'] == title and row['for_period'] == '2020年1—4月')
    return Decimal(str(row['value']))


def percent(part, whole, places):
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(places), ROUND_HALF_UP)


def rd_growth(rows):
    now, before = survey(rows, 'rd', '2020年上半年'), survey(rows, 'rd', '2019年上半年')
    return percent(now - before, before, '0.1')


FIGURES = {
    'week_square_attendees': lambda rows: total(rows.in_period('event', 'end_on', **WEEK), 'attendees'),
    'week_boards': lambda rows: total(rows.in_period('event', 'end_on', **WEEK), 'boards'),
    'week_instruments': lambda rows: total(rows.in_period('event', 'end_on', **WEEK), 'instruments'),
    'week_consultations': lambda rows: total(rows.in_period('event', 'end_on', **WEEK), 'consultations'),
    'week_clinic_visits': lambda rows: total(rows.in_period('event', 'end_on', **WEEK), 'clinic_visits'),
    'week_leaflets': lambda rows: total(rows.in_period('event', 'end_on', **WEEK), 'leaflets'),
    'village_training_villages': lambda rows: distinct(village_courses(rows), 'village'),
    'village_training_sessions': lambda rows: len(village_courses(rows)),
    'village_training_persons': lambda rows: total(village_courses(rows), 'person_times'),
    'museum_visitors': lambda rows: total(
        rows.in_period('event', 'end_on', series=('流动科技馆',), form=('展览', '巡展'), in_week=(True,),
                       state=DONE), 'attendees'),
    'commissioner_training_persons': lambda rows: total(
        rows.in_period('training', 'end_on', audience=('特派员',), state=DONE), 'persons'),
    'policy_training_enterprises': lambda rows: distinct(course_attendance(rows), 'enterprise'),
    'rewards_paid': lambda rows: total(rows.in_period('reward_claim', 'paid_on'), 'amount_paid'),
    'talent_awards_paid': lambda rows: total(
        rows.in_period('reward_claim', 'paid_on', talent_field=('卫生', '医疗卫生', '电商', '电子商务')), 'amount_paid'),
    'commissioners_on_duty': lambda rows: distinct(on_duty(rows), 'commissioner'),
    'villages_paired': paired,
    'village_coverage': lambda rows: percent(paired(rows), len(helped(rows)), '1'),
    'commissioner_funds': lambda rows: total(rows.in_period('fund_allocation', 'allocated_on'), 'amount'),
    'three_region_experts': lambda rows: len(
        rows.of('three_region_expert', lambda row: row['service_year'] == 2020 and row['agreed_on'] <= LAST)),
    'rd_intensity': lambda rows: percent(survey(rows, 'rd', '2020年上半年'), survey(rows, 'sales', '2020年上半年'), '0.01'),
    'rd_growth': rd_growth,
    'hightech_output_growth': lambda rows: stated(rows, '高新技术产业产值增速'),
    'hightech_value_added_growth': lambda rows: stated(rows, '高新技术产业增加值增速'),
    'hnte_applied': lambda rows: len(
        rows.in_period('hnte_application', 'submitted_on', hnte_kind=('首次申报', '新申报'), batch_no=(1,))),
    'hnte_cultivating': lambda rows: distinct(rows.standing('hnte_pool', POOL, ('in_pool_on', 'coaching_on')),
                                              'enterprise'),
    'sme_filed': lambda rows: sme(rows, SME[1:]),
    'sme_noticed': lambda rows: sme(rows, ('registered_on', 'expired_on')),
    'sme_in_review': lambda rows: sme(rows, ('submitted_on', 'formal_on', 'notice_from')),
    'achievements_registered': lambda rows: len(rows.in_period('achievement', 'registered_on')),
    'iur_enterprises': lambda rows: distinct(rows.standing('cooperation', IUR, ('signed_on', 'started_on')),
                                             'enterprise'),
    'problems_collected': lambda rows: len(rows.in_period('technical_problem', 'collected_on')),
    'academician_stations_preparing': lambda rows: len(rows.standing('platform', PLATFORM, PREPARING, kind=('院士工作站',))),
    'postdoc_stations_preparing': lambda rows: len(
        rows.standing('platform', PLATFORM, PREPARING, kind=('博士后工作站', '博士后科研工作站'))),
    'star_sites_declared': lambda rows: len(
        rows.in_period('platform', 'applied_on', kind=('星创空间', '星创天地'), level=('县',))),
    'talent_teams': lambda rows: len(rows.in_period('talent_team', 'landed_on')),
    'contest_shortlisted': lambda rows: distinct(rows.in_period('contest_entry', 'pre_selected_on'), 'enterprise'),
    'partner_counties': lambda rows: len(rows.standing('partner_county', PARTNER, ('agreed_on',))),
    'survey_units': lambda rows: len(rows.of('survey_return', lambda row: row['round'] == 2019)),
}


def missed(sheets, path):
    """A line for every figure that the rows do not yield."""
    rows = Rows(sheets)
    for line in path.read_text('utf-8').splitlines():
        if line.startswith('#') or not line:
            continue
        code, _, period, wanted, *_ = line.split('\t')
        found = FIGURES[code](rows) if code in FIGURES else 'no count'
        if str(found) != wanted:
            yield f'{code} {period}: the rows give {found}, wanted is {wanted}'
