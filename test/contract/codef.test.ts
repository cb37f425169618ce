/**
 * The contract: every operation of the specs, called through its generated function against the sandbox.
 * @module
 */
import { InvalidInputError } from "kofin";
import { type Codef, createCodef, type Reply } from "kofin/codef";
import type { Operation, Schema } from "kofin/generator";
import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../generated/codef/catalogue.js";
import { connect, encrypt } from "../sandbox/client.js";
import { madeUp, partOf } from "../support/certificate.js";
import { failure } from "../support/failure.js";
import { examplesOf, type Field, type Input, inputSchema, without } from "./example-input.js";
import { unlike } from "./promises.js";
import { functionOf, nameOf, operationsIn, specsOf } from "./specs.js";
import { complaints } from "./validator.js";

type Call = (codef: Codef, input: Input) => Promise<Reply<unknown>>;

const NOW = () => Date.UTC(2026, 6, 15, 3);
const specs = specsOf("codef");
const operations = operationsIn(specs);
const sandbox = createSandbox({ specs, now: NOW });
const codef = createCodef({ ...sandbox.codef.options });
const wire = await connect({ specs, now: NOW });

/** A secret that says where it stands. */
const plain = (path: string) => `비밀 ${path}`;

const certificate = await madeUp({ password: plain("인증서") });

/** What the sandbox knows, in a period that lies behind its clock. */
function known({ name, path, schema }: Field): unknown {
  const part = partOf(certificate, schema);
  if (part !== undefined) return part;
  if (schema["x-encrypted"]) return plain(path);
  if (name === "connectedId") return "sandbox_connectedId";
  if (schema.format === "yyyymmdd") return /^end/.test(name) ? "20260531" : "20260501";
  return undefined;
}

const callOf = ({ module, id }: Pick<Operation, "module" | "id">) => functionOf<Call>("codef", module, id);

const calls = operations.flatMap((operation) =>
  examplesOf(operation, { known }).map((example) => {
    const name = [nameOf(operation), example.title].filter(Boolean).join(" · ");
    return [name, { operation, example }] as const;
  }),
);

test("nothing is left out: the catalogue, the specs and the functions are one list", async () => {
  const listed = catalogue.map(({ module, id, path }) => `${module}.${id} ${path}`).sort();
  expect(listed).toEqual(operations.map((operation) => `${nameOf(operation)} ${operation.path}`).sort());
  // 199 products and account operations, the six account paths of 2019, and the corporate account list of 2019.
  expect(operations).toHaveLength(199 + 6 + 1);
  for (const entry of catalogue) expect(await callOf(entry), entry.id).toBeTypeOf("function");
});

describe("every operation, in each way to log in", () => {
  test.each(calls)("%s", async (_, { operation, example }) => {
    const call = await callOf(operation);
    const reply = await call(codef, example.input);
    expect(reply.status).toBe("done");
    expect(complaints(operation.response, reply.raw)).toEqual([]);
    expect(unlike(dataOf(operation), reply.data)).toEqual([]);

    const sent = sandbox.codef.requests.at(-1);
    expect([sent?.method, sent?.path]).toEqual([operation.method, operation.path]);
    expect(complaints(inputSchema(operation), sent?.body)).toEqual([]);
    expect(lost(example.input, sent?.body)).toEqual([]);
  });
});

describe("a required field that is missing", () => {
  const missing = calls.filter(([, { example }]) => example.needs.length > 0);

  test.each(missing)("%s: is named before anything is sent", async (_, { operation, example }) => {
    const call = await callOf(operation);
    for (const { path, name, filledIn, selects } of example.needs) {
      if (filledIn) continue;
      const before = sandbox.codef.requests.length;
      const error = await failure(call(codef, without(example.input, path)), InvalidInputError);
      if (!selects) expect(error.field).toBe(path);
      expect(error.message).toContain(name);
      expect(sandbox.codef.requests).toHaveLength(before);
    }
  });

  const isJson = ({ method, requestType }: Operation) => method === "POST" && requestType === "application/json";

  test.each(missing.filter(([, { operation }]) => isJson(operation)))(
    "%s: is CF-00001 on the wire",
    async (_, { operation, example }) => {
      const input = ciphered(example.input);
      for (const { path, name, selects } of example.needs) {
        const { body } = await wire.post(operation.path, without(input, path));
        expect([path, body.result.code]).toEqual([path, "CF-00001"]);
        // Without the field that selects, another alternative may apply, and lack something else.
        if (!selects) expect(body.result.extraMessage).toBe(name);
      }
    },
  );
});

function dataOf({ response }: Operation): Schema {
  return response.properties?.data ?? {};
}

/** What of the input did not arrive as it should: secrets encrypted, everything else as it was. */
function lost(input: unknown, sent: unknown, path = ""): string[] {
  if (typeof input === "object" && input !== null) {
    const fields = Object.entries(input);
    return fields.flatMap(([name, inner]) => lost(inner, (sent as Input | undefined)?.[name], `${path}/${name}`));
  }
  const isSecret = typeof input === "string" && input.startsWith("비밀 ");
  const arrived = isSecret && typeof sent === "string" ? sandbox.codef.decrypt(sent) : sent;
  return arrived === input && !(isSecret && sent === input) ? [] : [path];
}

/** The input with its secrets encrypted by hand. */
function ciphered(input: unknown): Input {
  return JSON.parse(JSON.stringify(input), (_, value: unknown) =>
    typeof value === "string" && value.startsWith("비밀 ") ? encrypt(value, wire.sandbox.codef.publicKey) : value,
  ) as Input;
}
