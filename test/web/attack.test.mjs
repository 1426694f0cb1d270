// What somebody tries who means harm: forms from elsewhere, sessions of others, headers and paths made of what is sent, files that are
// not what they say. Every route of the table is tried where the table decides.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { place } from "../e2e/lib.mjs";
import { serve } from "./browser.mjs";
import { Client, request, sendRaw, signedIn } from "./client.mjs";
import { ROUTES, allowed, call } from "./routes.mjs";

const LEDGER = "training";
const FILLED = { ledger: LEDGER, lang: "zh", file: "app.css", indicator: "achievements_registered", report: "half_year_summary",
  login: "nobody", id: "999999999", step: "accept" };
const ROLES = ["clerk", "director", "system_admin", "security_admin", "audit_admin"]; /* together they may call every route */
const BOMB_BYTES = 1 << 29, BOMB_SECONDS = 5, MEMORY_MORE_KB = 200_000;

let server;
const clients = new Map();

before(async () => {
  server = await serve();
  for (const role of ROLES) clients.set(role, await signedIn(server, role.replaceAll("_", "-"), role));
});
after(() => server.close());

const caller = (route) => clients.get(ROLES.find((role) => allowed(role, route, LEDGER)));
const isReading = ({ method }) => method === "GET";

test("no route that writes obeys a form without its own token, or from elsewhere", async () => {
  const other = await signedIn(server, "other", "clerk");
  const WAYS = [
    { "X-CSRF-Token": "" }, { "X-CSRF-Token": other.csrf }, { "X-CSRF-Token": "0".repeat(128) },
    { Origin: "https://elsewhere.example" }, { Origin: "null" }, { "Sec-Fetch-Site": "same-site" }, { "Sec-Fetch-Site": "cross-site" },
  ];
  for (const route of ROUTES.filter((one) => !isReading(one))) {
    const client = caller(route);
    assert.ok(client, `${route.name}: add a role that may`);
    for (const headers of WAYS) {
      const { status } = await call(client, route, FILLED, headers);
      assert.equal(status, 403, `${route.name} with ${JSON.stringify(headers)}`);
    }
  }
  const stranger = new Client(server.address);
  assert.equal((await stranger.post("/login", { login: "clerk", password: "x" }, { Origin: "https://elsewhere.example" })).status, 403);
});

test("every answer says how it may be used", async () => {
  for (const route of [...ROUTES.filter(isReading), { method: "GET", pattern: "/nothing", name: "a page that is none" }]) {
    const client = route.permission === undefined ? clients.get("clerk") : caller(route);
    const { headers, status } = await call(client, route, FILLED);
    const policy = headers.get("content-security-policy"), said = `${route.name}: ${status}`;
    assert.match(policy, /default-src 'self'/, said);
    assert.match(policy, /frame-ancestors 'none'/, said);
    assert.doesNotMatch(policy, /unsafe/, said);
    assert.equal(headers.get("x-content-type-options"), "nosniff", said);
    assert.match(headers.get("referrer-policy"), /same-origin|no-referrer/, said);
    if (!route.pattern.startsWith("/static/")) assert.equal(headers.get("cache-control"), "no-store", said);
  }
});

test("the cookie is the browser's alone, new at each sign-in, and dead with the old password", async () => {
  const person = await server.newcomer("mover", "clerk"), first = new Client(server.address), second = new Client(server.address);
  await first.get("/login");
  const answer = await first.send("POST", "/login", { body: new URLSearchParams({ login: person.login, password: person.first }) });
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("kezhang="));
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=(Lax|Strict)/);
  const before = first.cookies.get("kezhang");
  await first.get("/password");
  await first.post("/password", { old: person.first, new: person.password, again: person.password });
  delete person.first;
  assert.notEqual(first.cookies.get("kezhang"), before, "another one once the password is chosen");
  await second.signIn(person);
  assert.notEqual(second.cookies.get("kezhang"), first.cookies.get("kezhang"));
  await second.get("/password");
  assert.equal((await second.post("/password", { old: person.password, new: `${person.password}x`, again: `${person.password}x` })).status, 303);
  const is = async (value) => {
    const client = new Client(server.address);
    client.cookies.set("kezhang", value);
    return (await client.get("/")).status;
  };
  assert.equal(await is(before), 303, "the cookie before the first change");
  assert.equal(await is(first.cookies.get("kezhang")), 303, "the other session of the old password");
  assert.equal(await is(second.cookies.get("kezhang")), 200, "the session that changed it");
});

