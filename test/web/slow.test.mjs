// Senders that drip, and requests that are too much of something: each gets an answer in the reader's language or an end, while others
// are served as ever and memory stays where it was. All wait at once, so that the whole takes as long as the longest limit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { serve } from "./browser.mjs";
import { request, sendRaw, signedIn } from "./client.mjs";

const HEAD_SECONDS = 15, BODY_SECONDS = 30, LATE_SECONDS = 6; /* http/limits.h; what a busy machine may add */
const SLOW = 100, MEMORY_MORE_KB = 50_000, QUICK_MS = 1000;
const NEW = "/ledgers/training/new", API = "/api/v1/ledgers/training/records";
const FORM = { "Content-Type": "application/x-www-form-urlencoded" }, JSON_TYPE = { "Content-Type": "application/json" };

let server, clerk, english;
before(async () => {
  server = await serve();
  clerk = await signedIn(server, "clerk", "clerk");
  english = { "Accept-Language": "en", "X-CSRF-Token": clerk.csrf };
});
after(() => server.close());

const send = (method, path, headers, body, client = clerk) =>
  sendRaw(server.address, [request(client, method, path, { "X-CSRF-Token": clerk.csrf, ...headers }, body)]);
const memory = () => Number(readFileSync(`/proc/${server.child.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]);
const parts = (n) => Array.from({ length: n }, (_, i) => `--x\r\nContent-Disposition: form-data; name="f${i}"; filename="a.txt"\r\n\r\nx\r\n`).join("");

/* One byte a second of a request of which the rest never comes. */
const drip = (text, whole) => sendRaw(server.address, [whole, ...Array.from({ length: 120 }, () => text)], 1000);

describe("all at once", { concurrency: true }, () => {
  test("a head of one byte a second is ended", async () => {
    const { ms } = await drip("a", "GET /login HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    assert.ok(ms >= 1000 * (HEAD_SECONDS - 2) && ms < 1000 * (HEAD_SECONDS + LATE_SECONDS), `${ms} ms`);
  });

  for (const [path, type, how] of [[NEW, FORM, "a page"], [API, JSON_TYPE, "the API"]]) {
    test(`a body of one byte a second is ended, of ${how}`, async () => {
      const { ms } = await drip("a", request(clerk, "POST", path, { ...type, "X-CSRF-Token": clerk.csrf, "Content-Length": "1000" }));
      assert.ok(ms >= 1000 * (BODY_SECONDS - 2) && ms < 1000 * (BODY_SECONDS + LATE_SECONDS), `${ms} ms`);
    });
  }

  test("others are served quickly meanwhile, and little memory is held", async () => {
    const before = memory();
    const slow = Array.from({ length: SLOW }, () => drip("a", "GET /login HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    for (let i = 0; i < 10; i++) {
      const begun = Date.now();
      assert.equal((await clerk.get("/ledgers/training")).status, 200);
      assert.ok(Date.now() - begun < QUICK_MS, `${Date.now() - begun} ms`);
    }
    assert.ok(memory() - before < MEMORY_MORE_KB, `${memory() - before} KB more`);
    await Promise.all(slow);
  });

  const LONG = "a".repeat(20_000), MUCH = String(1 << 27);
  const TOO_MUCH = [
    ["an address", 414, () => send("GET", `/search?q=${LONG}`)],
    ["a header", 431, () => send("GET", "/search", { "X-Long": LONG })],
    ["a form", 413, () => send("POST", NEW, { ...FORM, "Content-Length": MUCH }), /提交的内容太大/],
    ["a form, in English", 413, () => send("POST", NEW, { ...FORM, ...english, "Content-Length": MUCH }), /too large/],
    ["a form sent in pieces", 413, () => sendRaw(server.address, [`${request(clerk, "POST", "/me/tokens",
      { ...FORM, "Transfer-Encoding": "chunked", "X-CSRF-Token": clerk.csrf })}${"10000\r\n".concat("a".repeat(65536), "\r\n").repeat(16)}0\r\n\r\n`]),
      /提交的内容太大/],
    ["a sheet", 413, () => send("POST", "/ledgers/training/import", { "Content-Type": "multipart/form-data; boundary=x", "Content-Length": MUCH }),
      /提交的内容太大/],
    ["the fields of a form", 400, () => send("POST", NEW, FORM, "a=1&".repeat(5000)), /无法识别|太多/],
    ["the parts of a form", 413, () => send("POST", NEW, { "Content-Type": "multipart/form-data; boundary=x" }, `${parts(200)}--x--\r\n`), /太大|太多/],
    ["JSON", 413, () => send("POST", API, { ...JSON_TYPE, "Content-Length": MUCH }), /problem\+json[^]*提交的内容太大/],
    ["JSON, in English", 413, () => send("POST", API, { ...JSON_TYPE, ...english, "Content-Length": MUCH }), /problem\+json[^]*too large/],
    ["the depth of JSON", 400, () => send("POST", API, JSON_TYPE, "[".repeat(100_000)), /problem\+json[^]*JSON/],
    ["the kind of body", 415, () => send("POST", NEW, { "Content-Type": "text/plain" }, "x"), /此处不接受/],
  ];
  for (const [what, status, ask, words] of TOO_MUCH) {
    test(`too much is answered: ${what}`, async () => {
      const answer = await ask();
      assert.equal(answer.status, status, answer.text.slice(0, 300));
      if (words) assert.match(answer.text, words);
    });
  }
});
