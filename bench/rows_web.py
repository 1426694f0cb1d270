"""What the web server costs: a page and writes beside libmicrohttpd and SQLite alone (web-bare.c), and connections that
are held. A server is an address that answers already; everything is measured through its pages, by wrk."""

import contextlib
import html
import os
import pathlib
import re
import resource
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field

import measure
from measure import Aim, Measured
from place import BENCH

SECONDS = 8  # of one run
WRK_THREADS = 2
PAGE_CONNECTIONS = 32
WRITERS = (8, 64)
MARK = b'\x01'
TICKS = os.sysconf('SC_CLK_TCK')


@dataclass
class Server:
    """What is asked: a whole address, and the headers that let one in. Without a process its own time is not known."""
    url: str
    headers: list = field(default_factory=list)  # 'Name: value'
    process: int | None = None

    def cpu(self):
        if not self.process:
            return 0
        fields = pathlib.Path(f'/proc/{self.process}/stat').read_text().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def mib(self, word='VmHWM'):
        if not self.process:
            return 0
        status = pathlib.Path(f'/proc/{self.process}/status').read_text()
        return int(re.search(rf'^{word}:\s+(\d+)', status, re.M)[1]) / 1024

    def get(self):
        opener = urllib.request.build_opener()
        opener.addheaders = [tuple(line.split(': ', 1)) for line in self.headers]  # wrk names no browser either
        with opener.open(self.url) as answer:
            return answer.read()


# --- load ---

@dataclass
class Load:
    each: Measured  # time from one answer to the next, the server's processor time for one
    slow: Measured  # 99 of 100 took at most so long


SCALE = {'us': 1e-6, 'ms': 1e-3, 's': 1, 'm': 60}


def load(server, connections, *script):
    """wrk on that many connections; every answer must be a good one."""
    argv = ['wrk', f'-t{min(WRK_THREADS, connections)}', f'-c{connections}', f'-d{SECONDS}s', '--latency', '--timeout', '30s',
            *(part for line in server.headers for part in ('-H', line)), *script[:2], server.url, *script[2:]]
    if not shutil.which('wrk'):
        raise measure.Failed('wrk is not installed; install the package wrk')
    cpu = server.cpu()
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    cpu = server.cpu() - cpu
    bad = re.search(r'Non-2xx.*|Socket errors.*', done.stdout)
    if done.returncode or bad:
        raise measure.Failed(f"{server.url}: {bad[0] if bad else done.stderr[-500:]}")
    count = int(re.search(r'(\d+) requests in', done.stdout)[1])
    rate = float(re.search(r'Requests/sec:\s+([\d.]+)', done.stdout)[1])
    slow, unit = re.search(r'99%\s+([\d.]+)(\w+)', done.stdout).groups()
    return Load(Measured(1 / rate, cpu / count, server.mib()), Measured(float(slow) * SCALE[unit]))


def in_turns(place, ours, bare, connections, *script):
    """Both in turns; the medians of their requests and of their slow ones."""
    runs = [(load(ours, connections, *script), load(bare, connections, *script)) for _ in range(place.rounds)]
    return [[measure.median([getattr(run[side], what) for run in runs]) for side in (0, 1)] for what in ('each', 'slow')]


def add_rows(table, what, pairs, beside, aim=None, slow_aim=None):
    (ours, bare), slow = pairs
    rate = f'{1 / ours.seconds:,.0f} a second beside {1 / bare.seconds:,.0f}'
    table.add(f'{what}, {rate}', ours, beside, bare, aim)
    table.add('99 of 100 of them within', slow[0], 'the same of that', slow[1], slow_aim)


@contextlib.contextmanager
def bare_server(place, *argv):
    with subprocess.Popen([place.build / 'bench/web-bare', *argv], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as process:
        url = process.stdout.readline().strip()
        if not url:
            raise measure.Failed('web-bare does not start')
        yield Server(url, process=process.pid)
        process.stdin.close()


# --- a page ---

def frame_of(page, database, select):
    """The page with a mark in the place of every value of the statement, in their order, from its table on."""
    with contextlib.closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as db:
        values = [value for row in db.execute(select) for value in row]
    at = max(page.find(b'<tbody'), 0)
    pieces, begun = [], 0
    for value in values:
        text = b'' if value is None else html.escape(str(value)).replace('&#x27;', "'").encode()
        place = page.find(text, at)
        if place < 0:
            raise measure.Failed(f'the page does not show {value!r} in its turn; select what it shows, in that order')
        pieces.append(page[begun:place])
        at = begun = place + len(text)
    return MARK.join([*pieces, page[begun:]])


def page(place, server, database, select, what='list page of 20 rows', aim=None, slow_aim=None,
         connections=PAGE_CONNECTIONS):
    """A page whose rows come from the statement, beside the same bytes."""
    wanted = server.get()
    frame = place.work / 'frame.html'
    frame.write_bytes(frame_of(wanted, database, select))
    with bare_server(place, database, select, frame) as bare:
        if bare.get() != wanted:
            raise measure.Failed('web-bare does not print the same page')
        add_rows(place.table, f'{what} ({len(wanted) / 1024:.0f} KiB), {connections} connections',
                 in_turns(place, server, bare, connections), 'libmicrohttpd, prepared SELECT, same bytes', aim, slow_aim)
    place.remove(frame.name)


# --- writes ---

def creates(place, server, kind, body, aim=None):
    """Bodies posted by several at once; {n} in a body is another number each time."""
    for clients in WRITERS:
        path = place.work / f'bare-{clients}.db'
        with bare_server(place, path) as bare:
            add_rows(place.table, f'durable create, {clients} at once',
                     in_turns(place, server, bare, clients, '-s', BENCH / 'create.lua', '--', kind, body),
                     'libmicrohttpd, INSERT, one commit each', aim)
        place.remove(*(file.name for file in place.work.glob(f'{path.name}*')))


# --- connections that are held ---

def ask(connection, request):
    """One answer with its length, thrown away."""
    connection.sendall(request)
    got = b''
    while b'\r\n\r\n' not in got:
        piece = connection.recv(65536)
        if not piece:
            raise measure.Failed('the server does not hold the connection')
        got += piece
    head, body = got.split(b'\r\n\r\n', 1)
    left = int(re.search(rb'(?i)\ncontent-length: *(\d+)', head)[1]) - len(body)
    while left > 0:
        left -= len(connection.recv(65536))


def idle(place, server, connections):
    """So many connections with one answer each, all of them asked again after the last has come; and then closed."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(connections + 100, most), most))
    url = urllib.parse.urlsplit(server.url)
    lines = [f'GET {url.path or "/"} HTTP/1.1', f'Host: {url.netloc}', *server.headers]
    request = ('\r\n'.join(lines) + '\r\n\r\n').encode()
    before, begun, held = server.mib('VmRSS'), time.perf_counter(), []
    for _ in range(connections):
        held.append(socket.create_connection((url.hostname, url.port), timeout=30))
        ask(held[-1], request)
    for connection in held:
        ask(connection, request)
    took, during = time.perf_counter() - begun, server.mib('VmRSS')
    for connection in held:
        connection.close()
    time.sleep(3)
    place.table.add(f'{connections:,} connections opened, held and asked twice ({before:.0f} MiB before, {during:.0f} MiB held, '
              f"{server.mib('VmRSS'):.0f} MiB when they are closed)", Measured(took, mib=during), aim=Aim(mib=256))
