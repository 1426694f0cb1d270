"""Figures: their totals and rows beside the statements of figures.sql, in one process; and the command from its start
to its end. The times of figure-bench are the processor's."""

import measure
from measure import Aim, Measured
from place import BENCH, PERIOD, text_of

SQL = BENCH / 'figures.sql'
COLUMNS = ['value', 'count', 'figure', 'sql', 'sql from text', 'rows', 'sql rows']
AIM = Aim(ratio=1.2)
RUNS = 7  # of figure-bench, at least
START_AIM = Aim(seconds=0.05)


def measure_all(place, folder):
    """What figure-bench found, by indicator; times in µs, None where nothing is written by hand."""
    found = {}
    for line in text_of(place.figure_bench, folder, PERIOD, SQL).splitlines():
        name, *cells = line.split('\t')
        found[name] = dict(zip(COLUMNS, (None if cell == '-' else float(cell) for cell in cells)))
    return found


def together(found, column):
    return Measured(sum(times[column] for times in found.values()) / 1e6, runs=RUNS)


def worst(found, ours, theirs):
    name = max(found, key=lambda name: found[name][ours] / found[name][theirs])
    return f'worst {found[name][ours] / found[name][theirs]:.2f}× {name}'


def figures(place, folder, where):
    found = measure_all(place, folder)
    place.table.add(f'totals of all {len(found)} figures that count records, {where}', together(found, 'figure'))
    hand = {name: times for name, times in found.items() if times['sql'] and times['count']}
    for what, ours, theirs, yardstick, aim in [
            ('totals', 'figure', 'sql', 'the same by hand, prepared before', AIM),
            ('totals', 'figure', 'sql from text', 'the same by hand, from its text', AIM),
            ('rows', 'rows', 'sql rows', 'SELECT of the same rows', AIM)]:
        place.table.add(f'{what} of {len(hand)} figures, {where} ({worst(hand, ours, theirs)})',
                        together(hand, ours), yardstick, together(hand, theirs), aim)


def forget_kept(folder):
    text_of('sqlite3', folder / 'kezhang.db', 'DELETE FROM kept_figure')


def hand_sql(indicator):
    """The statement of one indicator in figures.sql."""
    return SQL.read_text('utf-8').split(f'\n-- {indicator}\n')[1].split(';')[0]


def command(place, folder, where, indicator):
    """One figure asked for at the command line: counted anew, then kept by a summary."""
    forget_kept(folder)

    def ours():
        return place.run('figure', indicator, '--period', PERIOD, '--data', folder)

    def bare():
        return measure.run('sqlite3', '-readonly', folder / 'kezhang.db', hand_sql(indicator))

    for how in ('counted', 'kept'):
        if how == 'kept':
            place.summary(folder, '--format', 'json')
        both = measure.in_turns(4 * place.rounds, ours, bare)
        place.table.add(f'kezhang figure {indicator}, {how}, {where}', both[0], 'sqlite3 with the statement by hand',
                        both[1], START_AIM)
        place.table.add('its processor time alone', Measured(both[0].cpu, runs=both[0].runs), 'that of sqlite3',
                        Measured(both[1].cpu), START_AIM)
