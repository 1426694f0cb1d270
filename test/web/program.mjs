// A program: a client that carries a token with some words, of a new account with a role.
import { Client } from "./client.mjs";

const TOKEN_DAYS = 30;
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
let people = 0;

/** (method, path, value, headers) → {status, body, headers} of a call below /api/v1; `send` gives the plain answer, `secret` is
 *  the token, `person` the client that is signed in. */
export async function program(server, role, ...words) {
  const person = new Client(server.address), account = await server.person(`${role.replaceAll("_", "-")}-${++people}`, role);
  await person.signIn(account);
  return Object.assign(await programOf(person, ...words), { login: account.login });
}

/** The same for somebody who is signed in. */
export async function programOf(person, ...words) {
  await person.get("/me");
  const body = new URLSearchParams([["csrf", person.csrf], ["name", "test"], ["expires", inDays(TOKEN_DAYS)],
    ...words.map((word) => ["word", word])]);
  const [secret] = (await (await person.send("POST", "/me/tokens", { body })).text()).match(/kz_[0-9a-f]{64}/);
  const client = new Client(person.address), bearer = { Authorization: `Bearer ${secret}` };
  const call = (method, path, value, headers = {}) => client.json(method, `/api/v1${path}`, value, { ...bearer, ...headers });
  const send = (method, path, options = {}) =>
    client.send(method, `/api/v1${path}`, { ...options, headers: { ...bearer, ...options.headers } });
  return Object.assign(call, { send, secret, person });
}

/** The same for somebody who is signed in with a browser, without a token. */
export async function session(server, role) {
  const person = new Client(server.address), account = await server.person(`${role.replaceAll("_", "-")}-${++people}`, role);
  await person.signIn(account);
  const call = (method, path, value, headers = {}) =>
    person.json(method, `/api/v1${path}`, value, { "X-CSRF-Token": person.csrf, ...headers });
  return Object.assign(call, { person, login: account.login });
}
