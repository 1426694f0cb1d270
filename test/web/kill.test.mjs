// The server is killed while many write: whatever it had answered is there, what it had not is there whole or not at all, and a
// write that is sent again after the start is done once.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import test, { before } from "node:test";
import { seeded, sleep } from "../e2e/lib.mjs";
import { serve } from "./browser.mjs";
import { Client } from "./client.mjs";

const SEED = 349901;
const KILLS = 3, CLIENTS = 8;
const LEAST_WRITES = 40, WAIT_MS = 30_000, MORE_MS = 900; /* they write so many, and a while longer, before the kill */
const IS_GONE = /^(fetch failed|terminated|other side closed)$/;
const WORDS = ["ledger:read", "ledger:edit"];

let server;
before(async () => { server = await serve(); });

const item = (title) => ({ values: { title, kind: "task", for_period: "2020H2" } });

/* Enters items and starts each until the server is gone; what it did is `kept`: title → state, and `open` is what had no answer. */
async function writeUntilGone(api, name, kept) {
  for (let i = 0; ; i++) {
    const title = `${name}-${i}`, key = { "Idempotency-Key": encodeURIComponent(title) };
    const open = { title, again: () => ["POST", "/ledgers/plan_item/records", item(title), key] };
    try {
      const made = await api(...open.again());
      assert.equal(made.status, 201, JSON.stringify(made.body));
      kept.set(title, "open");
      open.again = () => ["POST", `/ledgers/plan_item/records/${made.body.id}/steps/start`, { version: made.body.version }];
      const started = await api(...open.again());
      assert.equal(started.status, 200, JSON.stringify(started.body));
      kept.set(title, "in_progress");
    } catch (error) {
      if (!IS_GONE.test(error.message)) throw error;
      return open;
    }
  }
}

/* title → states of all items there are. */
async function readAll(api, name) {
  const found = new Map();
  for (let next = ""; next !== null;) {
    const { body } = await api("GET", `/ledgers/plan_item/records?rows=100&title=${name}&after=${encodeURIComponent(next)}`);
    for (const { state, values } of body.records) found.set(values.title, [...(found.get(values.title) ?? []), state]);
    next = body.next;
  }
  return found;
}

/* So many programs of one clerk. */
async function programs(clerk, count) {
  const client = new Client(server.address);
  await client.signIn(clerk);
  return Promise.all(Array.from({ length: count }, () => client.program(...WORDS)));
}

function holdsAll(found, kept, open) {
  for (const [title, state] of kept) {
    const states = found.get(title), pending = open.some((one) => one.title === title);
    assert.equal(states?.length, 1, `${title}: ${states}`);
    assert.ok(states[0] === state || pending && states[0] === "in_progress", `${title} was ${state} and is ${states[0]}`);
  }
  for (const [title, states] of found) {
    assert.equal(states.length, 1, title);
    assert.ok(kept.has(title) || open.some((one) => one.title === title), `${title} was never sent`);
  }
}

for (let round = 1; round <= KILLS; round++) {
  test(`killed ${round} times under load, it has lost no answered write`, async (t) => {
    const random = seeded(SEED + round), kept = new Map(), name = `事项${round}`;
    const clerk = await server.person(`clerk${round}`, "clerk");
    const writing = (await programs(clerk, CLIENTS)).map((api, i) => writeUntilGone(api, `${name}-${i}`, kept));
    for (const begun = Date.now(); kept.size <= LEAST_WRITES && Date.now() - begun < WAIT_MS;) await sleep(20);
    await sleep(random() * MORE_MS);
    server.child.kill("SIGKILL");
    const open = await Promise.all(writing);
    assert.ok(kept.size > LEAST_WRITES, `only ${kept.size} were entered`);
    server.command("verify");
    server = await serve(server.data);
    t.after(() => round === KILLS && server.close());
    assert.equal(readdirSync(server.data).filter((file) => file.startsWith("spool")).length, 1, "one place for uploads");
    const [api] = await programs(clerk, 1);
    holdsAll(await readAll(api, name), kept, open);
    for (const { title, again } of open) {
      const { status, body } = await api(...again());
      assert.ok([200, 201, 409].includes(status), `${title}: ${JSON.stringify(body)}`);
      kept.set(title, status === 201 ? "open" : "in_progress");
    }
    holdsAll(await readAll(api, name), kept, []);
    server.command("verify");
    t.diagnostic(`${kept.size} entered, ${open.length} without an answer`);
  });
}
