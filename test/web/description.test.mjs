// The description of the API: whole, true in itself, and true of the answers; and every page has its call or a reason.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test, { after, before } from "node:test";
import { kezhang, serve } from "./browser.mjs";
import { described } from "./described.mjs";
import { program } from "./program.mjs";

const routes = execFileSync(kezhang, ["serve", "--routes"], { encoding: "utf8" }).trimEnd().split("\n")
  .map((line) => line.split("\t")).map(([method, pattern, permission, takes, twin]) => ({ method, pattern, permission, takes: Number(takes), twin }));
const calls = routes.filter(({ pattern }) => pattern.startsWith("/api/v1/"));
const WORDS = ["ledger:read", "ledger:edit", "ledger:import", "ledger:export", "figure:read", "report:read", "report:write", "check:run",
  "errand:ask"];

let server, clerk, document;
before(async () => {
  server = await serve();
  clerk = await described(await program(server, "clerk", ...WORDS));
  document = clerk.description.document;
});
after(() => server.close());

test("it names every call, with all that stands in its path, and no other", () => {
  assert.equal(document.openapi, "3.1.0");
  const named = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  assert.deepEqual(named.sort(), calls.map(({ method, pattern }) => `${method} ${pattern}`).sort());
  const ids = new Set();
  for (const { method, pattern, permission, takes } of calls) {
    const call = document.paths[pattern][method.toLowerCase()];
    assert.ok(call.summary, pattern);
    assert.ok(!ids.has(call.operationId) && /^\w+$/.test(call.operationId.replaceAll("-", "_")), call.operationId);
    ids.add(call.operationId);
    const parts = call.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
    assert.deepEqual(parts, [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name), pattern);
    assert.equal(Boolean(call.requestBody), takes !== 0, `${method} ${pattern}`);
    assert.equal(call.security.length > 0, permission !== "anyone", pattern);
    for (const status of method === "GET" ? [401, 403, 404, 422, 429] : [400, 401, 403, 404, 409, 413, 415, 422, 429])
      assert.ok(clerk.description.resolve(call.responses[status]).content["application/problem+json"], `${pattern} ${status}`);
    assert.equal(call.parameters.some(({ name }) => name === "Idempotency-Key"), method !== "GET");
  }
  assert.deepEqual(Object.keys(document.components.securitySchemes), ["token", "feed", "session"]);
});

test("its schemas and examples hold together", () => {
  clerk.description.check();
  assert.throws(() => clerk.description.check({ A: { kind: "x" } }));
  assert.throws(() => clerk.description.check({ A: { type: "object", properties: { a: { type: "integer" } }, examples: [{ a: "x" }] } }));
});

test("each ledger has the schema of its definition", async () => {
  const { body: { ledgers } } = await clerk("GET", "/ledgers");
  assert.ok(ledgers.length > 10);
  for (const { name } of ledgers) {
    const { body } = await clerk("GET", `/ledgers/${name}`);
    assert.deepEqual(Object.keys(document.components.schemas[name].properties), body.fields.map((field) => field.name));
  }
});

/* Pages that are no call, and why not. */
const NO_CALL = {
  "of browsers": ["GET /", "GET /api", "GET /static/{file}", "GET /language/{lang}", "GET /login", "POST /login", "POST /logout",
    "GET /password", "POST /password"],
  "of watchers, outside the API": ["GET /healthz", "GET /metrics"],
  "a secret of a person: no program may change it": ["POST /me/tokens", "POST /me/tokens/end", "POST /me/code",
    "POST /me/code/confirm", "POST /me/code/end", "POST /me/sessions/end"],
  "an empty form; its deed is a call": ["GET /ledgers/{ledger}/export", "GET /ledgers/{ledger}/import", "GET /ledgers/{ledger}/new",
    "GET /ledgers/{ledger}/{id}/edit"],
  "a form in parts; the call takes a whole record": ["POST /ledgers/{ledger}/new", "POST /ledgers/{ledger}/{id}/edit",
    "POST /ledgers/{ledger}/{id}/steps/{transition}", "POST /ledgers/{ledger}/{id}/withdraw"],
  "suggestions while one types; records are found by the list": ["GET /ledgers/{ledger}/options",
    "POST /reports/drafts/{draft}/blocks/{block}/preview", "GET /reports/drafts/{draft}/figures", "GET /reports/{report}/figure"],
  "a frame of pictures, which are calls": ["GET /map", "GET /boards/{board}"],
  "a part of a page": ["GET /reports/issues/{issue}/light"],
  "two texts side by side, or owners of all blocks at once; each text and block is a call": [
    "GET /reports/drafts/{draft}/compare", "POST /reports/drafts/{draft}/writers"],
  "what a person says to a finding on its page": ["POST /check/{check}/marks"],
};

