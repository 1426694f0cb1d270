// What people do on pages, done by programs: errands, batches, kept filters, drafts, files, the recycle bin, a summary from its
// draft to its issue, accounts and logs. Every answer is held against the description.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { serve } from "./browser.mjs";
import { described } from "./described.mjs";
import { program, session } from "./program.mjs";

let server, clerk, head;
const WORDS = ["ledger:read", "ledger:edit", "figure:read", "report:read", "report:write", "errand:ask", "personal:unmask"];
const as = async (role, ...words) => described(await program(server, role, ...words));
before(async () => {
  server = await serve(undefined, { KEZHANG_TODAY: "2020-07-06" });
  clerk = await as("clerk", ...WORDS);
  head = await as("section_head", "ledger:read", "errand:ask", "report:read", "report:write");
});
after(() => server.close());

const UNITS = "/ledgers/organisation";
const unit = async (name) => (await clerk("POST", `${UNITS}/records`, { values: { name } })).body;
const fine = ({ status, body }) => { assert.ok(status < 300, `${status} ${JSON.stringify(body)}`); return body; };

test("somebody is asked, answers once, and sees it in his lists", async () => {
  const { id } = await unit("会签站"), path = `${UNITS}/records/${id}/errands`;
  const takers = fine(await clerk("GET", `${path}/takers`)).takers;
  assert.ok(takers.some(({ login }) => login === head.login), JSON.stringify(takers));
  const asked = { kind: "sign", taker: [head.login], note: "请看", due: "2020-07-10" };
  const { errands: [errand] } = fine(await clerk("POST", path, asked, { "Idempotency-Key": "ask-1" }));
  assert.deepEqual([errand.asker, errand.taker, errand.answer, errand.due], [clerk.login, head.login, "open", "2020-07-10"]);
  assert.equal(fine(await clerk("POST", path, asked, { "Idempotency-Key": "ask-1" })).errands.length, 1);
  const waits = fine(await head("GET", "/work/todo")).items.find((item) => item.errand?.id === errand.id);
  assert.deepEqual([waits.title, waits.due_on], ["会签站", "2020-07-10"]);
  assert.equal((await head("POST", `${path}/${errand.id}`, { answer: "disagree" })).status, 422, "an opinion is asked for");
  fine(await head("POST", `${path}/${errand.id}`, { answer: "agree", opinion: "同意" }));
  assert.equal((await head("POST", `${path}/${errand.id}`, { answer: "agree" })).status, 409);
  assert.equal((await clerk("POST", path, { kind: "sign", taker: ["nobody"] })).body.errors[0].code, "nobody-chosen");
  assert.ok(fine(await clerk("GET", "/work/started")).items.some((item) => item.record === id));
});

test("work goes on page by page without a double", async () => {
  const seen = [];
  for (let next = ""; next !== null && seen.length < 200;) {
    const { items, next: after } = fine(await clerk("GET", `/work/todo?after=${encodeURIComponent(next)}`));
    seen.push(...items.filter(({ errand }) => !errand).map(({ ledger, record }) => `${ledger}/${record}`));
    next = after;
  }
  assert.ok(seen.length > 20);
  assert.equal(new Set(seen).size, seen.length);
});

test("many records are looked at before they are moved, and each says why it stays", async () => {
  const [one, other] = [await unit("批量一站"), await unit("批量二站")];
  const wish = { step: "abolish", id: [one.id, other.id, 999999], reason: "撤并" };
  const look = fine(await clerk("POST", `${UNITS}/batch`, wish));
  assert.deepEqual([look.done, look.going.length, look.staying.length], [false, 2, 0]);
  assert.equal(fine(await clerk("GET", `${UNITS}/records/${one.id}`)).state, "active");
  assert.equal(fine(await clerk("POST", `${UNITS}/batch`, { ...wish, sure: true })).going.length, 2);
  assert.equal(fine(await clerk("GET", `${UNITS}/records/${one.id}`)).state, "abolished");
  assert.equal(fine(await clerk("POST", `${UNITS}/batch`, { ...wish, sure: true })).staying.length, 2);
  const all = fine(await clerk("POST", `${UNITS}/batch?name=${encodeURIComponent("批量")}`, { step: "abolish", all: true, reason: "撤并" }));
  assert.deepEqual([all.done, all.staying.length], [false, 2]);
  assert.equal((await clerk("POST", `${UNITS}/batch`, { ...wish, id: Array.from({ length: 201 }, (_, i) => i + 1) })).status, 400);
});

test("a token that may only read takes no step and no batch", async () => {
  const reader = await as("clerk", "ledger:read"), { id, version } = await unit("只读站");
  assert.equal((await reader("POST", `${UNITS}/records/${id}/steps/abolish`, { version, reason: "x" })).status, 403);
  assert.equal((await reader("POST", `${UNITS}/batch`, { step: "abolish", id: [id], sure: true })).status, 403);
  assert.equal((await reader("POST", `${UNITS}/views`, { name: "x", query: "q=x" })).status, 403);
  const checker = await as("clerk", "check:run");
  for (const path of ["/work/todo", "/search?q=%E6%B0%B4%E7%A8%BB", "/jobs"]) assert.equal((await checker("GET", path)).status, 403, path);
});

