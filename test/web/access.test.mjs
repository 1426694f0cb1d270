// Who may call what: every route of the program's own table as every role and as a stranger, so that a new route cannot be
// forgotten; and what keeps sessions and forms from being used by others.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { serve } from "./browser.mjs";
import { Client, signedIn } from "./client.mjs";
import { ROLES, ROUTES, allowed, call, editors } from "./routes.mjs";

let server;
before(async () => { server = await serve(); });
after(() => server.close());

const LEDGER = "reward_claim";
/* These end the session that calls, or the session of whoever is tried next. */
const ENDS_SESSION = ["/logout", "/me/sessions/end", "/password", "/people/{login}/disable", "/people/{login}/password"];

const FILLED = { ledger: LEDGER, lang: "zh", file: "app.css", indicator: "achievements_registered", report: "half_year_summary",
  login: "nobody", id: "999999999", step: "accept" };

test("the definitions were read", () => {
  assert.ok(ROLES.size >= 14, [...ROLES.keys()].join());
  assert.ok(ROUTES.length > 40);
  assert.ok(editors(LEDGER).length);
});

test("a stranger is sent to sign in, or told so by the API", async () => {
  const stranger = new Client(server.address);
  for (const route of ROUTES) {
    const answer = await call(stranger, route, FILLED);
    if (route.permission === "anyone") assert.ok(![401, 403].includes(answer.status), `${route.name}: ${answer.status}`);
    else if (route.pattern.startsWith("/api/")) assert.equal(answer.status, 401, route.name);
    else assert.ok(answer.status === 303 && answer.headers.get("location").startsWith("/login"), `${route.name}: ${answer.status}`);
  }
});

for (const role of ROLES.keys()) {
  test(`${role} may what the role may, and nothing else`, async () => {
    const client = await signedIn(server, role.replaceAll("_", "-"), role);
    for (const route of ROUTES.filter(({ pattern }) => !ENDS_SESSION.includes(pattern))) {
      const answer = await call(client, route, FILLED);
      const name = `${role}: ${route.name} (${route.permission}): ${answer.status}`;
      if (allowed(role, route, LEDGER)) assert.ok(![401, 403].includes(answer.status) && answer.status < 500, name);
      else assert.equal(answer.status, 403, name);
    }
  });
}

test("a form without its token, or from another site, is refused", async () => {
  const client = await signedIn(server, "csrf", "clerk");
  const fields = { name: "t", word: "ledger:read", expires: "2099-01-01" };
  assert.equal((await client.post("/me/tokens", { ...fields, csrf: "" })).status, 403);
  assert.equal((await client.post("/me/tokens", { ...fields, csrf: "0".repeat(128) })).status, 403);
  assert.equal((await client.post("/me/tokens", fields, { Origin: "https://elsewhere.example" })).status, 403);
  assert.equal((await client.post("/me/tokens", fields, { "Sec-Fetch-Site": "cross-site" })).status, 403);
  assert.equal((await client.post("/me/tokens", fields)).status, 422, "too far a day, but let in");
});

test("the token of forms is another one on each page, and all are right", async () => {
  const client = await signedIn(server, "mask", "clerk");
  const first = client.csrf;
  await client.get("/me");
  assert.notEqual(client.csrf, first);
  assert.equal((await client.post("/me/code", { csrf: first })).status, 200);
});

test("a session is not taken over by one that was set before", async () => {
  const client = new Client(server.address);
  client.cookies.set("kezhang", "a".repeat(64));
  await client.signIn(await server.person("fixed", "clerk"));
  assert.notEqual(client.cookies.get("kezhang"), "a".repeat(64));
  const thief = new Client(server.address);
  thief.cookies.set("kezhang", "a".repeat(64));
  assert.equal((await thief.get("/")).status, 303);
  const moved = new Client(server.address);
  moved.cookies = new Map(client.cookies);
  assert.equal((await moved.get("/", { "User-Agent": "another" })).status, 303, "another browser");
});

test("signing out ends the session on the server", async () => {
  const client = await signedIn(server, "leaver", "clerk");
  const kept = new Map(client.cookies);
  await client.get("/");
  await client.post("/logout");
  client.cookies = kept;
  assert.equal((await client.get("/")).status, 303);
});

test("five wrong passwords lock, and say no more than any other failure", async () => {
  const person = await server.person("locked", "clerk");
  const client = new Client(server.address);
  const wrong = [];
  for (let i = 0; i < 6; i++) wrong.push(await client.post("/login", { login: person.login, password: "Wrong-123456" }));
  const right = await client.post("/login", { login: person.login, password: person.password });
  const nobody = await client.post("/login", { login: "no-such-one", password: "Wrong-123456" });
  assert.ok(wrong.every(({ status }) => status === 422));
  assert.equal(right.status, 422);
  const said = ({ text }) => text.match(/role="alert">([^<]*)/)[1];
  assert.equal(said(right), said(nobody));
});

test("headers keep pages to themselves", async () => {
  const client = new Client(server.address);
  const { headers } = await client.get("/login");
  assert.match(headers.get("content-security-policy"), /default-src 'self'/);
  assert.doesNotMatch(headers.get("content-security-policy"), /unsafe/);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("x-frame-options"), "DENY");
  assert.equal(headers.get("cache-control"), "no-store");
  await client.signIn(await server.person("cookie", "clerk"));
});

test("after signing in one is led to no other site", async () => {
  const person = await server.person("led", "clerk");
  const client = new Client(server.address);
  await client.signIn(person);
  for (const next of ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"]) {
    const other = new Client(server.address);
    const answer = await other.post("/login", { login: person.login, password: person.password, next });
    assert.equal(answer.headers.get("location"), "/");
  }
});
