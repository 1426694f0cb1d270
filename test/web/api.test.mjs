// The interface for programs: tokens, records in and out, what is done once, figures as the command line has them, and a
// description that names every call.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test, { after, before } from "node:test";
import { kezhang, serve } from "./browser.mjs";
import { Client, signedIn } from "./client.mjs";

let server, clerk, api;
const CALLS_A_MINUTE = 20;

before(async () => {
  server = await serve();
  clerk = await signedIn(server, "clerk", "clerk");
  api = await clerk.program("ledger:read", "ledger:edit", "figure:read", "check:run", "report:read");
});
after(() => server.close());

const unit = (name) => ({ values: { name, address: "清河镇" } });

test("a stranger and a wrong token get 401 as problem+json", async () => {
  const stranger = new Client(server.address);
  const answer = await stranger.json("GET", "/api/v1/ledgers");
  assert.equal(answer.status, 401);
  assert.match(answer.headers.get("content-type"), /application\/problem\+json/);
  assert.equal(answer.body.status, 401);
  const wrong = await stranger.json("GET", "/api/v1/ledgers", null, { Authorization: `Bearer kz_${"0".repeat(64)}` });
  assert.equal(wrong.status, 401);
});

test("a token may no more than it was given", async () => {
  const reader = await clerk.program("ledger:read");
  assert.equal((await reader("GET", "/ledgers/organisation/records")).status, 200);
  assert.equal((await reader("GET", "/figures/achievements_registered?period=2020H1")).status, 403);
  assert.equal((await reader("POST", "/ledgers/organisation/records", unit("新站"))).status, 403);
});

test("a token taken back is dead at once", async () => {
  const dead = await clerk.program("ledger:read");
  assert.equal((await dead("GET", "/ledgers")).status, 200);
  const { text } = await clerk.get("/me");
  for (const [, id] of text.matchAll(/name="id" value="([0-9a-f]{8})"/g)) {
    await clerk.post("/me/tokens/end", { id });
    await clerk.get("/me");
  }
  assert.equal((await dead("GET", "/ledgers")).status, 401);
  api = await clerk.program("ledger:read", "ledger:edit", "figure:read", "check:run", "report:read");
});

test("a record is entered, read, changed, and changed by nobody who has not seen it", async () => {
  const made = await api("POST", "/ledgers/organisation/records", unit("试验站"));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { id, version } = made.body;
  const read = await api("GET", `/ledgers/organisation/records/${id}`);
  assert.equal(read.body.values.name, "试验站");
  const changed = await api("PATCH", `/ledgers/organisation/records/${id}`, { version, values: { address: "新河镇" } });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.values.address, "新河镇");
  assert.equal(changed.body.values.name, "试验站", "what was not sent stays");
  const late = await api("PATCH", `/ledgers/organisation/records/${id}`, { version, values: { address: "石桥镇" } });
  assert.equal(late.status, 409);
  const history = await api("GET", `/ledgers/organisation/records/${id}/history`);
  assert.deepEqual(history.body.changes.map(({ action }) => action), ["edit", "create"]);
  assert.equal(history.body.changes[0].actor, "clerk");
});

