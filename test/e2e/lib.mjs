/* What the end-to-end tests share: the program as a process, data folders on either database, the demo county.
 *
 * The environment names the program (KEZHANG), the one that compares figures (KEZHANG_AGREE) and, for the tests on PostgreSQL, a
 * server (KEZHANG_TEST_PG); each data folder has a schema of its own there. Everything made stands in one temporary folder a test file and goes with it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const PROGRAM = path.resolve(process.env.KEZHANG ?? path.join(ROOT, 'build/kezhang'));
const AGREE = path.resolve(process.env.KEZHANG_AGREE ?? path.join(ROOT, 'build/src/figure/agree'));
const MINUTE = 60_000;
const OUTPUT_MAX = 256 << 20;

/* --- a place --- */

const HOME = fs.mkdtempSync(path.join(os.tmpdir(), 'kezhang-e2e-'));
fs.chmodSync(HOME, 0o755); /* the database server is another user */
const endings = [];
process.on('SIGTERM', () => process.exit(1));
process.on('exit', () => {
    for (const end of endings.reverse()) end();
    fs.rmSync(HOME, { recursive: true, force: true });
});

/* Something to be undone when the file's tests are over. */
export const atEnd = (end) => endings.push(end);

let places = 0;
/* A path that is free. */
export const place = (name) => path.join(HOME, `${++places}-${name}`);

export function write(name, text) {
    const file = place(name);
    fs.writeFileSync(file, text);
    return file;
}

/* Writes definitions: {'ledgers/project.yaml': '…'}. */
export function definitions(files) {
    const folder = place('defs');
    for (const [name, text] of Object.entries(files)) {
        fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), text);
    }
    return folder;
}

/* --- the program --- */

function environment(store) {
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('KEZHANG_'));
    const env = { ...Object.fromEntries(kept), KEZHANG_LANG: 'en', KEZHANG_DATA: store?.folder ?? '/nonexistent' };
    return store?.defs ? { ...env, KEZHANG_DEFS: store.defs } : env;
}

function runToEnd(program, store, words, input) {
    const done = spawnSync(program, words.map(String), {
        input, env: environment(store), encoding: 'utf8', timeout: 5 * MINUTE, maxBuffer: OUTPUT_MAX,
    });
    if (done.error) throw done.error;
    return { code: done.status, signal: done.signal, out: done.stdout, err: done.stderr };
}

/* Runs a command to its end: {code, signal, out, err}. */
export const kezhang = (store, ...words) => runToEnd(PROGRAM, store, words);

/* The same with a text on its standard input. */
export const kezhangReading = (store, input, ...words) => runToEnd(PROGRAM, store, words, input);

/* The same where anything but 0 is a mistake of the test; gives what was written to stdout. */
export function expectDone(store, ...words) {
    const { code, out, err } = kezhang(store, ...words);
    if (code !== 0) throw new Error(`kezhang ${words.join(' ')}: exit ${code}\n${out}${err}`);
    return out;
}

export const json = (store, ...words) => JSON.parse(expectDone(store, ...words, '--json'));

/* What figure/test-agree.c says of a data folder. */
export const agree = (store, ...periods) => runToEnd(AGREE, store, [store.folder, ...periods]).out;

/* Starts a command: {child, ended: Promise<{code, signal, out, err}>}. */
export function start(store, ...words) {
    const child = spawn(PROGRAM, words.map(String), { env: environment(store), stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', err = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
    const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, out, err })));
    return { child, ended };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/* --- data folders --- */

export const psql = (url, sql) =>
    execFileSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', sql],
        { encoding: 'utf8', env: { ...process.env, PGOPTIONS: '-cclient_min_messages=error' } });

const withSchema = (url, schema) => `${url}${url.includes('?') ? '&' : '?'}options=-csearch_path%3D${schema}`;

/* A new data folder on SQLite. */
function onSqlite(defs) {
    const store = { folder: place('data'), defs };
    expectDone(store, 'init');
    return store;
}

/* An empty schema on a PostgreSQL server, as {schema, url}; on that of the tests it goes when they are over. */
function newSchema(server = process.env.KEZHANG_TEST_PG) {
    const schema = `e2e_${process.pid}_${++places}`;
    psql(server, `CREATE SCHEMA ${schema}`);
    if (server === process.env.KEZHANG_TEST_PG) atEnd(() => psql(server, `DROP SCHEMA ${schema} CASCADE`));
    return { schema, url: withSchema(server, schema) };
}

/* A new data folder on a PostgreSQL server, in a schema of its own. */
export function onPostgres(defs, server) {
    const store = { folder: place('data'), defs, ...newSchema(server) };
    expectDone(store, 'init', '--db', store.url);
    return store;
}

const isDatabase = (file) => /^(kezhang\.db.*|database\.url)$/.test(path.basename(file));

/* The same data folder once more, whatever its database is, on the PostgreSQL server of the tests: {folder, schema, url}. */
export function copyToPostgres(folder) {
    const zip = place('copy.zip'), store = { folder: place('data'), ...newSchema() };
    expectDone({ folder }, 'backup', zip, '--with-key');
    expectDone(store, 'restore', zip, '--db', store.url);
    fs.cpSync(folder, store.folder, { recursive: true, filter: (file) => !isDatabase(file) });
    return store;
}

/* Lets a data folder find its database at another address of the server. */
export function moveServer(store, server) {
    store.url = withSchema(server, store.schema);
    fs.writeFileSync(path.join(store.folder, 'database.url'), store.url);
}

export const databases = [
    { name: 'SQLite', make: onSqlite, skip: false },
    { name: 'PostgreSQL', make: onPostgres, skip: process.env.KEZHANG_TEST_PG ? false : 'KEZHANG_TEST_PG names no server' },
];

/* Runs SQL beside the program: to make what it never would. */
export function runSql(store, sql) {
    if (store.url) return psql(store.url, sql);
    return execFileSync('sqlite3', ['-bail', '-cmd', `.timeout ${MINUTE}`, path.join(store.folder, 'kezhang.db'), sql]);
}

/* The rows of a ledger that are current, by the program itself. */
export function countRows(store, ledger) {
    const file = place('all.csv');
    const said = expectDone(store, 'export', ledger, file);
    return Number(/exported (\d+) rows/.exec(said)[1]);
}

/* --- the demo county --- */

let spreadsheets;
/* The folder of its spreadsheets. */
function county() {
    if (spreadsheets) return spreadsheets;
    spreadsheets = place('county');
    execFileSync('/usr/bin/python3', [path.join(ROOT, 'demo/make.py'), '--out', spreadsheets], { stdio: ['ignore', 'ignore', 'inherit'] });
    return spreadsheets;
}

/* The sheets of the county in the order they are imported: {file, sheet, ledger}. */
export function countySheets() {
    const folder = county();
    return fs.readFileSync(path.join(ROOT, 'demo/manifest.tsv'), 'utf8').split('\n')
        .filter((line) => line && !line.startsWith('#'))
        .map((line) => line.split('\t'))
        .map(([file, sheet, ledger]) => ({ file: path.join(folder, file), sheet, ledger }));
}

/* Imports one sheet; the parsed answer, whatever the exit code. */
export function importSheet(store, { file, sheet, ledger }, ...more) {
    const { code, out, err } = kezhang(store, 'import', ledger, file, ...(sheet ? ['--sheet', sheet] : []), '--json', ...more);
    if (!out) throw new Error(`import ${ledger} ${file}: exit ${code}\n${err}`);
    return { code, ...JSON.parse(out) };
}

/* --- chance --- */

/* Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}
