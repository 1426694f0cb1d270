// Somebody new with a role who calls the API: by a token, or signed in with a browser.
import { signedIn } from "./client.mjs";

let people = 0;
const somebody = (server, role) => signedIn(server, `${role.replaceAll("_", "-")}-${++people}`, role);

/** Client.program of a new account. */
export const program = async (server, role, ...words) => (await somebody(server, role)).program(...words);

/** The same without a token. */
export async function session(server, role) {
  const person = await somebody(server, role);
  const call = (method, path, value, headers = {}) =>
    person.json(method, `/api/v1${path}`, value, { "X-CSRF-Token": person.csrf, ...headers });
  return Object.assign(call, { person, login: person.login });
}
