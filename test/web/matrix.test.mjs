// What is another's is as if it were not there: every route that names a record, a file, long work, an import, an errand or a kept
// filter, as every role with every reach, by session and by token. A new route that names something must say here what that is.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { runSql } from "../e2e/lib.mjs";
import { serve } from "./browser.mjs";
import { signedIn } from "./client.mjs";
import { ROLES, ROUTES, allowed, call, opens, path } from "./routes.mjs";

/* What the parameters of a route name: the first pattern that fits. */
const NAMED = [
  [/^(\/api\/v1)?\/ledgers\/\{ledger\}\/(records\/)?\{id\}/, "record"],
  [/^(\/api\/v1)?\/ledgers\/\{ledger\}\/imports?\/\{id\}/, "job"],
  [/^(\/api\/v1)?\/jobs\/\{id\}/, "job"],
  [/^(\/api\/v1)?\/imports\/\{id\}/, "batch"],
  [/^(\/api\/v1)?\/files\/\{hash\}/, "file"],
  [/^(\/api\/v1)?\/ledgers\/\{ledger\}\/views/, "view"],
  /* The bureau's in common, for whoever has the word of the route. */
  [/^(\/api\/v1)?\/reports\/(drafts|issues)\//, "paper"],
  [/^(\/api\/v1)?\/(figures|reports|boards)\//, "figures"],
  [/^(\/api\/v1)?\/checks?\/\{check\}/, "by an address that is not to be guessed"],
  [/^(\/api\/v1)?\/(people|accounts)\/\{login\}/, "account"],
  [/^(\/api\/v1)?\/ledgers\/\{ledger\}/, "ledger"],
  [/^\/(static|language)\//, "of all"],
];
const named = ({ pattern }) => NAMED.find(([fits]) => fits.test(pattern))?.[1];
const routesOf = (what) => ROUTES.filter((route) => named(route) === what);

const LEDGER = "reward_claim";
const TOWN_OF_ANOTHER_COUNTY = "349902101";
/* Whose claim each reach shows: that of one's own unit, that of another unit in another town. */
const REACHES = [
  { scope: "own", mine: false, other: false },
  { scope: "unit", mine: true, other: false },
  { scope: "subtree", mine: true, other: false },
  { scope: "town:349901101", mine: true, other: false },
  { scope: `town:${TOWN_OF_ANOTHER_COUNTY}`, mine: false, other: false },
  { scope: "county", mine: true, other: true },
];
const FORMATS = ["csv", "html", "json", "md"];
const FILLED = { ledger: LEDGER, lang: "zh", file: "base.css", report: "half_year_summary", indicator: "rewards_paid" };
const READERS = [...ROLES.keys()].filter((role) => ROLES.get(role).includes("ledger:read"));

let server, clerk, mine, other;
const firms = {}, clients = new Map();

/* As many times as here, the command that grants would take longest of all. */
const grant = (login, scope) => runSql(server, `UPDATE account_role SET scope = '${scope}' WHERE login = '${login}'`);

async function keepFile(client, text) {
  const body = new FormData();
  body.set("file", new Blob([text]), "申请表.txt");
  const answer = await client.send("POST", "/files", { body, headers: { "X-CSRF-Token": client.csrf } });
  return (await answer.json()).text;
}

/* A claim of a firm with a file; {id, hash, claimant}. */
async function makeClaim(firm) {
  const evidence = await keepFile(clerk, `申请表：${firm.name}`);
  const { body } = await clerk.json("GET", "/api/v1/ledgers/reward_batch/records?rows=1");
  await clerk.get(`/ledgers/${LEDGER}/new`);
  const claimant = `${firm.name}（奖励）`;
  const saved = await clerk.post(`/ledgers/${LEDGER}/new`, {
    claimant, enterprise: firm.name, "enterprise.id": firm.id, reward_batch: body.records[0].title, "reward_batch.id": body.records[0].id,
    reward_kind: "patent_industry", matter: `ZL-${firm.id}`, instalment: "1", trigger_on: "2020-02-01", amount_claimed: "5000",
    evidence, ":reason": "先登记" });
  assert.equal(saved.status, 303, saved.text);
  return { id: saved.headers.get("location").match(/\d+$/)[0], hash: evidence.split(".")[0], claimant };
}

before(async () => {
  server = await serve();
  clerk = await signedIn(server, "maker", "clerk");
  const { body } = await clerk.json("GET", "/api/v1/ledgers/enterprise/records?rows=100");
  const all = body.records.map(({ id, title, values }) => ({ id, name: title, code: values.credit_code, town: values.town }));
  const { rows } = JSON.parse(server.command("figure", "rewards_paid", "--period", "2020H1", "--rows", "--json"));
  firms.other = all.find(({ name }) => rows.some(({ title }) => title === name));
  firms.mine = all.find(({ town }) => town !== firms.other.town);
  server.command("user", "unit", "349901101", "--name", firms.mine.town);
  server.command("user", "unit", TOWN_OF_ANOTHER_COUNTY, "--name", "邻县新集镇");
  server.command("user", "unit", firms.mine.code, "--name", firms.mine.name, "--town", "349901101");
  mine = await makeClaim(firms.mine);
  other = await makeClaim(firms.other);
  for (const role of READERS) {
    const client = await signedIn(server, role.replaceAll("_", "-"), role, ["--unit", firms.mine.code]);
    client.secret = await client.token(...ROLES.get(role)); /* calls of programs are counted by token */
    clients.set(role, client);
  }
});
after(() => server.close());

test("every route that names something says what", () => {
  for (const route of ROUTES.filter(({ pattern }) => pattern.includes("{"))) assert.ok(named(route), route.name);
});

const NOTHING = "999999999"; /* no record */

/* What a record's routes must answer to whom it is there, or not: then what they answer of none. A step is not everybody's. */
function judge(route, status, { role, scope, there, ofNothing }) {
  const said = `${role} with ${scope}: ${route.name}: ${status}`;
  if (!allowed(role, route, LEDGER)) assert.equal(status, 403, said);
  else if (!there) assert.ok(status === ofNothing && [403, 404, 422].includes(status), `${said}, of none ${ofNothing}`);
  else assert.ok(status < 400 || status === 403 && route.pattern.includes("{transition}"), said);
}

for (const role of READERS) {
  test(`${role} finds no record outside of what was granted`, async () => {
    const client = clients.get(role), login = role.replaceAll("_", "-");
    for (const { scope, ...shows } of REACHES) {
      grant(login, scope);
      const values = { ledger: LEDGER, transition: "submit", step: "submit", version: "1" };
      const statusOf = async (route, id) => (await call(client, route, { ...values, id })).status;
      const ofNothing = new Map();
      for (const route of routesOf("record")) ofNothing.set(route, await statusOf(route, NOTHING));
      for (const [claim, there] of [[mine, shows.mine], [other, shows.other]]) {
        for (const route of routesOf("record")) {
          if (there && route.method !== "GET") continue; /* an empty form may well be obeyed */
          judge(route, await statusOf(route, claim.id), { role, scope, there, ofNothing: ofNothing.get(route) });
        }
        for (const route of routesOf("file")) {
          const { status } = await call(client, route, { hash: claim.hash });
          assert.equal(status, there ? 200 : 404, `${role} with ${scope}: ${route.name}`);
        }
      }
    }
  });

  test(`${role} reads nothing of another unit on any page`, async () => {
    const client = clients.get(role), telling = [];
    grant(role.replaceAll("_", "-"), "unit");
    for (const route of ROUTES.filter((one) => one.method === "GET" && allowed(role, one, LEDGER) && !/\{(id|login)\}/.test(one.pattern))) {
      for (const format of route.pattern.includes("{format}") ? FORMATS : [""]) {
        const address = path(route, { ...FILLED, format });
        const { text } = await client.get(`${address}?q=${encodeURIComponent(firms.other.code)}&period=2020H1&rows=1`);
        if (text.includes(firms.other.name)) telling.push(address);
      }
    }
    assert.deepEqual(telling, []);
  });
}

/* Work of one clerk, an import and a kept filter among it; ids of each. */
async function makeWork() {
  const body = new FormData();
  body.set("file", new Blob(["统一社会信用代码,企业名称\n91349901MA2000501K,青禾新芽农业科技有限公司\n"]), "enterprise.csv");
  const come = await clerk.send("POST", "/ledgers/enterprise/import", { body, headers: { "X-CSRF-Token": clerk.csrf } });
  const page = come.headers.get("location");
  assert.match(page, /\/import\/\d+$/);
  for (const act of ["try", "take"]) {
    await clerk.post(`${page}/${act}`, {});
    while (/<progress/.test((await clerk.get(page)).text)) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { text } = await clerk.get("/imports");
  await clerk.post(`/ledgers/${LEDGER}/views`, { name: "经办人的", query: "state=paid" });
  return { job: page.match(/\d+$/)[0], batch: text.match(/\/imports\/(\d+)/)[1] };
}

test("work of another is missing; an import is there for whoever has the whole county", async () => {
  const work = await makeWork();
  for (const role of READERS) {
    const client = clients.get(role), login = role.replaceAll("_", "-");
    for (const scope of ["unit", "county"]) {
      grant(login, scope);
      for (const what of ["job", "batch"]) {
        for (const route of routesOf(what)) {
          const there = what === "batch" && scope === "county";
          if (there && route.method !== "GET") continue;
          const { status } = await call(client, route, { ledger: "enterprise", id: work[what], file: "upload" });
          const said = `${role} with ${scope}: ${route.name}: ${status}`;
          const opened = !route.pattern.startsWith("/api/") || opens(["member", ...ROLES.get(role)], route);
          if (!allowed(role, route, "enterprise") || !opened) assert.equal(status, 403, said);
          else if (there) assert.equal(status, 200, said);
          else assert.equal(status, 404, said);
        }
      }
    }
    assert.equal((await client.post(`/ledgers/${LEDGER}/views/drop`, { name: "经办人的" })).status, 404, role);
  }
});

test("an errand is answered by whom it is put to, and a form left unsaved is nobody else's", async () => {
  const page = `/ledgers/${LEDGER}/${mine.id}`;
  for (const role of ["clerk", "section_head", "deputy"]) grant(role.replaceAll("_", "-"), "county");
  await clerk.get(page);
  assert.equal((await clerk.post(`${page}/errands`, { kind: "sign", taker: "section-head", note: "请核对" })).status, 303);
  const { text } = await clients.get("section_head").get(page);
  const errand = text.match(/\/errands\/(\d+)"/)[1];
  for (const role of ["clerk", "deputy"]) {
    await clients.get(role).get(page);
    const { status } = await clients.get(role).post(`${page}/errands/${errand}`, { answer: "agree", opinion: "同意" });
    assert.equal(status, 403, `${role} sees the record and who is asked, but is not asked`);
  }
  await clients.get("section_head").get(page);
  assert.equal((await clients.get("section_head").post(`${page}/errands/${errand}`, { answer: "agree", opinion: "同意" })).status, 303);
  await clerk.post(`/ledgers/${LEDGER}/draft`, { claimant: "还没有存的申报" });
  assert.match((await clerk.get(`/ledgers/${LEDGER}/new?draft=yes`)).text, /还没有存的申报/);
  assert.doesNotMatch((await clients.get("clerk").get(`/ledgers/${LEDGER}/new?draft=yes`)).text, /还没有存的申报/);
});

test("a token opens no more than its words and its owner's reach, and nothing when its day is over", async () => {
  grant("enterprise", "unit");
  const client = clients.get("enterprise"), record = (claim) => `/ledgers/${LEDGER}/records/${claim.id}`;
  const reader = await client.program("ledger:read"), counter = await clerk.program("figure:read");
  assert.equal((await reader("GET", record(mine))).status, 200);
  for (const route of routesOf("record").filter(({ pattern }) => pattern.startsWith("/api/"))) {
    const statusFor = async (program, id) => (await program(route.method,
      path(route, { ledger: LEDGER, id, step: "submit" }).replace("/api/v1", ""), route.method === "GET" ? undefined : {})).status;
    const ofOther = await statusFor(reader, other.id), reads = route.permission === "ledger:read";
    assert.ok(ofOther === await statusFor(reader, NOTHING) && [403, 404, 422].includes(ofOther), `${route.name}: ${ofOther}`);
    assert.equal(await statusFor(counter, mine.id), 403, route.name);
    if (!reads) assert.equal(await statusFor(reader, mine.id), 403, route.name);
  }
  assert.equal((await counter("GET", "/figures/rewards_paid?period=2020H1")).status, 200);
  assert.equal((await counter("GET", "/figures/rewards_paid?period=2020H1&rows=1")).status, 403, "records without ledger:read");
  runSql(server, "UPDATE token SET expires = '2020-01-01'");
  assert.equal((await reader("GET", record(mine))).status, 401);
});