test("what can be done with a record is told, and done", async () => {
  const { id, version } = await unit("步骤站"), path = `${UNITS}/records/${id}`;
  const [step] = fine(await clerk("GET", `${path}/steps`)).steps;
  assert.deepEqual([step.name, step.to, step.reason], ["abolish", "abolished", true]);
  const moved = fine(await clerk("POST", `${path}/steps/abolish`, { version, reason: "撤并" }));
  assert.equal(moved.state, "abolished");
  assert.equal(fine(await clerk("GET", `${path}/versions/1`)).state, "active");
});

test("what was withdrawn is in the recycle bin, and comes back", async () => {
  const { id, version } = await unit("回收站"), path = `${UNITS}/records/${id}`;
  assert.equal((await clerk("DELETE", path, { version })).status, 422, "a reason is asked for");
  fine(await clerk("DELETE", path, { version, reason: "重复" }));
  const gone = fine(await clerk("GET", `${UNITS}/withdrawn`)).records.find(({ record }) => record === id);
  assert.deepEqual([gone.actor, gone.reason], [clerk.login, "重复"]);
  assert.equal((await clerk("GET", path)).status, 404);
  assert.equal(fine(await clerk("POST", `${path}/restore`, { reason: "不重复" })).title, "回收站");
  assert.equal((await clerk("POST", `${path}/restore`, { reason: "再来" })).status, 409);
});

test("personal fields are masked until a reason is written down", async () => {
  const { records: [record] } = fine(await clerk("GET", "/ledgers/commissioner/records?rows=1&where=not%20empty(phone)"));
  const path = `/ledgers/commissioner/records/${record.id}`;
  assert.match(record.values.phone, /\*/);
  assert.equal((await clerk("POST", `${path}/unmask`, {})).status, 422);
  assert.match(fine(await clerk("POST", `${path}/unmask`, { reason: "联系本人" })).values.phone, /^1\d{10}$/);
  const auditor = await as("audit_admin", "audit:read");
  const [entry] = fine(await auditor("GET", "/audit?log=disclosures")).entries;
  assert.deepEqual([entry.login, entry.ledger, entry.record, entry.reason], [clerk.login, "commissioner", record.id, "联系本人"]);
});

test("filters and drafts are kept, found and thrown away", async () => {
  const { views } = fine(await clerk("POST", `${UNITS}/views`, { name: "在用", query: "state=active", shared: true }));
  assert.deepEqual(views.find(({ name }) => name === "在用"), { name: "在用", query: "state=active", own: true, shared: true });
  assert.equal((await clerk("POST", `${UNITS}/views`, { name: "坏", query: "\"><script>" })).status, 400);
  assert.ok(fine(await head("GET", `${UNITS}/views`)).views.some(({ name, own }) => name === "在用" && !own));
  assert.equal(fine(await clerk("DELETE", `${UNITS}/views`, { name: "在用" })).views.length, 0);
  const [draft] = fine(await clerk("POST", `${UNITS}/drafts`, { fields: { name: "半截" } })).drafts;
  assert.deepEqual([draft.record, draft.fields], [null, { name: "半截" }]);
  assert.deepEqual(fine(await clerk("GET", `${UNITS}/drafts`)).drafts, [draft]);
  assert.equal(fine(await clerk("POST", `${UNITS}/drafts`, { drop: true })).drafts.length, 0);
});

test("a file goes up under its hash, and comes down for who may see a record that names it", async () => {
  const body = new FormData();
  body.append("file", new Blob(["evidence"], { type: "text/plain" }), "佐证.txt");
  const answer = await clerk.send("POST", "/files", { body }), file = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(file));
  assert.deepEqual([file.name, file.size], ["佐证.txt", 8]);
  assert.equal((await clerk.send("GET", `/files/${file.hash}`)).status, 404, "no record names it");
  assert.equal((await clerk.send("POST", "/files", { body: new FormData() })).status, 422);
});

test("targets say their value, light and rule; the search finds words and numbers", async () => {
  const { targets } = fine(await clerk("GET", "/targets?period=2020"));
  assert.ok(targets.length > 5);
  for (const { light, rule, target, value } of targets) assert.ok(light === "none" || (rule && target && value), JSON.stringify(targets[0]));
  const { records: [{ number, id, title }] } = fine(await clerk("GET", "/ledgers/achievement/records?rows=1"));
  assert.equal(fine(await clerk("GET", `/search?q=${number}`)).number.record, id);
  const { found } = fine(await clerk("GET", `/search?q=${encodeURIComponent(title)}`));
  assert.ok(found.some(({ ledger, records }) => ledger === "achievement" && records.some(({ record }) => record === id)));
});

