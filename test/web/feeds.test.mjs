// Lists and figures as CSV, for spreadsheets that fetch them again: what is in them, who may, and what the reader's program
// would make of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { root, serve } from "./browser.mjs";
import { Client } from "./client.mjs";
import { program } from "./program.mjs";

let server, clerk;
before(async () => {
  server = await serve();
  clerk = await program(server, "clerk", "ledger:read", "ledger:edit", "ledger:export", "figure:read");
});
after(() => server.close());

const BOM = "\uFEFF";
const feed = async (path, headers) => {
  const answer = await clerk.send("GET", path, { headers });
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, text, lines: text.split("\r\n").slice(0, -1) };
};
const list = (query) => feed(`/ledgers/achievement/records.csv?${new URLSearchParams(query)}`);

test("a list comes with a mark, its heads and codes in words", async () => {
  const { status, headers, text, lines } = await list({ $select: "title,class,registered_on", $filter: "state eq registered", $top: "2" });
  assert.equal(status, 200);
  assert.match(headers.get("content-type"), /^text\/csv/);
  assert.ok(text.startsWith(`${BOM}成果名称,成果类别,登记日期,状态`), lines[0]);
  assert.equal(lines.length, 3);
  assert.match(lines[1], /,(应用技术|软科学|基础理论)/);
  const { lines: english } = await feed("/ledgers/achievement/records.csv?%24select=title&%24top=1", { "Accept-Language": "en" });
  assert.match(english[0], /^\uFEFFTitle/);
});

test("OData's words mean what our own do", async () => {
  const pairs = [["registered_on ge 2020-03-01 and registered_on le 2020-06-30", "registered_on >= 2020-03-01 and registered_on <= 2020-06-30"],
    ["contains(title, '技术') and state ne registered", "title contains '技术' and state != registered"],
    ["owner/name ne 'a eq b''s, c'", "owner.name != 'a eq b''s, c'"]];
  for (const [odata, ours] of pairs) {
    const both = await Promise.all([list({ $filter: odata, $select: "title" }), feed(`/ledgers/achievement/records.csv?${new URLSearchParams({ where: ours, columns: "title" })}`)]);
    assert.equal(both[0].status, 200, both[0].text);
    assert.equal(both[0].text, both[1].text, odata);
    assert.ok(both[0].lines.length > 1, odata);
  }
});

test("pieces by $top and $skip are the whole, in order, and say where the next is", async () => {
  const whole = await list({ $select: "title,registered_on", $orderby: "registered_on desc" });
  const first = await list({ $select: "title,registered_on", $orderby: "registered_on desc", $top: "100" });
  assert.deepEqual(first.lines, whole.lines.slice(0, 101));
  const rows = [...first.lines.slice(1)];
  for (let next = first.headers.get("link"); next;) {
    const address = next.match(/^<\/api\/v1(.*)>;\s*rel="next"$/)[1];
    const piece = await feed(address);
    rows.push(...piece.lines.slice(1));
    next = piece.headers.get("link");
  }
  assert.deepEqual(rows, whole.lines.slice(1));
});

test("what is no column, condition or number is said", async () => {
  for (const [query, field] of [[{ $select: "title,nix" }, "$select"], [{ $top: "ten" }, "$top"]]) {
    const { status, text } = await list(query);
    assert.equal(status, 422);
    assert.equal(JSON.parse(text).errors[0].field, field);
  }
  assert.equal((await list({ $filter: "title eq" })).status, 422);
});

test("no cell is run as a formula, and telephone numbers are masked", async () => {
  const made = await clerk("POST", "/ledgers/organisation/records", { values: { name: "=1+1", address: "清河镇" } });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { text } = await feed(`/ledgers/organisation/records.csv?where=${encodeURIComponent("name contains '1+1'")}&columns=name`);
  assert.ok(text.includes('"=""=1+1"""'), text);
  const people = await feed("/ledgers/commissioner/records.csv?columns=phone");
  assert.match(people.text, /\d{3}\*+\d{2,4}/, people.text.slice(0, 200));
  assert.doesNotMatch(people.text, /\b1[3-9]\d{9}\b/);
});

test("all figures of a period, with unit and cut-off", async () => {
  const { lines } = await feed("/figures.csv?period=2020H1");
  const row = lines.find((line) => line.startsWith("achievements_registered,"));
  assert.match(row, /^achievements_registered,[^,]+,170,件,2020H1,2020-06-30,/);
  assert.equal((await feed("/figures.csv")).status, 422);
});

test("a spreadsheet signs in by Basic at feeds, and nowhere else", async () => {
  const stranger = new Client(server.address);
  const asked = await stranger.send("GET", "/api/v1/figures.csv?period=2020H1");
  assert.equal(asked.status, 401);
  assert.match(asked.headers.get("www-authenticate"), /^Basic /);
  const basic = (secret) => ({ headers: { Authorization: `Basic ${btoa(`excel:${secret}`)}` } });
  assert.equal((await stranger.send("GET", "/api/v1/figures.csv?period=2020H1", basic(clerk.secret))).status, 200);
  for (const wrong of ["", "kz_", `kz_${"0".repeat(64)}`, "x".repeat(5000)])
    assert.equal((await stranger.send("GET", "/api/v1/figures.csv?period=2020H1", basic(wrong))).status, 401);
  assert.equal((await stranger.send("GET", "/api/v1/ledgers", basic(clerk.secret))).status, 401);
});

test("a feed is for who may take records out, and of the records he may see", async () => {
  const reader = await program(server, "clerk", "ledger:read");
  assert.equal((await reader.send("GET", "/ledgers/achievement/records.csv")).status, 403);
});

test("the addresses in the guides answer", async () => {
  for (const guide of ["docs/api.md", "docs/api.zh-CN.md"]) {
    const text = readFileSync(join(root, guide), "utf8");
    const feeds = [...text.matchAll(/^https:\/\/[^/]+\/api\/v1(.+)$/gm)].map(([, path]) => path);
    const calls = [...text.matchAll(/^curl -H "\$TOKEN" "\$AT([^"]+)"/gm)].map(([, path]) => path);
    assert.ok(feeds.length === 2 && calls.length === 2, guide);
    for (const path of [...feeds, ...calls]) assert.equal((await clerk.send("GET", path.replaceAll(" ", "%20"))).status, 200, path);
  }
});
