/* The program is killed, or two of it run at once: what was begun is there whole or not at all. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { databases, expectDone, kezhang, place, seeded, start } from './lib.mjs';
import { holds, holdsAllOrNone, projects, smallWorld } from './small.mjs';

const SEED = 349901;
const KILLS = 10;
const ROWS = 20_000;

/* Kills a command at KILLS moments spread over its whole run. How long that is changes with what else the machine does: a run that
 * ends before it is killed says how long it takes now, and is tried again. `begin` gives the command, `look` sees what is left. */
async function killAtAnyMoment(t, seed, whole, begin, look) {
    const random = seeded(seed);
    let killed = 0;
    for (let tries = 0; killed < KILLS; tries++) {
        assert.ok(tries < 4 * KILLS, `only ${killed} of ${tries} runs could be killed`);
        const begun = Date.now(), { child, ended } = begin();
        const timer = setTimeout(() => child.kill('SIGKILL'), ((killed + random()) / KILLS) * whole);
        const { code, signal, err } = await ended;
        clearTimeout(timer);
        assert.ok(signal === 'SIGKILL' || code === 0, `exit ${code}: ${err}`);
        if (signal) killed++;
        else whole = Math.min(whole, Date.now() - begun);
        look();
    }
    t.diagnostic(`killed ${KILLS} times; undisturbed it takes ${whole} ms`);
}

/* How long a command takes when nothing disturbs it, in milliseconds. */
async function timeOf(store, ...words) {
    const begun = Date.now();
    const { code, err } = await start(store, ...words).ended;
    assert.equal(code, 0, err);
    return Date.now() - begun;
}

for (const database of databases) {
    test(`an import is killed, on ${database.name}`, { skip: database.skip }, async (t) => {
        const defs = smallWorld(), file = projects(ROWS);
        const whole = await timeOf(database.make(defs), 'import', 'project', file);
        let store = database.make(defs);
        await killAtAnyMoment(t, SEED, whole, () => start(store, 'import', 'project', file), () => {
            /* a folder that got its rows after all is no place to import them anew */
            if (holdsAllOrNone(store, ROWS)) store = database.make(defs);
        });
        expectDone(store, 'import', 'project', file);
        holds(store, ROWS);
    });

    test(`a report is killed, on ${database.name}`, { skip: database.skip }, async (t) => {
        const store = database.make(smallWorld());
        expectDone(store, 'import', 'project', projects(ROWS));
        const words = ['report', 'summary', '--period', '2020H1', '--issue', '--out'];
        const whole = await timeOf(store, ...words, place('out'));
        let out;
        await killAtAnyMoment(t, SEED + 1, whole, () => start(store, ...words, (out = place('out'))), () => {
            for (const name of fs.existsSync(out) ? fs.readdirSync(out) : [])
                if (!name.endsWith('.new')) assert.ok(fs.statSync(path.join(out, name)).size > 0, `${name} is empty`);
            holds(store, ROWS);
        });
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
