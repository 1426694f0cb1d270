"""What checking a text costs: in time by its length, and in memory; beside it, the same command on one line of text."""

import os

import measure
from measure import Aim, Measured

SECONDS = 0.2  # for a million bytes of text, beside what starting costs
MEGABYTE = 1_000_000

TEXT = '''{year}年上半年，全县登记科技成果{a}件，占年度目标200件的85%，同比增长14.9%。科技型中小企业申报{b}家，其中通过公示17家、在审12家。
1—6月，兑现奖励资金近千万元，惠及{c}家企业；选派科技特派员78名，每人工作经费2万元，共拨付156万元，培训群众8000余人次。
高新技术产业产值增长30.9%，居全市第一；征集技术难题{d}个，筹建博士后科研工作站2个，有效高新技术企业由{e}家增加到{f}家。
'''


def write(place, size):
    path = place.work / f'text-{size}.txt'
    text, i = [], 0
    length = 0
    while length < size:
        i += 1
        text.append(TEXT.format(year=2019 + i % 3, a=100 + i % 97, b=20 + i % 31, c=80 + i % 17, d=i % 40, e=i % 90, f=i % 90 + 7))
        length += len(text[-1].encode())
    path.write_bytes(''.join(text).encode()[:size].decode(errors='ignore').encode())
    return path


def check(place, folder):
    """Without a ledger and with one; a text twice as long must take twice as long."""
    start = write(place, 400)
    sizes = [MEGABYTE // 2, MEGABYTE, 2 * MEGABYTE]

    def command(path, data):
        more = ['--data', data] if data else []
        return lambda: place.run('check', path, '--json', *more, may_end=(0, 1), env={'PATH': os.environ['PATH']})

    for data, name in ((None, 'text alone'), (folder, 'against the demo county')):
        measured = measure.in_turns(place.rounds, *[command(path, data) for path in [start, *[write(place, size) for size in sizes]]])
        bare, rest = measured[0], measured[1:]
        for size, ours in zip(sizes, rest):
            more = Measured(ours.seconds - bare.seconds, ours.cpu - bare.cpu, ours.mib, ours.runs)
            aim = Aim(seconds=SECONDS * size / MEGABYTE) if data is None else None
            place.table.add(f'check of {size / MEGABYTE:g} MB of text, {name}, beside starting', more,
                            'one line of text, with starting', bare, aim)
