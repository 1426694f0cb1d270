/* A finished text against the demo county: which numbers hold, which do not and why, and what a file that is no text gets. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { PROGRAM, ROOT, countySheets, databases, expectDone, importSheet, kezhang, place, write } from './lib.mjs';

const TEXT = `青禾县科技局2020年上半年工作总结

一、工作开展情况
科技活动周期间，广场活动参加群众1500人次，展出展板41块。流动科技馆接待参观近1000多人次。
登记科技成果148件，占年度目标200件的85%。1—4月，高新技术产业产值增长30.9%，居全市第一。
科技型中小企业申报29家，其中通过公示17家、在审13家。
选派科技特派员78名，每人工作经费2万元，共拨付156万元。
`;

const check = (store, file, ...more) => {
    const { code, out, err } = kezhang(store, 'check', file, '--json', ...more);
    return { code, err, ...(out ? JSON.parse(out) : {}) };
};
const figure = (checked, text) => checked.figures.find((one) => one.text === text);
const says = (checked, kind) => checked.relations.filter((one) => one.kind === kind).map((one) => [one.says, one.holds]);

/* Code points of a text, as the contract counts them. */
const slice = (text, { start, end }) => [...text].slice(start, end).join('');

for (const database of databases)
    test(`a text against the county on ${database.name}`, { skip: database.skip }, async (t) => {
        const store = database.make(path.join(ROOT, 'defs'));
        for (const sheet of countySheets()) importSheet(store, sheet);
        const checked = check(store, write('summary.txt', TEXT));

        await t.test('numbers stand where they are said to stand', () => {
            assert.equal(checked.code, 1);
            assert.equal(checked.chars, [...TEXT].length);
            for (const one of checked.figures) assert.equal(slice(TEXT, one), one.text);
        });
        await t.test('what holds matches, under its bound', () => {
            for (const text of ['1500人次', '41块', '近1000多人次', '30.9%', '第一', '17家', '78名', '156万元', '85%'])
                assert.equal(figure(checked, text)?.verdict, 'match', text);
        });
        await t.test('what does not differs, and the year it is right for is named', () => {
            const wrong = figure(checked, '148件');
            assert.deepEqual([wrong.verdict, wrong.indicator, wrong.ledger], ['differs', 'achievements_registered', '170']);
            assert.match(wrong.why.zh, /2019年上半年/);
            assert.equal(figure(checked, '13家').verdict, 'differs');
        });
        await t.test('the arithmetic is tested', () => {
            assert.deepEqual(says(checked, 'sum'), [['17+13≠29', false]]);
            assert.deepEqual(says(checked, 'share'), [['148÷200≠85%', false]]);
            assert.deepEqual(says(checked, 'product'), [['20000×78=1560000', true]]);
            const codes = checked.findings.map((one) => one.code);
            assert.deepEqual(codes, ['contradictory-bound', 'share-differs', 'sum-differs']);
        });
        await t.test('an issued text is held against', () => {
            expectDone(store, 'report', 'half_year_summary', '--period', '2020H1', '--out', place('out'), '--format', 'md', '--issue');
            const again = check(store, write('summary.txt', TEXT));
            assert.ok(again.findings.some((one) => one.code === 'issued-differs' && slice(TEXT, one) === '148件'));
        });
        await t.test('most numbers of a summary that the program wrote are recognised, in every form', () => {
            const folder = place('own');
            expectDone(store, 'report', 'half_year_summary', '--period', '2020H1', '--out', folder, '--format', 'docx,html,md');
            for (const form of ['docx', 'html', 'md']) {
                const own = check(store, path.join(folder, `half_year_summary-2020H1.${form}`));
                const matching = own.figures.filter((one) => one.verdict === 'match').length;
                assert.ok(matching > 120, `${form}: ${matching} match`);
            }
        });
        await t.test('a page and a commented copy are written', () => {
            const folder = place('forms');
            fs.mkdirSync(folder);
            const docx = path.join(folder, 'summary.docx'), page = path.join(folder, 'page.html'), copy = path.join(folder, 'copy.docx');
            expectDone(store, 'report', 'half_year_summary', '--period', '2020H1', '--out', folder, '--format', 'docx');
            fs.renameSync(path.join(folder, 'half_year_summary-2020H1.docx'), docx);
            assert.ok(kezhang(store, 'check', docx, '--html', page, '--docx', copy).code < 2);
            assert.match(fs.readFileSync(page, 'utf8'), /科技成果登记数/);
            const [before, after] = [docx, copy].map((file) => check(store, file).figures.map((one) => one.text));
            assert.deepEqual(after, before);
        });
    });

/* --- without a ledger, and without a text --- */

test('without a data folder the text is held against itself', () => {
    const folder = place('nowhere');
    fs.mkdirSync(folder);
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KEZHANG')));
    const done = spawnSync(PROGRAM, ['check', write('summary.txt', TEXT), '--json'], { cwd: folder, env, encoding: 'utf8' });
    const checked = JSON.parse(done.stdout);
    assert.equal(done.status, 1);
    assert.deepEqual(says(checked, 'share'), [['148÷200≠85%', false]]);
    assert.ok(checked.figures.every((one) => one.indicator === null && one.verdict === 'unbound'));
});

test('a data folder that is named must be one', () => {
    assert.equal(kezhang(undefined, 'check', write('summary.txt', TEXT), '--data', place('none')).code, 2);
});

const bad = [
    ['a file that is not there', () => place('none.txt'), /none\.txt/],
    ['an empty file', () => write('empty.txt', ''), /empty/],
    ['bytes that are no text', () => write('a.bin', Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 0, 7, 0, 0, 9])), /a\.bin/],
    ['a document with a password', () => write('a.docx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)])), /password/],
    ['a damaged docx', () => write('b.docx', Buffer.from('PK\x03\x04 broken', 'latin1')), /b\.docx/],
    ['200 MB', () => {
        const file = place('large.txt');
        fs.closeSync(fs.openSync(file, 'w'));
        fs.truncateSync(file, 200 << 20);
        return file;
    }, /large/],
];
for (const [what, make, wanted] of bad)
    test(`${what} gets one line and exit 2`, () => {
        const { code, err } = kezhang(undefined, 'check', make());
        assert.equal(code, 2, err);
        assert.match(err, wanted);
        assert.equal(err.trim().split('\n').length, 1, err);
    });