test("pictures give their numbers, without how they are drawn", async () => {
  const { boards } = fine(await clerk("GET", "/boards"));
  for (const { board, pictures } of boards)
    for (const { picture } of pictures) {
      const { heads, rows } = fine(await clerk("GET", `/boards/${board}/pictures/${picture}?period=2020H1`));
      for (const { cells } of rows) assert.ok(cells.length <= heads.length + 1, `${board} ${picture}`);
      assert.doesNotMatch(JSON.stringify(rows), /\/figures\/|</);
    }
});

test("a summary goes from its draft to its issue, and says what has moved", async () => {
  const deputy = await as("deputy", "report:read", "report:write"), director = await as("director", "report:read", "report:issue");
  const draft = fine(await clerk("POST", "/reports/half_year_summary/drafts", { period: "2020H1" })), path = `/reports/drafts/${draft.id}`;
  assert.deepEqual([draft.place, draft.turn], ["writing", null]);
  assert.equal((await clerk("POST", `${path}/submit`)).status, 422, "blocks are not done");
  for (const { block, version, body } of draft.blocks)
    fine(await clerk("PUT", `${path}/blocks/${block}`, { version, body, owner: clerk.login, done: true }));
  assert.equal((await clerk("PUT", `${path}/blocks/1`, { version: 1, body: "旧稿" })).status, 409);
  assert.equal(fine(await clerk("GET", `${path}/blocks/1`)).versions.length, 2);
  const { comments: [comment] } = fine(await head("POST", `${path}/blocks/1/comments`, { words: "补充同比" }));
  assert.equal(fine(await clerk("POST", `${path}/blocks/1/comments/${comment.id}`)).comments[0].resolved_by, clerk.login);
  assert.equal(fine(await clerk("POST", `${path}/submit`)).turn, "section_head");
  assert.equal((await director("POST", `${path}/issue`, { words: "同意" })).status, 422, "not yet his turn");
  for (const signatory of [head, deputy]) fine(await signatory("POST", `${path}/agree`, { words: "同意" }));
  const issue = fine(await director("POST", `${path}/issue`, { words: "印发" }));
  assert.ok(issue.figures.some(({ indicator, value }) => indicator === "achievements_registered" && value === "170"));
  assert.deepEqual(fine(await director("GET", `/reports/issues/${issue.id}/drift`)), { drifts: [], replaced_by: null });
  const { drafts, issues } = fine(await clerk("GET", "/reports/papers"));
  assert.ok(drafts.some(({ id, place }) => id === draft.id && place === "issued") && issues.some(({ id }) => id === issue.id));
  const file = await director.send("GET", `/reports/issues/${issue.id}/files/docx`);
  assert.equal(Buffer.from(await file.arrayBuffer()).subarray(0, 2).toString(), "PK");
});

test("accounts are made by people alone; who may what is told with the reason", async () => {
  const system = await described(await session(server, "system_admin")), security = await described(await session(server, "security_admin"));
  const made = fine(await system("POST", "/accounts", { login: "new-one", name: "新人" }));
  assert.ok(made.first_password && made.password_due);
  fine(await security("POST", "/accounts/new-one/roles", { role: "clerk" }));
  assert.equal((await system("POST", "/accounts/new-one/roles", { role: "clerk" })).status, 403);
  const { holders } = fine(await security("GET", "/who?permission=achievement:read"));
  assert.ok(holders.some(({ login, because }) => login === "new-one" && because.role === "clerk"));
  assert.equal(fine(await security("DELETE", "/accounts/new-one/roles", { role: "clerk" })).grants.length, 0);
  assert.equal(fine(await system("POST", "/accounts/new-one/disable", {})).live, false);
  assert.equal(fine(await system("POST", "/accounts/new-one/disable", { enable: true })).live, true);
  assert.ok(fine(await system("GET", "/accounts")).accounts.some(({ login }) => login === "new-one"));
  assert.ok(fine(await system("POST", "/units", { code: "gxb", name: "高新股" })).units.some(({ code }) => code === "gxb"));
  assert.ok(fine(await system("GET", "/system")).checks.length > 3);
  assert.equal((await system("POST", "/system/definitions")).status, 204);
  assert.equal((await system("POST", "/accounts", { login: "x y", name: "" })).status, 422);
  const without = await session(server, "system_admin");
  assert.equal((await without("POST", "/accounts", { login: "forged", name: "x" }, { "X-CSRF-Token": "" })).status, 403);
});

test("the log is read page by page by who may, also by a program", async () => {
  const auditor = await as("audit_admin", "audit:read");
  const first = fine(await auditor("GET", "/audit?log=changes"));
  const second = fine(await auditor("GET", `/audit?log=changes&before=${first.next}`));
  assert.ok(first.entries.at(-1).seq > second.entries[0].seq);
  for (const log of ["sign-ins", "grants"]) assert.ok(fine(await auditor("GET", `/audit?log=${log}`)).entries.length > 0, log);
  assert.equal((await auditor("GET", "/audit?log=nothing")).status, 422);
  assert.equal((await clerk("GET", "/audit?log=changes")).status, 403);
});

test("who calls is told who he is", async () => {
  const me = fine(await clerk("GET", "/me"));
  assert.equal(me.login, clerk.login);
  assert.deepEqual(me.grants.map(({ role }) => role), ["clerk"]);
});
