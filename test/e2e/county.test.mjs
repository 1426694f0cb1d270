/* The demo county through the real commands, on both databases: its sheets imported, every figure as wanted and the sum of its rows,
 * imported and exported again without a change, and taken back whole. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
    ROOT, agree, countRows, countySheets, databases, expectDone, importSheet, json, kezhang, place,
} from './lib.mjs';

const DEFS = path.join(ROOT, 'defs');

/* test/figures.tsv: {indicator, period, value, unit, about}. */
const wanted = fs.readFileSync(path.join(ROOT, 'test/figures.tsv'), 'utf8').split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .map(([indicator, , period, value, unit, about]) => ({ indicator, period, value, unit, about }));

const PERIODS = ['2020H1', '2020', '2019'];

const namesIn = (folder, word) => fs.readdirSync(path.join(DEFS, folder)).sort().flatMap((file) =>
    [...fs.readFileSync(path.join(DEFS, folder, file), 'utf8').matchAll(new RegExp(`^${word}: (\\w+)`, 'gm'))].map((found) => found[1]));
const ledgers = namesIn('ledgers', 'ledger');
const indicators = namesIn('indicators', 'indicator');

/* --- arithmetic on decimal texts --- */

const SCALE = 9;
function units(text) {
    const [, sign, whole, rest = ''] = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(text);
    return BigInt(`${sign}${whole}${rest.padEnd(SCALE, '0')}`);
}
const asNumber = (sum) => Number(sum) / 10 ** SCALE;

/* The amounts of one part of the rows: what they make together, undefined when they are all blank. The sum of no rows is 0. */
function total(rows, part) {
    const here = rows.filter((row) => (row.part ?? 0) === part), known = here.filter((row) => row.amount !== null);
    return known.length || !here.length ? known.reduce((sum, row) => sum + units(row.amount), 0n) : undefined;
}

/* What the rows of a figure make, by its measure; undefined when there is nothing to count from. */
function folded(figure) {
    const [here, there] = [0, 1].map((part) => total(figure.rows, part));
    const known = figure.rows.filter((row) => row.amount !== null).length;
    if (here === undefined) return undefined;
    switch (figure.measure) {
    case 'avg': return known ? asNumber(here) / known : undefined;
    case 'ratio': return there ? (asNumber(here) / asNumber(there)) * (figure.unit === '%' ? 100 : 1) : undefined;
    case 'growth': return there > 0n ? ((asNumber(here) - asNumber(there)) / asNumber(there)) * 100 : undefined;
    case 'stated': return known ? asNumber(here) : undefined;
    default: return asNumber(here);
    }
}

/* Counts and sums to the last digit, what is divided to the decimal that is kept. */
function addsUp(figure) {
    const made = folded(figure);
    if (figure.value === null || made === undefined) return figure.value === null && made === undefined;
    if (['count', 'distinct', 'sum', 'stated'].includes(figure.measure)) return units(figure.value) === total(figure.rows, 0);
    return Math.abs(Number(figure.value) - made) <= 0.0501;
}

/* --- one database --- */

function importAll(store) {
    return countySheets().map((sheet) => ({ sheet, result: importSheet(store, sheet) }));
}

async function importsWhole(store, batches) {
    for (const { sheet, result } of importAll(store)) {
        const where = `${path.basename(sheet.file)} sheet ${sheet.sheet}`;
        assert.equal(result.code, 0, where);
        assert.deepEqual(result.problems.filter((problem) => problem.row === null), [], where);
        assert.equal(result.refused, 0, where);
        assert.ok(result.read > 0, where);
        assert.equal(result.read, result.created + result.updated + result.unchanged, where);
        if (result.batch) batches.push(result.batch);
    }
}

/* Of several indicators at once; of one the program gives no list. */
const figuresOf = (store, period, names, ...more) => [json(store, 'figure', ...names, '--period', period, ...more)].flat();

function meetsFigures(store) {
    for (const period of new Set(wanted.map((line) => line.period))) {
        const lines = wanted.filter((line) => line.period === period);
        const figures = figuresOf(store, period, lines.map((line) => line.indicator));
        for (const [i, { indicator, value, unit, about }] of lines.entries()) {
            assert.equal(figures[i].indicator, indicator);
            assert.equal(figures[i].value, value, indicator);
            assert.equal(figures[i].unit, unit, indicator);
            if (about !== '-') assert.equal(figures[i].about.replace(unit, ''), about, indicator);
        }
    }
}