test("a step waits for who is asked to sign", async () => {
  await server.person("lu", "section_head");
  const made = await api("POST", "/ledgers/organisation/records", unit("会签站"));
  const path = `/ledgers/organisation/${made.body.id}`, step = `/ledgers/organisation/records/${made.body.id}/steps/abolish`;
  await clerk.get(path);
  assert.equal((await clerk.post(`${path}/errands`, { kind: "sign", taker: "lu" })).status, 303);
  const ask = () => api("POST", step, { version: made.body.version, reason: "撤并" });
  const held = await ask();
  assert.equal(held.status, 422);
  assert.match(JSON.stringify(held.body), /正在等lu会签/);
  await clerk.get(path);
  const errand = (await clerk.get(path)).text.match(/errands\/(\d+)"/)[1];
  assert.equal((await clerk.post(`${path}/errands/${errand}`, { answer: "take_back" })).status, 303);
  assert.equal((await ask()).status, 200);
});

test("the same key writes once, and never something else", async () => {
  const key = { "Idempotency-Key": "a-key-of-the-test" };
  const first = await api("POST", "/ledgers/organisation/records", unit("一次站"), key);
  const again = await api("POST", "/ledgers/organisation/records", unit("一次站"), key);
  assert.equal(first.status, 201);
  assert.equal(again.body.id, first.body.id);
  const other = await api("POST", "/ledgers/organisation/records", unit("两次站"), key);
  assert.equal(other.status, 422);
  const found = await api("GET", `/ledgers/organisation/records?name=${encodeURIComponent("次站")}`);
  assert.equal(found.body.records.length, 1);
});

test("twenty that send the same key at once write once", async () => {
  const key = { "Idempotency-Key": "twenty-at-once" };
  const all = await Promise.all(Array.from({ length: 20 }, () => api("POST", "/ledgers/organisation/records", unit("并发站"), key)));
  assert.deepEqual(all.map(({ status }) => status), all.map(() => 201));
  assert.equal(new Set(all.map(({ body }) => body.id)).size, 1);
});

test("findings name the field and say what to do", async () => {
  const bad = await api("POST", "/ledgers/achievement/records", { values: { title: "", registered_on: "2020-13-40", nothing: 1 } });
  assert.equal(bad.status, 422);
  const fields = bad.body.errors.map(({ field }) => field);
  assert.ok(fields.includes("registered_on") && fields.includes("nothing"), JSON.stringify(bad.body));
  const broken = await new Client(server.address).send("POST", "/api/v1/ledgers/organisation/records", { body: "{", headers: { "Content-Type": "application/json" } });
  assert.equal(broken.status, 401);
});

test("pages follow one another without a gap or a double", async () => {
  const seen = [];
  for (let next = ""; next !== null;) {
    const { body } = await api("GET", `/ledgers/achievement/records?rows=50&sort=-registered_on&after=${encodeURIComponent(next)}`);
    seen.push(...body.records.map(({ id }) => id));
    next = body.next;
  }
  assert.equal(new Set(seen).size, seen.length);
  const { body } = await api("GET", "/ledgers/achievement/records?rows=100");
  assert.ok(body.records.every(({ id }) => seen.includes(id)));
  assert.ok(seen.length > 300, String(seen.length));
});

test("a figure is what the command line says", async () => {
  const said = JSON.parse(execFileSync(kezhang, ["figure", "achievements_registered", "--period", "2020H1", "--json", "--rows"],
    { env: server.env, encoding: "utf8", maxBuffer: 1 << 26 }));
  const { body } = await api("GET", "/figures/achievements_registered?period=2020H1&rows=1");
  assert.equal(body.value, said.value);
  assert.deepEqual(body.rows, said.rows);
  assert.equal((await api("GET", "/figures/achievements_registered?period=2020H9")).status, 422);
  assert.equal((await api("GET", "/figures/nothing?period=2020H1")).status, 404);
});

test("a text is checked", async () => {
  const answer = await clerk.send("POST", "/api/v1/check?period=2020H1&name=a.txt", {
    headers: { "X-CSRF-Token": clerk.csrf, "Content-Type": "application/octet-stream" }, body: "上半年登记科技成果170件。" });
  const checked = await answer.json();
  assert.equal(answer.status, 200);
  assert.equal(checked.figures[0].value, "170");
  assert.equal(checked.figures[0].verdict, "match");
});

test("who calls too often waits", async () => {
  const strict = await serve(undefined, {}, ["--api-rate", String(CALLS_A_MINUTE)]);
  try {
    const client = new Client(strict.address);
    const all = await Promise.all(Array.from({ length: 3 * CALLS_A_MINUTE }, async () => {
      const answer = await client.send("GET", "/api/v1/openapi.json");
      await answer.body?.cancel();
      return answer;
    }));
    const refused = all.filter(({ status }) => status === 429);
    assert.ok(refused.length > 0 && refused.length <= 2 * CALLS_A_MINUTE, String(refused.length));
    assert.ok(Number(refused[0].headers.get("retry-after")) >= 1);
  } finally {
    await strict.close();
  }
});
