// The program's own table of routes, and what the definitions let each role do, read without the program: for tests that go through
// all of them, so that a new route cannot be forgotten.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kezhang, root } from "./browser.mjs";

const words = (list) => list.split(/[\s,]+/);
const definition = (file) => readFileSync(join(root, "defs", file), "utf8");

/** role → the words it may. */
export const ROLES = new Map([...definition("roles.yaml").matchAll(/\{name: (\w+),[^}]*\}[^}]*?may: \[([^\]]*)\]\}/g)]
  .map(([, name, may]) => [name, words(may)]));

/** Who may enter records of a ledger: the roles of its `edit`. */
export const editors = (ledger) => words(definition(`ledgers/${ledger}.yaml`).match(/^edit: \[(.*)\]$/m)[1]);

/** {method, pattern, permission, takes, scope} each. */
export const ROUTES = execFileSync(kezhang, ["serve", "--routes"], { encoding: "utf8" }).trim().split("\n")
  .map((line) => line.split("\t"))
  .map(([method, pattern, permission, takes, , scope]) => ({ method, pattern, permission, takes: Number(takes), scope, name: `${method} ${pattern}` }));

/** The path of a route with its parameters filled in; a name that `values` does not know becomes 1. */
export const path = ({ pattern }, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "1");

/** Whether a role may call a route, when {ledger} is that ledger. */
export function allowed(role, route, ledger) {
  return route.permission.split("|").some((word) => {
    if (["anyone", "self", "member"].includes(word)) return true;
    if (!ROLES.get(role)?.includes(word)) return false;
    return word !== "ledger:edit" || !route.pattern.includes("{ledger}") || editors(ledger).includes(role);
  });
}

/** Whether a token with these words, of somebody who may, opens a route. */
export const opens = (given, { permission, scope }) =>
  [permission, scope].every((needed) => !needed || needed.split("|").some((word) => given.includes(word)));

const FORM = 1, MULTIPART = 2, JSON_BODY = 4;

/** An empty body of the kind that a route takes. */
function emptyBody({ method, takes }) {
  if (method === "GET") return {};
  if (takes & JSON_BODY) return { type: "application/json", body: "{}" };
  if (takes & FORM) return { body: new URLSearchParams() };
  if (takes & MULTIPART) return { body: new FormData() };
  return { type: "application/octet-stream", body: "x" };
}

/** Calls a route with nothing in its body; the answer, of which the body is not read. */
export async function call(client, route, values, headers = {}) {
  const { type, body } = emptyBody(route);
  const answer = await client.send(route.method, path(route, values),
    { headers: { "X-CSRF-Token": client.csrf, ...(type && { "Content-Type": type }), ...headers }, body });
  await answer.body?.cancel();
  return answer;
}