/* All figures of two periods, and that the rows of each add up to it. */
function figuresAddUp(store) {
    const values = {};
    for (const period of PERIODS)
        for (const figure of figuresOf(store, period, indicators, '--rows')) {
            const name = `${figure.indicator} of ${period}`;
            assert.ok(addsUp(figure), `${name}: ${figure.value}, and its rows make ${folded(figure)}`);
            assert.equal(figure.rows.length, figure.count, name);
            values[name] = figure.value;
        }
    assert.equal(Object.keys(values).length, PERIODS.length * indicators.length);
    return values;
}

/* Total, rows and evaluation in memory: figure/test-agree.c. */
function figuresAgree(store) {
    const said = agree(store, ...PERIODS);
    assert.match(said, new RegExp(`^${PERIODS.length * indicators.length} figures compared, \\d+ of them in memory too, \\d+ divided, 0 disagree\n$`));
}

function verifies(store) {
    assert.match(expectDone(store, 'verify'), / 0 findings\n$/);
}

const NOTHING = { created: 0, updated: 0, refused: 0 };
const changesOf = ({ created, updated, refused }) => ({ created, updated, refused });

function importsAgainWithoutChange(store) {
    for (const { sheet, result } of importAll(store))
        assert.deepEqual(changesOf(result), NOTHING, `${path.basename(sheet.file)} sheet ${sheet.sheet}`);
}

function exported(store, ledger, form, ...masks) {
    const file = place(`${ledger}.${form}`);
    const rows = Number(/exported (\d+) rows/.exec(expectDone(store, 'export', ledger, file, ...masks))[1]);
    return { file, rows };
}

function importsAlike(store, ledger, { file, rows }) {
    const result = importSheet(store, { file, ledger });
    assert.deepEqual({ read: result.read, ...changesOf(result) }, { read: rows, ...NOTHING },
        `${path.basename(file)}: ${JSON.stringify(result.problems[0])}`);
}

/* Of a ledger that has nothing to mask, the unmasked files are the masked ones. */
function exportsAndImportsAlike(store) {
    for (const ledger of ledgers) {
        const masked = exported(store, ledger, 'csv'), open = exported(store, ledger, 'csv', '--unmasked');
        const files = [masked, exported(store, ledger, 'xlsx')];
        if (!fs.readFileSync(masked.file).equals(fs.readFileSync(open.file))) files.push(open, exported(store, ledger, 'xlsx', '--unmasked'));
        for (const file of files) importsAlike(store, ledger, file);
    }
}

function isTakenBack(store, batches) {
    for (const batch of batches.reverse()) expectDone(store, 'import', '--undo', batch);
    for (const ledger of ledgers) assert.equal(countRows(store, ledger), 0, ledger);
    const again = kezhang(store, 'import', '--undo', batches[0]);
    assert.equal(again.code, 2, 'a batch is taken back once');
}

const seen = {};
for (const database of databases)
    test(`the county on ${database.name}`, { skip: database.skip }, async (t) => {
        const store = database.make(DEFS);
        const batches = [];
        await t.test('every sheet is imported whole', () => importsWhole(store, batches));
        await t.test('the tables and the log agree', () => verifies(store));
        await t.test('every figure is as wanted', () => meetsFigures(store));
        await t.test('the rows of every figure add up to it', () => { seen[database.name] = figuresAddUp(store); });
        await t.test('evaluated in memory every figure is the same', () => figuresAgree(store));
        await t.test('imported again nothing changes', () => importsAgainWithoutChange(store));
        await t.test('exported and imported nothing changes', () => exportsAndImportsAlike(store));
        await t.test('taken back nothing is left', () => isTakenBack(store, batches));
        await t.test('the tables and the log still agree', () => verifies(store));
    });

test('both databases give the same figures', { skip: databases.find((database) => database.skip)?.skip ?? false }, () => {
    assert.deepEqual(seen.PostgreSQL, seen.SQLite);
});
