// Sheets in and out by programs: brought up, looked at, tried, taken and taken back; and what a filter leaves as a file.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { serve } from "./browser.mjs";
import { program } from "./program.mjs";

let server, api;
before(async () => {
  server = await serve();
  api = await program(server, "clerk", "ledger:read", "ledger:edit", "ledger:import", "ledger:export", "personal:unmask");
});
after(() => server.close());

const SHEET = "单位名称,地址\r\n导入一站,清河镇\r\n,无名镇\r\n导入二站,石桥镇\r\n";
async function bringUp(text, name = "单位.csv", headers = {}) {
  const body = new FormData();
  body.append("file", new Blob([text], { type: "text/csv" }), name);
  const answer = await api.send("POST", "/ledgers/organisation/imports", { body, headers });
  return { status: answer.status, body: await answer.json() };
}
async function ended(path) {
  for (;;) {
    const { status, body } = await api("GET", path);
    assert.equal(status, 200, JSON.stringify(body));
    const job = body.job ?? body;
    if (!["waiting", "running"].includes(job.state)) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("a sheet is looked at, tried, taken and taken back", async () => {
  const { status, body: { id, mapping } } = await bringUp(SHEET);
  assert.equal(status, 200);
  assert.deepEqual(mapping.columns.map(({ means }) => means), ["name", "address"]);
  const path = `/ledgers/organisation/imports/${id}`;
  assert.equal((await api("POST", `${path}/take`)).status, 409, "not tried yet");
  { const a = await api("POST", `${path}/try`); assert.equal(a.status, 200, JSON.stringify(a.body)); }
  const tried = await ended(path);
  assert.equal(tried.preview.created, 2);
  assert.equal(tried.preview.refused, 1);
  assert.deepEqual(tried.preview.effects.map(({ title, is_new }) => [title, is_new]), [["导入一站", true], ["导入二站", true]]);
  assert.equal(tried.problems[0].row, 3);
  assert.equal(tried.problems[0].column, "单位名称");
  assert.ok(tried.problems[0].say.zh);
  assert.equal((await api("POST", `${path}/take`)).status, 200);
  const taken = await ended(path);
  assert.equal(taken.result.created, 2);
  const found = () => api("GET", `/ledgers/organisation/records?name=${encodeURIComponent("导入")}`).then(({ body }) => body.records.length);
  assert.equal(await found(), 2);
  const batch = (await api("GET", `/imports/${taken.result.batch}`)).body;
  assert.deepEqual([batch.ledger, batch.created, batch.undone_at], ["organisation", 2, null]);
  assert.ok((await api("GET", "/imports")).body.imports.some(({ id: one }) => one === batch.id));
  const { body: job } = await api("POST", `/imports/${batch.id}/undo`);
  assert.equal((await ended(`/jobs/${job.id}`)).state, "done");
  assert.equal(await found(), 0);
});

test("columns may be mapped otherwise, and nothing else is taken", async () => {
  const { body: { id } } = await bringUp("甲,乙\r\n映射站,石桥镇\r\n");
  const path = `/ledgers/organisation/imports/${id}`;
  const wrong = await api("POST", `${path}/try`, { columns: { 0: 5 }, nothing: 1 });
  assert.equal(wrong.status, 422);
  assert.deepEqual(wrong.body.errors.map(({ field }) => field).sort(), ["columns", "nothing"]);
  await api("POST", `${path}/try`, { sheet: 1, heading: 1, columns: { 0: "name", 1: "address" } });
  const { preview } = await ended(path);
  assert.deepEqual(preview.effects[0].fields.map(({ name, new: value }) => [name, value]), [["name", "映射站"]]);
});

test("what the sheet has no column for is given one value", async () => {
  const { body: { id } } = await bringUp("地址\r\n石桥镇\r\n");
  const path = `/ledgers/organisation/imports/${id}`;
  await api("POST", `${path}/try`, { given: { name: "整表一站" } });
  const { preview, mapping } = await ended(path);
  assert.equal(mapping.given.name, "整表一站");
  assert.deepEqual(preview.effects.map(({ title }) => title), ["整表一站"]);
});

test("what is no sheet is refused with a reason", async () => {
  const { status, body } = await bringUp("", "空.csv");
  assert.equal(status, 422);
  assert.equal(body.errors[0].code, "no-file");
});

test("the same key brings up one sheet, and what was refused may be sent again", async () => {
  const headers = { "Idempotency-Key": "sheet-1" };
  const [first, again] = [await bringUp(SHEET, "a.csv", headers), await bringUp(SHEET, "a.csv", headers)];
  assert.equal(first.status, 200);
  assert.equal(again.body.id, first.body.id);
  const key = { "Idempotency-Key": "take-1" };
  const path = `/ledgers/organisation/imports/${first.body.id}`;
  assert.equal((await api("POST", `${path}/take`, null, key)).status, 409);
  assert.equal((await api("POST", `${path}/try`)).status, 200);
  await ended(path);
  assert.equal((await api("POST", `${path}/take`, null, key)).status, 200, "the key is free again");
  assert.equal((await ended(path)).result.created, 2);
});

test("a filter leaves a file at once; a job's files are of its owner and of who may have them", async () => {
  const answer = await api.send("POST", "/ledgers/achievement/export?state=registered", {
    headers: { "Content-Type": "application/json" }, body: JSON.stringify({ format: "csv", columns: "shown" }) });
  assert.equal(answer.status, 200);
  const text = await answer.text();
  assert.ok(text.split("\r\n").length > 100, text.slice(0, 200));
  assert.equal((await api("POST", "/ledgers/achievement/export", { unmasked: true })).status, 422, "a reason is asked for");
  const other = await program(server, "clerk", "ledger:import"), reader = await program(server, "clerk", "ledger:read");
  const { body: { jobs: [job] } } = await api("GET", "/jobs");
  assert.equal((await other("GET", `/jobs/${job.id}`)).status, 404);
  assert.equal((await reader("GET", "/jobs")).status, 403);
});