test("nothing that is sent becomes a header", async () => {
  const client = clients.get("clerk"), evil = "%0d%0aX-Evil:%20yes%0d%0a%0d%0a<script>";
  for (const path of [`/login?next=/${evil}`, `/search?q=${evil}`, `/language/zh?next=/${evil}`, `/language/${evil}`, `/ledgers/${LEDGER}?name=${evil}`,
    `/ledgers/${LEDGER}/export?name=${evil}`, `/figures/${evil}`, `/reports/half_year_summary?period=${evil}`]) {
    const { text, status } = await sendRaw(server.address, [request(client, "GET", path)]);
    assert.ok(status >= 200 && status < 500, path);
    assert.doesNotMatch(text.split("\r\n\r\n")[0], /^X-Evil/m, path);
    assert.doesNotMatch(text, /<script>/, path);
  }
});

async function upload(client, path, bytes, name, fields = {}) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.set(key, value);
  body.set("file", new Blob([bytes]), name);
  const answer = await client.send("POST", path, { body, headers: { "X-CSRF-Token": client.csrf } });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

test("a file's name is a name", async () => {
  const client = clients.get("clerk");
  for (const [sent, kept] of [["../../etc/passwd", "passwd"], ["C:\\\\temp\\\\表.txt", "表.txt"], ["a\r\nX-Evil: yes.txt", null], ["..", null], ["\"><img>.txt", null]]) {
    const { status, text, headers } = await upload(client, "/files", `内容：${sent}`, sent);
    assert.ok([200, 400, 422].includes(status), `${sent}: ${status}`);
    assert.equal(headers.get("x-evil"), null);
    if (status !== 200) continue;
    const { name } = JSON.parse(text);
    if (kept) assert.equal(name, kept);
    assert.doesNotMatch(name, /[/\\\r\n]|^\.*$/, sent);
  }
});

const zipBomb = () => {
  const file = place("bomb.xlsx");
  execFileSync("/usr/bin/python3", ["-c", `
import sys, zipfile
out = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
out.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
out.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>')
out.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>')
with out.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
    for _ in range(int(sys.argv[2]) >> 20): sheet.write(b" " * (1 << 20))
out.close()`, file, String(BOMB_BYTES)]);
  return readFileSync(file);
};

const memory = () => Number(readFileSync(`/proc/${server.child.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1]);

test("a file that is not what it says is refused with a reason, and costs little", async () => {
  const client = clients.get("clerk"), importing = `/ledgers/${LEDGER}/import`, before = memory();
  const REFUSED = [
    [importing, "", "空.xlsx"], [importing, "MZ\x90\0", "程序.xlsx"], [importing, "%PDF-1.4", "文件.xlsx"], [importing, "PK\x03\x04", "坏.xlsx"],
    ["/check", "", "空.docx"], ["/check", "PK\x03\x04", "坏.docx"], ["/check", "MZ\x90\0", "程序.docx"], ["/files", "", "空.txt"],
  ];
  for (const [path, bytes, name] of REFUSED) {
    const { status, text } = await upload(client, path, bytes, name, path === "/check" ? { period: "2020H1" } : {});
    assert.equal(status, 422, `${path} ${name}: ${status}`);
    assert.match(text, /role="alert"|"say":/, name);
  }
  const bomb = zipBomb(), begun = Date.now(), { status } = await upload(client, importing, bomb, "炸弹.xlsx");
  assert.equal(status, 422, "a bomb");
  assert.ok(Date.now() - begun < 1000 * BOMB_SECONDS, `${Date.now() - begun} ms`);
  assert.ok(memory() - before < MEMORY_MORE_KB, `${memory() - before} KB more`);
});

test("no path leads out of its place", async () => {
  const client = clients.get("clerk"), up = ["..", "%2e%2e", "..%2f..", "%2e%2e%2f", "..%5c..", "....//", "%00"];
  for (const place of ["/static/", "/files/", "/jobs/1/files/", "/reports/half_year_summary/files/", "/reports/issues/1/files/", "/check/", `/ledgers/${LEDGER}/`])
    for (const way of up) {
      for (const file of ["seal.key", "kezhang.db", "database.url"]) {
        const { status } = await sendRaw(server.address, [request(client, "GET", `${place}${way}/${file}`)]);
        assert.ok([400, 404].includes(status), `${place}${way}/${file}: ${status}`);
      }
    }
});
