// Nothing that the server keeps is ever old: what another process changes shows at the next request. Roles given and taken,
// accounts closed, records written, definitions renewed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { runSql } from "../e2e/lib.mjs";
import { kezhang, root, serve } from "./browser.mjs";
import { signedIn } from "./client.mjs";

let server, clerk;
const outside = (...words) =>
  execFileSync(kezhang, words, { env: { ...server.env, KEZHANG_LANG: "en" }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

before(async () => {
  server = await serve();
  clerk = await signedIn(server, "clerk", "clerk");
});
after(() => server.close());

const AUDIT = /<a href="\/audit"/;
const menu = async (client) => (await client.get("/")).text;

test("a role that was given or taken is in the menu and at the doors at once", async () => {
  const person = await signedIn(server, "audit", "audit_admin");
  for (let i = 0; i < 3; i++) assert.match(await menu(person), AUDIT);
  outside("user", "role", "audit", "audit_admin", "--remove");
  assert.doesNotMatch(await menu(person), AUDIT);
  assert.equal((await person.get("/audit")).status, 403);
  outside("user", "role", "audit", "clerk");
  assert.match(await menu(person), /<a href="\/ledgers\/village"/);
  outside("user", "role", "audit", "clerk", "--remove");
  assert.doesNotMatch(await menu(person), /<a href="\/ledgers\/village"/);
  assert.equal((await person.get("/ledgers/village")).status, 403);
});

test("what one may see is not shown to another who may less", async () => {
  const viewer = await signedIn(server, "system", "system_admin");
  assert.match(await menu(clerk), /<a href="\/ledgers\/village"/);
  assert.doesNotMatch(await menu(viewer), /<a href="\/ledgers\/village"/);
});

test("an account that was closed is out at once", async () => {
  const person = await signedIn(server, "leaving", "clerk");
  assert.equal((await person.get("/ledgers/village")).status, 200);
  outside("user", "disable", "leaving");
  assert.equal((await person.get("/ledgers/village")).status, 303);
});

const count = async (path) => Number((await clerk.get(path)).text.match(/aria-live="polite">[^<\d]*(\d+)/)[1]);

test("records that another process wrote are listed, counted and added up at once", async () => {
  const list = "/ledgers/village?town=清河";
  const known = await count(list);
  assert.equal(await count(list), known);
  const file = join(server.data, "new.csv");
  writeFileSync(file, "村代码,村名,乡镇,户数\n349901100999,新清村,清河镇,7\n");
  outside("import", "village", file);
  assert.match((await clerk.get(list)).text, /新清村/);
  assert.equal(await count(list), known + 1);
});

test("the page of a record says at once what was written of it and of what names it", async () => {
  const [, path] = (await clerk.get("/ledgers/village?q=新清村")).text.match(/href="(\/ledgers\/village\/\d+)"/);
  const file = join(server.data, "again.csv");
  for (const households of [8, 9]) {
    writeFileSync(file, `村代码,村名,乡镇,户数\n349901100999,新清村,清河镇,${households}\n`);
    outside("import", "village", file);
    for (let i = 0; i < 2; i++) assert.match((await clerk.get(path)).text, new RegExp(`<dt>户数</dt><dd>${households}\\b`));
  }
  assert.doesNotMatch((await clerk.get(path)).text, /新清村科普日/);
  writeFileSync(file, "活动名称,活动系列,活动形式,开始日期,活动地点,村,计数方式\n新清村科普日,科普日,讲座,2020-06-01,村部,新清村,签到\n");
  outside("import", "event", file);
  assert.match((await clerk.get(path)).text, /新清村科普日/);
});

test("what is asked and answered about a record is on its page at once, for each who looks his own", async () => {
  const head = await signedIn(server, "head", "section_head");
  const [, path] = (await clerk.get("/ledgers/village?q=新清村")).text.match(/href="(\/ledgers\/village\/\d+)"/);
  const errands = async (client) => (await client.get(path)).text.match(/class="errands">.*?<\/ul>/s)?.[0] ?? "";
  assert.equal(await errands(clerk) + await errands(head), "");
  assert.equal((await clerk.post(`${path}/errands`, { kind: "sign", taker: "head", note: "请过目户数" })).status, 303);
  clerk.cookies.delete("said");
  for (let i = 0; i < 2; i++) assert.match(await errands(clerk), /请过目户数/);
  const mine = (await head.get(path)).text.match(/<form class="ask"[^>]*action="([^"]+)"/)[1];
  assert.equal((await head.post(mine, { answer: "agree", opinion: "户数无误" })).status, 303);
  for (const client of [clerk, head, clerk]) assert.match(await errands(client), /户数无误/);
});

test("a document that was issued is on the pages of the records that it counts at once", async () => {
  const row = JSON.parse(outside("figure", "achievements_registered", "--period", "2020H1", "--rows", "--json")).rows[0];
  const page = () => clerk.get(`/ledgers/achievement/${row.id}`).then(({ text }) => text);
  for (let i = 0; i < 2; i++) assert.doesNotMatch(await page(), /class="documents"/);
  outside("report", "half_year_summary", "--period", "2020H1", "--issue", "--out", join(server.data, "out"), "--format", "md");
  for (let i = 0; i < 2; i++) assert.match(await page(), /class="documents"/);
});

test("a page that is shown again has another token of forms, and says nothing twice", async () => {
  const [, path] = (await clerk.get("/ledgers/village?q=新清村")).text.match(/href="(\/ledgers\/village\/\d+)"/);
  const [, version] = (await clerk.get(path)).text.match(/name="version" value="(\d+)"/);
  const first = clerk.csrf;
  assert.equal((await clerk.get(path)).text.match(/name="csrf" value="([0-9a-f]{128})"/)[1].length, 128);
  assert.notEqual(clerk.csrf, first);
  assert.equal((await clerk.post(`${path}/withdraw`, { csrf: first, version, reason: "录错" })).status, 303);
  assert.equal((await clerk.post(`${path}/restore`, { reason: "未录错" })).status, 303);
  assert.match((await clerk.get(path)).text, /class="said"/);
  for (let i = 0; i < 2; i++) assert.doesNotMatch((await clerk.get(path)).text, /class="said"/);
});

test("definitions that were renewed are in lists and menus as soon as they are read", async () => {
  mkdirSync(join(server.data, "defs/ledgers"), { recursive: true });
  const shipped = readFileSync(join(root, "defs/ledgers/village.yaml"), "utf8");
  assert.match((await clerk.get("/ledgers/village")).text, /村（社区）名录/);
  writeFileSync(join(server.data, "defs/ledgers/village.yaml"),
    shipped.replaceAll("村（社区）名录", "村居名册").replace("zh: 村全称", "zh: 全称（新）"));
  outside("migrate");
  server.child.kill("SIGHUP");
  let text = "";
  for (let i = 0; i < 100 && !text.includes("村居名册"); i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    ({ text } = await clerk.get("/ledgers/village"));
  }
  assert.match(text, /<h1>村居名册/);
  assert.match(text, /<a href="\/ledgers\/village"[^>]*>村居名册/);
  assert.match(text, /全称（新）/);
  assert.doesNotMatch(text, /村（社区）名录/);
});

test("tables that fit other definitions are told of, and nobody is sent round in a circle", async () => {
  runSql(server, "UPDATE setting SET value = 'of another program' WHERE name = 'definitions'");
  for (const path of ["/", "/login", "/ledgers/village"]) assert.equal((await clerk.get(path)).status, 503, path);
  assert.equal((await clerk.json("GET", "/api/v1/ledgers")).status, 503);
});
