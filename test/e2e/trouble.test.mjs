/* The machine does not do its part: the disk is full, the server stops, the folder is of a newer program. The message says so, the exit
 * code is that of an input or a fault, and nothing half done is left. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
    ROOT, atEnd, databases, expectDone, kezhang, moveServer, onPostgres, place, runSql, sleep, start,
} from './lib.mjs';
import { holds, holdsAllOrNone, projects, smallWorld } from './small.mjs';

const ROWS = 20_000;
const SERVER_ROWS = 5_000;

/* --- a full disk --- */

/* A folder on a small disk of its own; undefined where none can be made. */
function smallDisk(size) {
    const folder = place('disk');
    fs.mkdirSync(folder);
    try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
        return undefined;
    }
    atEnd(() => execFileSync('umount', [folder]));
    return folder;
}

test('the disk is full', (t) => {
    const disk = smallDisk('3m');
    if (!disk) return t.skip('only root can mount a small disk here');
    const store = { folder: path.join(disk, 'data'), defs: smallWorld() };
    expectDone(store, 'init');
    expectDone(store, 'import', 'project', projects(100));
    const { code, err } = kezhang(store, 'import', 'project', projects(ROWS, { first: 1000 }));
    assert.match(err, /disk or quota is full; nothing was written; make room and try again/);
    assert.ok(code === 2 || code === 3, `exit ${code}`);
    holds(store, 100);
    expectDone(store, 'import', 'project', projects(10, { first: 500 }));
    holds(store, 110);
});

test('the disk is full of other things', (t) => {
    const disk = smallDisk('4m');
    if (!disk) return t.skip('only root can mount a small disk here');
    const store = { folder: path.join(disk, 'data'), defs: smallWorld() };
    expectDone(store, 'init');
    expectDone(store, 'import', 'project', projects(100));
    const ballast = path.join(disk, 'ballast');
    try {
        fs.writeFileSync(ballast, Buffer.alloc(8 << 20));
    } catch { /* full now */ }
    for (const words of [['import', 'project', projects(500, { first: 1000 })], ['backup', path.join(disk, 'copy.zip')],
        ['export', 'project', path.join(disk, 'all.xlsx')], ['report', 'summary', '--period', '2020H1', '--out', path.join(disk, 'out')]]) {
        const { code, out, err } = kezhang(store, ...words);
        assert.ok(code === 2 || code === 3, `${words[0]}: exit ${code} ${out}${err}`);
        assert.match(err, /space|full|room/i, `${words[0]}: ${err}`);
    }
    for (const name of ['copy.zip', 'all.xlsx']) assert.ok(!fs.existsSync(path.join(disk, name)), `${name} is there in part`);
    fs.rmSync(ballast);
    holds(store, 100);
});

/* --- a folder that is not ours --- */

for (const database of databases)
    test(`the data folder is of a newer program, on ${database.name}`, { skip: database.skip }, () => {
        const store = database.make(smallWorld());
        runSql(store, "UPDATE setting SET value = '99' WHERE name = 'schema'");
        for (const words of [['import', 'project', projects(1)], ['figure', 'projects_done', '--period', '2020'], ['verify'], ['migrate'],
            ['export', 'project', place('a.csv')], ['backup', place('b.zip')], ['report', 'summary', '--period', '2020']]) {
            const { code, out, err } = kezhang(store, ...words);
            assert.equal(code, 2, `${words[0]}: ${out}${err}`);
            assert.match(err, /written by a newer version \(schema 99, this program knows \d+\); install that version/, words[0]);
        }
    });

test('the data folder is none', () => {
    const empty = place('empty');
    fs.mkdirSync(empty);
    for (const [folder, says] of [[place('missing'), /there is no data folder here; make one with kezhang init/], [empty, /kezhang init|not made by kezhang|no data/]]) {
        const { code, err } = kezhang({ folder, defs: smallWorld() }, 'verify');
        assert.equal(code, 2, err);
        assert.match(err, says);
    }
    assert.deepEqual(fs.readdirSync(empty), [], 'asking made something');
});

/* --- a server that stops --- */

function pgTemp(...words) {
    return execFileSync(path.join(ROOT, 'tools/pg-temp'), words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

test('the server stops in the middle of an import', { skip: databases[1].skip }, async (t) => {
    const folder = place('server'), defs = smallWorld(), file = projects(SERVER_ROWS);
    const store = onPostgres(defs, pgTemp('start', folder));
    let running = true;
    atEnd(() => running && pgTemp('stop', folder));
    const begun = Date.now();
    expectDone(onPostgres(defs, store.url.split(/[?&]options/)[0]), 'import', 'project', file);
    const whole = Date.now() - begun;
    for (const part of [0.3, 0.6, 0.9]) {
        const { ended } = start(store, 'import', 'project', file);
        await sleep(part * whole);
        pgTemp('stop', folder);
        running = false;
        const { code, err } = await ended;
        t.diagnostic(`stopped at ${part} of ${whole} ms: exit ${code}`);
        assert.ok(code === 0 || code === 2 || code === 3, `exit ${code}`);
        if (code) assert.match(err, /server went away|cannot be reached|cannot connect|connection/, err);
        const meanwhile = kezhang(store, 'figure', 'projects_done', '--period', '2020');
        assert.equal(meanwhile.code, 2, meanwhile.err);
        assert.match(meanwhile.err, /server/);
        moveServer(store, pgTemp('start', folder));
        running = true;
        assert.equal(holdsAllOrNone(store, SERVER_ROWS), code === 0);
        if (code === 0) break;
    }
    expectDone(store, 'import', 'project', file);
    holds(store, SERVER_ROWS);
});
