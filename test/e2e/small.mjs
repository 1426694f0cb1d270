/* A small world for tests that need many rows and little else: one ledger, one figure, one report. */
import assert from 'node:assert/strict';
import { countRows, definitions, expectDone, json, write } from './lib.mjs';

export const PROJECT = `ledger: project
title: {zh: 项目, en: Projects}
area: 1
number: XM-{year}-{serial:6}
key: [title]
shows: title
fields:
  - {name: title, kind: text, required: true, max: 80, search: true, label: {zh: 名称, en: Title}}
  - {name: unit_name, kind: text, label: {zh: 单位, en: Unit}}
  - {name: amount, kind: money, label: {zh: 金额, en: Amount}}
  - {name: done_on, kind: date, label: {zh: 完成日期, en: Done on}}
`;

export const FIGURES = `indicator: projects_done
title: {zh: 完成项目数, en: Projects done}
area: 1
unit: 项
kind: flow
of: project
measure: count
where: done_on in period
caliber: {zh: 当期完成, en: done in the period}
---
indicator: projects_amount
title: {zh: 完成项目金额, en: Amount of the projects done}
area: 1
unit: 元
kind: flow
of: project
measure: sum amount
where: done_on in period
caliber: {zh: 当期完成项目的金额, en: amount of the projects done in the period}
`;

const REPORT = `---
report: summary
title: {zh: 项目工作总结, en: Summary of projects}
---
# 项目工作总结

本期完成项目{{projects_done}}，金额{{projects_amount}}。
`;

export const smallWorld = () =>
    definitions({ 'ledgers/project.yaml': PROJECT, 'indicators/projects.yaml': FIGURES, 'reports/summary.md': REPORT });

/* A sheet of n projects, numbered from `first`, all done in the first half of 2020. */
export function projects(n, { first = 1, unit = '青禾县科技局' } = {}) {
    const rows = Array.from({ length: n }, (_, i) => {
        const number = first + i, day = String(1 + (number % 28)).padStart(2, '0'), month = 1 + (number % 6);
        return `科技项目第${number}号,${unit},${number}.50,2020-0${month}-${day}`;
    });
    return write('projects.csv', `名称,单位,金额,完成日期\n${rows.join('\n')}\n`);
}

/* The folder holds n projects and their log, no more and no less. */
export function holds(store, n) {
    assert.match(expectDone(store, 'verify'), / 0 findings\n$/);
    assert.equal(countRows(store, 'project'), n);
    assert.equal(json(store, 'figure', 'projects_done', '--period', '2020H1').value, String(n));
}

/* Whole or absent: n projects or none, and which. */
export function holdsAllOrNone(store, n) {
    const found = countRows(store, 'project');
    assert.ok(found === 0 || found === n, `${found} of ${n} rows are there`);
    holds(store, found);
    return found === n;
}
