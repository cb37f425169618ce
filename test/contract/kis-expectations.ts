/**
 * What KIS's mock must have been sent, and what must have come back.
 * @module
 */
import type { Schema } from "kofin/generator";
import type { Reply } from "kofin/kis";
import type { ReceivedRequest } from "kofin/sandbox";
import { expect } from "vitest";
import { type Input, without } from "./example-input.js";
import { CUSTOMER } from "./kis-orders.js";
import { busy, type Case, dataOf, productOf } from "./kis-setup.js";
import { lost, strangers, unfilled, unlike } from "./promises.js";
import { complaints } from "./validator.js";

export type Environment = "real" | "mock";

/** What a reply must be, whichever server gave it. */
export function expectReply({ operation }: Case, reply: Reply<unknown>): void {
  expect(complaints(dataOf(operation), reply.data)).toEqual([]);
  expect(unlike(dataOf(operation), reply.data)).toEqual([]);
  expect(strangers(dataOf(operation), reply.data)).toEqual([]);
}

/** What must have arrived. */
export function expectSent(found: Case, input: Input, sent: ReceivedRequest, environment: Environment = "real"): void {
  const { operation } = found;
  const request = operation.request ?? {};
  expect([sent.method, sent.path]).toEqual([operation.method, operation.path]);
  expect(sent.headers).toMatchObject(headersFor(found, environment));
  expect(sent.headers).not.toHaveProperty("tr_cont");
  expect(complaints(request, sent.body)).toEqual([]);
  expect(strangers(request, sent.body)).toEqual([]);
  expect(lost(without(input, "action"), sent.body)).toEqual([]);
  expect(unfilled(request, input, sent.body)).toEqual([]);
  expect(sent.body ?? {}).toMatchObject(fromClient(found, environment));
}

/** Headers that the gateway asks for. */
function headersFor({ operation, way }: Case, environment: Environment): Record<string, unknown> {
  const { appkey, appsecret } = keysOf(environment);
  const content = { "content-type": "application/json; charset=utf-8" };
  const { trId } = operation;
  if (!trId) return operation.parameters.length > 0 ? { ...content, appkey, appsecret } : content;
  const ids = trId[environment];
  const tr_id = typeof ids === "object" ? ids[way.action ?? ""] : ids;
  return { ...content, tr_id, custtype: "P", appkey, appsecret, authorization: expect.stringMatching(/^Bearer \S+$/) };
}

function keysOf(environment: Environment) {
  const { options, mockOptions } = busy.sandbox.kis;
  const { appKey: appkey, appSecret: appsecret } = environment === "real" ? options : mockOptions;
  return { appkey, appsecret };
}

export function fieldsFrom({ properties = {} }: Schema = {}, word = ""): string[] {
  return Object.keys(properties).filter((name) => properties[name]?.["x-from"] === word);
}

/** What the client fills in. */
function fromClient({ operation }: Case, environment: Environment): Input {
  const { appkey, appsecret } = keysOf(environment);
  const words: Readonly<Record<string, unknown>> = {
    htsId: busy.sandbox.kis.options.htsId,
    appKey: appkey,
    appSecret: appsecret,
    token: expect.stringMatching(/\S/),
  };
  const fields = Object.entries(operation.request?.properties ?? {}).flatMap(([name, { "x-from": word = "" }]) => {
    if (word === "account") return [[name, name === "CANO" ? CUSTOMER : productOf(operation)]];
    return word in words ? [[name, words[word]]] : [];
  });
  return Object.fromEntries(fields);
}
