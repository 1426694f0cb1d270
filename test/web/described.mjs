// Answers held against the description of the API (OpenAPI 3.1): every member must be in the schema that the call names, and
// of its type. Of JSON Schema it knows what the description uses; whatever else stands there it refuses.
import assert from "node:assert/strict";

const TYPES = {
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === "string",
  integer: Number.isInteger,
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};
const WORDS = new Set(["type", "properties", "required", "items", "enum", "anyOf", "$ref", "additionalProperties", "pattern",
  "format", "minimum", "description", "examples", "title"]);

export class Description {
  constructor(document) { this.document = document; }

  /** What a {"$ref": "#/components/…"} leads to; anything else is itself. */
  resolve(object) {
    if (!object.$ref) return object;
    const [, kind, name] = object.$ref.match(/^#\/components\/(\w+)\/(\w+)$/);
    const found = this.document.components[kind][name];
    assert.ok(found, `${object.$ref} is nowhere`);
    return found;
  }

  /** What is wrong with a value, as texts with places. `open`: members that are not described are let be. */
  problems(schema, value, at = "$", open = false) {
    if (schema.$ref) return this.problems(this.resolve(schema), value, at, open);
    if (schema.anyOf) {
      const all = schema.anyOf.map((one) => this.problems(one, value, at, open));
      return all.some((found) => !found.length) ? [] : all[0];
    }
    if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${JSON.stringify(value)} is none of ${schema.enum}`];
    if (schema.type && ![schema.type].flat().some((type) => TYPES[type](value))) return [`${at}: ${JSON.stringify(value)?.slice(0, 60)} is no ${schema.type}`];
    if (schema.pattern && typeof value === "string" && !new RegExp(schema.pattern).test(value)) return [`${at}: ${value}`];
    if (TYPES.array(value)) return value.flatMap((item, i) => this.problems(schema.items ?? {}, item, `${at}[${i}]`, open));
    return TYPES.object(value) ? this.members(schema, value, at, open) : [];
  }

  members(schema, value, at, open) {
    const properties = schema.properties ?? {};
    const missing = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${at}: no ${name}`);
    return [...missing, ...Object.entries(value).flatMap(([name, member]) => {
      if (properties[name]) return this.problems(properties[name], member, `${at}.${name}`, open);
      if (TYPES.object(schema.additionalProperties)) return this.problems(schema.additionalProperties, member, `${at}.${name}`, open);
      return open || !schema.properties ? [] : [`${at}: ${name} is not described`];
    })];
  }

  /** The answer of a call that went well, or its refusal. */
  expect(method, pattern, status, body) {
    const call = this.document.paths[pattern]?.[method.toLowerCase()];
    assert.ok(call, `${method} ${pattern} is not described`);
    const answer = call.responses[status] && this.resolve(call.responses[status]);
    assert.ok(answer, `${method} ${pattern}: ${status} is not described\n${JSON.stringify(body)}`);
    const schema = (answer.content?.["application/json"] ?? answer.content?.["application/problem+json"])?.schema;
    const found = schema ? this.problems(schema, body) : [];
    assert.deepEqual(found.slice(0, 5), [], `${method} ${pattern}`);
  }

  /** The document in itself: every schema uses words that are known here, every reference leads somewhere, every example is
   *  of its schema. */
  check(schema = this.document.components.schemas, at = "schemas", isMap = true) {
    if (!TYPES.object(schema)) return;
    if (!isMap) {
      for (const word of Object.keys(schema)) assert.ok(WORDS.has(word), `${at}: ${word}`);
      this.resolve(schema);
      for (const type of [schema.type ?? []].flat()) assert.ok(TYPES[type], `${at}: ${type}`);
      for (const name of schema.required ?? []) assert.ok(schema.properties?.[name], `${at}: ${name} is asked for and not described`);
      for (const example of schema.examples ?? []) assert.deepEqual(this.problems(schema, example, at), []);
    }
    const maps = isMap ? [schema] : [schema.properties ?? {}];
    for (const map of maps) for (const [name, one] of Object.entries(map)) this.check(one, `${at}.${name}`, false);
    if (isMap) return;
    for (const one of [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])].filter(Boolean)) this.check(one, at, false);
  }
}

/** A program (program.mjs) whose every answer is held against the description. Paths are matched to their patterns. */
export async function described(api) {
  const { body } = await api("GET", "/openapi.json");
  const description = new Description(body);
  const patterns = Object.keys(body.paths).sort((a, b) => a.split("{").length - b.split("{").length)
    .map((pattern) => [pattern, new RegExp(`^${pattern.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`)]);
  const seen = new Set();
  const call = async (method, path, value, headers) => {
    const answer = await api(method, path, value, headers);
    const [pattern] = patterns.find(([, match]) => match.test(`/api/v1${path.split("?")[0]}`)) ?? [];
    assert.ok(pattern, `${path} is not described`);
    seen.add(`${method} ${pattern}`);
    description.expect(method, pattern, answer.status, answer.body);
    return answer;
  };
  return Object.assign(call, { description, seen, send: api.send, secret: api.secret, person: api.person, login: api.login });
}
