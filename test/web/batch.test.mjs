// One decision over all that a filter finds: tried first, then done in the background, and what stays named with why.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serve } from "./browser.mjs";
import { signedIn } from "./client.mjs";

const WAIT_MS = 60_000;
let server, chen, lu;

before(async () => {
  server = await serve();
  chen = await signedIn(server, "chen", "clerk");
  lu = await signedIn(server, "lu", "section_head");
});
after(() => server?.close());

/** How many records the list says there are. */
async function count(path) {
  const { text } = await chen.get(path);
  return Number(text.match(/class="count"[^>]*>(\d+)/)[1]);
}

async function ended(address) {
  for (const start = Date.now(); Date.now() - start < WAIT_MS; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const { text } = await chen.get(address);
    if (!/hx-get/.test(text)) return text;
  }
  throw new Error(`${address} does not end`);
}

test("a long list is decided on in the background; who waits for a signature stays, and is named", async () => {
  const list = "/ledgers/achievement?state=registered", batch = "/ledgers/achievement/batch?state=registered";
  const before = await count(list);
  assert.ok(before > 200);
  const held = (await chen.get(list)).text.match(/class="id"><a href="(\/ledgers\/achievement\/\d+)">([^<]+)/);
  await chen.get(`${held[1]}/errands/new?kind=sign`);
  assert.equal((await chen.post(`${held[1]}/errands`, { kind: "sign", taker: "lu" })).status, 303);
  await chen.get(list);
  const tried = await chen.post(batch, { step: "dispute", all: "1", reason: "统一复核" });
  assert.equal(tried.status, 200);
  assert.match(tried.text, new RegExp(`${before} 条符合筛选条件`));
  assert.match(tried.text, /正在等lu会签/);
  assert.equal(await count(list), before); // nothing was done yet
  await chen.get(list);
  const begun = await chen.post(batch, { step: "dispute", all: "1", reason: "统一复核", sure: "1" });
  assert.equal(begun.status, 303);
  const text = await ended(begun.headers.get("location"));
  assert.match(text, new RegExp(`共${before}条，已办${before - 1}条，未办1条`));
  assert.match(text, new RegExp(`${held[2]}.*正在等lu会签`));
  assert.equal(await count(list), 1);
});

test("a short list is tried whole, and only what was seen is done", async () => {
  const batch = "/ledgers/achievement/batch?state=disputed&number=CG-2026-000";
  await lu.get("/ledgers/achievement");
  const tried = await lu.post(batch, { step: "cancel", all: "1", reason: "重复登记" });
  const ids = [...tried.text.matchAll(/name="id" value="(\d+)"/g)];
  assert.ok(ids.length > 0 && ids.length < 10);
  assert.doesNotMatch(tried.text, /name="all"/);
  const body = new URLSearchParams([["csrf", lu.csrf], ["step", "cancel"], ["sure", "1"], ["reason", "重复登记"],
    ...ids.map(([, id]) => ["id", id])]);
  const done = await lu.send("POST", batch, { body });
  assert.match(await done.text(), new RegExp(`已办理： ?${ids.length} `));
  assert.equal(await count("/ledgers/achievement?state=cancelled&number=CG-2026-000"), ids.length);
});

test("a reason is asked for, a step that is none and a stranger's step are refused", async () => {
  const batch = "/ledgers/achievement/batch?state=disputed";
  await chen.get("/ledgers/achievement");
  const lacks = await chen.post(batch, { step: "dispute", all: "1", sure: "1" });
  assert.equal(lacks.status, 422);
  assert.match(lacks.text, /class="finding wrong"[^]*理由/);
  assert.equal((await chen.post(batch, { step: "nothing", all: "1" })).status, 400);
  assert.equal((await chen.post(batch, { step: "settle", all: "1", reason: "x" })).status, 403);
  assert.equal((await chen.post("/ledgers/achievement/batch?where=(", { step: "dispute", all: "1" })).status, 422);
});
