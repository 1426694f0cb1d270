/* The program is killed, or two of it run at once: what was begun is there whole or not at all. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { databases, expectDone, kezhang, place, seeded, sleep, start } from './lib.mjs';
import { holds, holdsAllOrNone, projects, smallWorld } from './small.mjs';

const SEED = 349901;
const KILLS = 10;
const ROWS = 20_000;

/* How long a command takes when nothing disturbs it, in milliseconds. */
async function timeOf(store, ...words) {
    const begun = Date.now();
    const { code, err } = await start(store, ...words).ended;
    assert.equal(code, 0, err);
    return Date.now() - begun;
}

/* Starts a command and kills it at a part of its time; whether it was still running. */
async function killAt(store, ms, ...words) {
    const { child, ended } = start(store, ...words);
    await sleep(ms);
    child.kill('SIGKILL');
    return (await ended).signal === 'SIGKILL';
}

for (const database of databases) {
    test(`an import is killed, on ${database.name}`, { skip: database.skip }, async (t) => {
        const defs = smallWorld(), file = projects(ROWS), random = seeded(SEED);
        const whole = await timeOf(database.make(defs), 'import', 'project', file);
        let store = database.make(defs), killed = 0;
        for (let i = 0; i < KILLS; i++) {
            /* moments spread over the whole run; a folder that got its rows after all is no place to import them anew */
            killed += await killAt(store, ((i + random()) / KILLS) * whole, 'import', 'project', file);
            if (holdsAllOrNone(store, ROWS)) store = database.make(defs);
        }
        t.diagnostic(`${killed} of ${KILLS} were killed while they ran; undisturbed it takes ${whole} ms`);
        assert.ok(killed >= KILLS / 2, 'the import is too short to be killed');
        expectDone(store, 'import', 'project', file);
        holds(store, ROWS);
    });

    test(`a report is killed, on ${database.name}`, { skip: database.skip }, async (t) => {
        const random = seeded(SEED + 1), store = database.make(smallWorld());
        expectDone(store, 'import', 'project', projects(ROWS));
        const words = ['report', 'summary', '--period', '2020H1', '--issue', '--out'];
        const whole = await timeOf(store, ...words, place('out'));
        let killed = 0;
        for (let i = 0; i < KILLS; i++) {
            const out = place('out');
            killed += await killAt(store, ((i + random()) / KILLS) * whole, ...words, out);
            for (const name of fs.existsSync(out) ? fs.readdirSync(out) : [])
                if (!name.endsWith('.new')) assert.ok(fs.statSync(path.join(out, name)).size > 0, `${name} is empty`);
            holds(store, ROWS);
        }
        t.diagnostic(`${killed} of ${KILLS} were killed while they ran; undisturbed it takes ${whole} ms`);
        assert.ok(killed >= KILLS / 2, 'the report is too short to be killed');
        assert.match(expectDone(store, ...words, place('out')), /issued as no\. \d+: 2 figures/);
        assert.equal(kezhang(store, 'report', 'summary', '--period', '2020H1', '--drift').code, 0);
    });

    test(`two import at once, on ${database.name}`, { skip: database.skip }, async () => {
        const store = database.make(smallWorld());
        const files = [projects(ROWS / 4), projects(ROWS / 4, { first: ROWS })];
        const done = await Promise.all(files.map((file) => start(store, 'import', 'project', file).ended));
        for (const { code, err } of done) assert.ok(code === 0 || (code === 2 && /another program is writing/.test(err)), `exit ${code}: ${err}`);
        holds(store, done.filter(({ code }) => code === 0).length * (ROWS / 4));
    });

    test(`two import the same at once, on ${database.name}`, { skip: database.skip }, async () => {
        const store = database.make(smallWorld()), file = projects(ROWS / 4);
        const done = await Promise.all([1, 2].map(() => start(store, 'import', 'project', file).ended));
        for (const { code, err } of done) assert.ok(code === 0 || (code === 2 && /another program is writing/.test(err)), `exit ${code}: ${err}`);
        assert.ok(done.some(({ code }) => code === 0));
        holds(store, ROWS / 4);
    });

    test(`one reads while another imports, on ${database.name}`, { skip: database.skip }, async () => {
        const store = database.make(smallWorld());
        const { ended } = start(store, 'import', 'project', projects(ROWS));
        let over = false;
        ended.then(() => { over = true; });
        const seen = new Set();
        while (!over) {
            const { code, out, err } = await start(store, 'figure', 'projects_done', '--period', '2020H1', '--json').ended;
            assert.equal(code, 0, err);
            seen.add(JSON.parse(out).value);
        }
        assert.equal((await ended).code, 0);
        assert.ok([...seen].every((value) => value === '0' || value === String(ROWS)), `seen: ${[...seen]}`);
        holds(store, ROWS);
    });
}
