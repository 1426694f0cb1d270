// A client of the web application without a browser: cookies, forms with their token, JSON with a token of its own; and requests byte
// by byte, for what fetch would put right.
import net from "node:net";

const TOKEN_DAYS = 30;
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export class Client {
  constructor(address) {
    this.address = address;
    this.cookies = new Map();
    this.csrf = "";
  }

  /** Calls of the API carry `secret`, a token, where there is one. */
  async send(method, path, { headers = {}, body, redirect = "manual" } = {}) {
    const bearer = this.secret && path.startsWith("/api/") ? { Authorization: `Bearer ${this.secret}` } : {};
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(this.address + path, {
      method, body, redirect, headers: { ...(cookie && { Cookie: cookie }), "User-Agent": "test", ...bearer, ...headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return answer;
  }

  /** A page as {status, text, headers}; remembers the token of its forms. */
  async get(path, headers = {}) {
    const answer = await this.send("GET", path, { headers });
    const text = await answer.text();
    const token = text.match(/<meta name="csrf" content="([0-9a-f]+)">/);
    if (token) this.csrf = token[1];
    return { status: answer.status, text, headers: answer.headers };
  }

  /** Waits when it is told that it comes too often: all tests sign in from one address. */
  async post(path, fields = {}, headers = {}) {
    const body = new URLSearchParams({ csrf: this.csrf, ...fields });
    let answer = await this.send("POST", path, { body, headers });
    while (answer.status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers.get("retry-after"))));
      answer = await this.send("POST", path, { body, headers });
    }
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }

  /** Signs in, chooses the person's own password if one is due, and has the token of forms from then on. */
  async signIn(person) {
    this.login = person.login;
    await this.get("/login");
    let answer = await this.post("/login", { login: person.login, password: person.first ?? person.password });
    if (answer.headers.get("location") === "/password") {
      await this.get("/password");
      answer = await this.post("/password", { old: person.first, new: person.password, again: person.password });
      delete person.first;
    }
    await this.get("/me");
    return answer;
  }

  /** JSON in and out: {status, body}. */
  async json(method, path, value, headers = {}) {
    const answer = await this.send(method, path, {
      headers: { ...(value && { "Content-Type": "application/json" }), ...headers }, body: value && JSON.stringify(value),
    });
    const text = await answer.text();
    return { status: answer.status, body: text && JSON.parse(text), headers: answer.headers };
  }

  /** A new token with these words. */
  async token(...words) {
    const body = new URLSearchParams([["csrf", this.csrf], ["name", "test"], ["expires", inDays(TOKEN_DAYS)],
      ...words.map((word) => ["word", word])]);
    const answer = await this.send("POST", "/me/tokens", { body });
    return (await answer.text()).match(/kz_[0-9a-f]{64}/)[0];
  }

  /** A program: (method, path, value, headers) → {status, body, headers} of a call below /api/v1 with a new token of these words
   *  and no cookie; `send` gives the plain answer, `secret` is the token, `person` this client. */
  async program(...words) {
    const client = new Client(this.address);
    client.secret = await this.token(...words);
    const call = (method, path, value, headers) => client.json(method, `/api/v1${path}`, value, headers);
    const send = (method, path, options) => client.send(method, `/api/v1${path}`, options);
    return Object.assign(call, { send, secret: client.secret, person: this, login: this.login });
  }
}

/** A client in which somebody new with the role has signed in. */
export async function signedIn(server, login, role, options) {
  const client = new Client(server.address);
  await client.signIn(await server.person(login, role, options));
  return client;
}

/** The bytes of a request as HTTP/1.1 of this client; the connection ends with the answer. */
export function request(client, method, path, headers = {}, body = "") {
  const lines = { Host: new URL(client.address).host, "User-Agent": "test", "Accept-Language": "zh-CN", Connection: "close",
    Cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    ...(body && { "Content-Length": Buffer.byteLength(body) }), ...headers };
  return `${method} ${path} HTTP/1.1\r\n${Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

/** Sends pieces of bytes, `pause` milliseconds apart, until the server ends it: {status, text (head and body), ms}. */
export function sendRaw(address, pieces, pause = 0) {
  const { hostname, port } = new URL(address), begun = Date.now();
  return new Promise((resolve) => {
    let text = "", next = 0, timer;
    const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const send = () => {
      if (next < pieces.length) socket.write(pieces[next++]);
      if (next < pieces.length) timer = setTimeout(send, pause);
    };
    socket.on("connect", send);
    socket.on("data", (bytes) => { text += bytes; });
    socket.on("end", () => socket.destroy());
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve({ status: Number(text.match(/^HTTP\/1.1 (\d+)/)?.[1] ?? 0), text, ms: Date.now() - begun });
    });
  });
}
