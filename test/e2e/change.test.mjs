/* Definitions change under a data folder that holds records: what is safe is done with a copy before it, what loses something is asked
 * for, and what would turn stored values into others is not done at all. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { databases, definitions, expectDone, importSheet, kezhang, place, start, write } from './lib.mjs';
import { FIGURES, PROJECT, holds, projects } from './small.mjs';

/* The small world with parts of its ledger replaced: [before, after] each. */
function changed(...pairs) {
    const ledger = pairs.reduce((text, [before, after]) => {
        assert.equal(text.split(before).length, 2, before);
        return text.replace(before, after);
    }, PROJECT);
    return definitions({ 'ledgers/project.yaml': ledger, 'indicators/projects.yaml': FIGURES });
}

const ROWS = 300;
function begin(database, defs = changed()) {
    const store = database.make(defs);
    expectDone(store, 'import', 'project', projects(ROWS));
    return store;
}

const exported = (store, ...more) => {
    const file = place('export.csv');
    expectDone(store, 'export', 'project', file, ...more);
    return fs.readFileSync(file, 'utf8');
};
const found = (store, words) => exported(store, '--search', words).trim().split('\n').length - 1;
const copies = (store) => (fs.existsSync(path.join(store.folder, 'backups')) ? fs.readdirSync(path.join(store.folder, 'backups')) : []);

const DAY = '  - {name: done_on, kind: date, label: {zh: 完成日期, en: Done on}}\n';
const UNIT = '  - {name: unit_name, kind: text, label: {zh: 单位, en: Unit}}\n';

/* How SQLite would find something. */
function planOf(store, sql) {
    const script = "import sqlite3, sys; print(*(row[3] for row in sqlite3.connect(sys.argv[1]).execute('EXPLAIN QUERY PLAN ' + sys.argv[2])), sep='; ')";
    return execFileSync('python3', ['-c', script, path.join(store.folder, 'kezhang.db'), sql], { encoding: 'utf8' }).trim();
}

test('SQLite looks through indexes, before and after a migration', () => {
    const store = begin(databases[0]);
    const questions = {
        'SELECT at FROM change WHERE org = 1 AND record = 5': 'USING INDEX change_record (org=? AND record=?)',
        'SELECT at FROM change WHERE org = 1 AND batch = 5': 'USING INDEX change_batch (org=? AND batch=?)',
        "SELECT id FROM l_project WHERE org = 1 AND number = 'XM-1' AND recorded_to IS NULL": 'COVERING INDEX l_project_number (org=? AND number=?',
        "SELECT title FROM l_project WHERE org = 1 AND done_on > '2020' AND recorded_to IS NULL": 'INDEX l_project_by_done_on (org=? AND done_on>?)',
    };
    for (const [sql, plan] of Object.entries(questions)) assert.ok(planOf(store, sql).includes(plan), `${sql}: ${planOf(store, sql)}`);
    store.defs = changed([UNIT, '']);
    expectDone(store, 'migrate', '--lossy');
    for (const [sql, plan] of Object.entries(questions)) assert.ok(planOf(store, sql).includes(plan), `${sql}: ${planOf(store, sql)}`);
});

