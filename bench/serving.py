"""Kezhang's own server over a data folder: started, signed in to as wrk will call (it names no browser, and a session
is its browser's alone), and ended."""

import contextlib
import http.client
import re
import subprocess
import time
import urllib.parse

import measure
from rows_web import Server

LOGIN, PASSWORD = 'load', 'Lvshui-Qingshan-77'
FORM = 'application/x-www-form-urlencoded'


class Site:
    """What answers at an address, and the session in it."""

    def __init__(self, url, process):
        self.url, self.process, self.cookie = url, process, None

    def ask(self, path, fields=None):
        """The text of a page; a cookie that comes is kept."""
        where = urllib.parse.urlsplit(self.url)
        connection = http.client.HTTPConnection(where.hostname, where.port)
        body = urllib.parse.urlencode(fields).encode() if fields else None
        connection.putrequest('POST' if fields else 'GET', path, skip_accept_encoding=True)
        if fields:
            connection.putheader('Content-Type', FORM)
            connection.putheader('Content-Length', str(len(body)))
        if self.cookie:
            connection.putheader('Cookie', self.cookie)
        connection.endheaders(body)
        answer = connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == 'set-cookie' and value.startswith('kezhang='):
                self.cookie = value.split(';')[0]
        connection.close()
        return text

    def csrf(self, path):
        return re.search(r'name="csrf" content="([0-9a-f]+)"', self.ask(path))[1]

    def sign_in(self, first):
        self.ask('/login', {'login': LOGIN, 'password': first})
        self.ask('/password', {'old': first, 'new': PASSWORD, 'again': PASSWORD, 'csrf': self.csrf('/password')})
        self.ask('/login', {'login': LOGIN, 'password': PASSWORD})

    def server(self, path):
        """A page of it, as rows_web measures it."""
        return Server(self.url + path, [f'Cookie: {self.cookie}'], self.process.pid)


def first_password(place, folder):
    said = subprocess.run([place.kezhang, 'user', 'add', LOGIN, '--name', LOGIN, '--role', 'clerk', '--data', folder],
                          capture_output=True, text=True, check=True, env={'KEZHANG_LANG': 'en', 'PATH': '/usr/bin:/bin'})
    return re.search(r'first password (\S+)', said.stdout)[1]


def begin(place, folder):
    """The process, its address, and the seconds until it answered."""
    began = time.perf_counter()
    process = subprocess.Popen([place.kezhang, 'serve', '--listen', '127.0.0.1:0', '--data', folder,
                                '--trusted-proxy', '127.0.0.1',  # or one address has few connections
                                '--api-rate', '0'],
                               stdout=subprocess.PIPE, text=True)
    said = re.search(r'http://[\d.:]+', process.stdout.readline())
    if not said:
        raise measure.Failed('kezhang serve does not start')
    site = Site(said[0], process)
    site.ask('/healthz')
    return site, time.perf_counter() - began


@contextlib.contextmanager
def serving(place, folder):
    first = first_password(place, folder)
    site, _ = begin(place, folder)
    try:
        site.sign_in(first)
        yield site
    finally:
        site.process.terminate()
        site.process.wait()