test("every page is a call as well, or is said not to be", () => {
  const pages = routes.filter(({ pattern }) => !pattern.startsWith("/api/v1/"));
  const without = pages.filter(({ twin }) => !twin).map(({ method, pattern }) => `${method} ${pattern}`);
  assert.deepEqual(without.sort(), Object.values(NO_CALL).flat().sort());
  for (const { pattern, twin } of pages.filter((page) => page.twin))
    assert.ok(calls.some((call) => call.pattern === twin), `${pattern} → ${twin}`);
});

test("who may do nothing on the page may do nothing by the call", () => {
  for (const page of routes.filter(({ twin, pattern }) => twin && !pattern.startsWith("/api/v1/"))) {
    const same = calls.filter(({ pattern, permission }) => pattern === page.twin && permission === page.permission);
    assert.ok(same.length, page.pattern);
  }
});

/* A value for each name in a path that leads to something in the demo county. */
async function places() {
  const first = async (path, list) => (await clerk("GET", path)).body[list][0];
  const record = await first("/ledgers/achievement/records?rows=1&where=state%20%3D%20registered", "records");
  const begun = await clerk("POST", "/reports/half_year_summary/drafts", { period: "2020H1" });
  return { ledger: "achievement", id: record.id, version: record.version, indicator: "achievements_registered", format: "csv",
    report: "half_year_summary", draft: begun.body.id, block: 0, board: "cockpit", picture: 1, login: "nobody" };
}
const QUERY = { period: "2020H1", q: "水稻", permission: "achievement:read", log: "changes" };

test("every reading call answers as it is described", async () => {
  const names = await places();
  const files = [], missing = [];
  for (const { method, pattern } of calls.filter((call) => call.method === "GET")) {
    const call = document.paths[pattern].get;
    const asked = call.parameters.filter((parameter) => parameter.in === "query" && parameter.required).map(({ name }) => [name, QUERY[name]]);
    const path = `${pattern.replace("/api/v1", "").replace(/\{(\w+)\}/g, (_, name) => names[name] ?? "1")}?${new URLSearchParams(asked)}`;
    if (!call.responses[200].content["application/json"]) { files.push(pattern); continue; }
    const { status } = await clerk(method, path);
    if (status === 403) continue; /* access.test.mjs knows of whom */
    if (status === 404) missing.push(pattern);
    else assert.equal(status, 200, path);
  }
  assert.ok(files.length < 16, files.join());
  assert.deepEqual(missing.sort(), ["/api/v1/checks/{check}", "/api/v1/imports/{id}", "/api/v1/jobs/{id}",
    "/api/v1/ledgers/{ledger}/imports/{id}", "/api/v1/reports/issues/{issue}", "/api/v1/reports/issues/{issue}/drift"]);
});

test("what a call does not take is refused by name", async () => {
  for (const { method, pattern } of calls.filter(({ takes }) => takes === 4)) {
    const path = pattern.replace("/api/v1", "").replace(/\{(\w+)\}/g, (_, name) => (name === "ledger" ? "organisation" : "1"));
    const { status, body } = await clerk(method, path, { "no-such-member": 1 });
    if (status === 403) continue;
    assert.equal(status, 422, `${method} ${path}`);
    assert.ok(body.errors.some(({ code, field }) => code === "unknown-member" && field === "no-such-member"), `${method} ${path}`);
  }
});