for (const database of databases) {
    const on = (name, run) => test(`${name}, on ${database.name}`, { skip: database.skip }, run);

    on('a field is added by the next command that writes', () => {
        const store = begin(database);
        store.defs = changed([UNIT, `${UNIT}  - {name: site, kind: text, label: {zh: 地点, en: Site}}\n`]);
        const { code, err } = kezhang(store, 'export', 'project', place('a.csv'));
        assert.equal(code, 2);
        assert.match(err, /the tables do not fit the definitions yet; run kezhang migrate/);
        const result = importSheet(store, { file: write('more.csv', '名称,地点\n新项目,青禾镇\n'), ledger: 'project' });
        assert.deepEqual([result.code, result.created], [0, 1]);
        assert.equal(copies(store).length, 1);
        assert.match(exported(store), /青禾镇/);
        assert.match(expectDone(store, 'verify'), / 0 findings\n$/);
    });

    on('a field goes and comes back with what it held', () => {
        const store = begin(database);
        const before = exported(store), whole = store.defs;
        store.defs = changed([UNIT, '']);
        assert.equal(kezhang(store, 'migrate').code, 1);
        expectDone(store, 'migrate', '--lossy');
        assert.doesNotMatch(exported(store), /青禾县科技局/);
        holds(store, ROWS);
        store.defs = whole;
        expectDone(store, 'migrate');
        assert.equal(exported(store), before);
        holds(store, ROWS);
    });

    on('a field does not come back as another kind', () => {
        const store = begin(database);
        store.defs = changed([UNIT, '']);
        expectDone(store, 'migrate', '--lossy');
        store.defs = changed([UNIT, UNIT.replace('text', 'integer')]);
        const { code, err } = kezhang(store, 'migrate', '--lossy');
        assert.equal(code, 1);
        assert.match(err, /unit_name: an earlier field of this name kept values of another kind; give this one a new name/);
        assert.equal(copies(store).length, 1, 'a copy before each migration that was done');
    });

    on('stored values never come to mean something else', () => {
        const store = begin(database), whole = store.defs, before = exported(store);
        for (const pair of [['kind: money', 'kind: integer'], ['kind: money', 'kind: decimal, scale: 4'], ['name: done_on, kind: date', 'name: done_on, kind: text']]) {
            store.defs = definitions({ 'ledgers/project.yaml': PROJECT.replace(...pair) });
            const { code, err } = kezhang(store, 'migrate', '--lossy');
            assert.equal(code, 1, `${pair}: ${err}`);
            assert.match(err, /what is stored would mean something else/);
        }
        store.defs = whole;
        assert.equal(exported(store), before);
        holds(store, ROWS);
    });

    on('a field is found by when it is searched, and no more when it is not', () => {
        const store = begin(database), whole = store.defs;
        assert.equal(found(store, '青禾县科技局'), 0);
        store.defs = changed(['name: unit_name, kind: text,', 'name: unit_name, kind: text, search: true,']);
        expectDone(store, 'migrate');
        assert.equal(found(store, '青禾县科技局'), ROWS);
        assert.equal(found(store, '第123号'), 1);
        expectDone(store, 'import', 'project', projects(ROWS + 1, { unit: '青禾县财政局' }));
        assert.equal(found(store, '青禾县科技局'), 0);
        assert.equal(found(store, '青禾县财政局'), ROWS + 1);
        store.defs = whole;
        expectDone(store, 'migrate');
        assert.equal(found(store, '青禾县财政局'), 0);
        holds(store, ROWS + 1);
    });

    on('a key that is not unique is refused, and nothing is changed', () => {
        const store = begin(database), whole = store.defs;
        store.defs = changed(['key: [title]', 'key: [unit_name]'], ['name: unit_name, kind: text,', 'name: unit_name, kind: text, required: true,']);
        const { code, err } = kezhang(store, 'migrate');
        assert.ok(code === 1 || code === 2, err);
        assert.match(err, /ledgers\/project\.yaml:1:9: several records of project have the same key; change them, or the key/);
        store.defs = whole;
        holds(store, ROWS);
    });

    on('states are given to records that had none', () => {
        const store = begin(database);
        store.defs = changed([DAY, `${DAY}states:
  - {name: begun, label: {zh: 进行中, en: Begun}}
  - {name: done, label: {zh: 完成, en: Done}, date: done_on}
`]);
        const { code } = kezhang(store, 'migrate');
        assert.equal(code, 1, 'the state `kept` goes, and records are in it');
        expectDone(store, 'migrate', '--lossy');
        holds(store, ROWS);
        const result = importSheet(store, { file: projects(ROWS), ledger: 'project' });
        assert.deepEqual([result.code, result.refused], [0, 0]);
        holds(store, ROWS);
    });

    on('two programs meet new definitions at once', async () => {
        const store = begin(database);
        store.defs = definitions({
            'ledgers/project.yaml': PROJECT.replace(UNIT, `${UNIT}  - {name: site, kind: text, label: {zh: 地点, en: Site}}\n`),
            'ledgers/visit.yaml': PROJECT.replace('ledger: project', 'ledger: visit').replace('{zh: 项目, en: Projects}', '{zh: 走访, en: Visits}'),
            'indicators/projects.yaml': FIGURES,
        });
        const done = await Promise.all([1, 2, 3].map(() => start(store, 'migrate').ended));
        assert.ok(done.some(({ code }) => code === 0));
        for (const { code, err } of done) assert.ok(code === 0 || /another program/.test(err), `exit ${code}: ${err}`);
        expectDone(store, 'migrate');
        holds(store, ROWS);
    });
}
