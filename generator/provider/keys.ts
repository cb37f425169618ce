/**
 * The keys of `provider.yaml`: the table of `specs/README.md`, for the machine.
 * @module
 */
import { isIdentifier } from "../names.js";
import * as shape from "./shape.js";

const { count, isTrue, list, mapOf, matching, oneOf, positive, record, text, value, variant } = shape;

const url = matching(/^https?:\/\/[^\s/]/, "an address like https://api.example.com");
const urlOrPath = matching(/^(https?:\/\/[^\s/]|\/)/, "an address, or a path that begins with /");
const fieldPath = matching(/^[^.\s]+(\.[^.\s]+)*$/, "a field, or a path like error.code");
const scalar = value(
  (given) => ["string", "number", "boolean"].includes(typeof given),
  "a text, a number or a boolean",
);
const texts = list(text, "texts");

const tokenEndpoint: shape.Keys = {
  needed: { url: [urlOrPath, "say where tokens come from, as an address or a path at the base URL"] },
  known: {
    body: oneOf("form", "json"),
    client: oneOf("body", "basic"),
    idField: text,
    secretField: text,
    scope: text,
    tokenField: fieldPath,
    expiresInField: fieldPath,
    expiresAtField: fieldPath,
    lifetimeSeconds: positive,
  },
};

const auth = variant({
  none: {},
  apiKey: {
    needed: { in: [oneOf("header", "query"), "say header or query"], name: [text, "say the name of the header"] },
  },
  bearer: {},
  basic: {},
  clientCredentials: {
    needed: tokenEndpoint.needed ?? {},
    known: { ...tokenEndpoint.known, reissue: oneOf("independent", "same-token", "kills-old") },
  },
  authorizationCode: {
    needed: {
      ...tokenEndpoint.needed,
      authorizeUrl: [urlOrPath, "say where users consent, as an address or a path at the base URL"],
    },
    known: tokenEndpoint.known ?? {},
  },
  custom: {},
});

const answer = record({
  known: {
    data: text,
    success: record({
      needed: {
        path: [fieldPath, "say which field tells"],
        values: [list(scalar, "values"), "list what it says of a success"],
      },
    }),
    code: fieldPath,
    message: fieldPath,
    transactionId: fieldPath,
  },
});

const timeOfDay = matching(/^([01]\d|2[0-4]):[0-5]\d$/, "a time of day in Korea, like 09:00");

const slower = record({
  needed: {
    from: [timeOfDay, "say from when on"],
    until: [timeOfDay, "say until when"],
    perSecond: [positive, "say how many calls a second it is then"],
  },
});

const limit = record({
  needed: { perSecond: [positive, "say how many calls a second"] },
  known: {
    name: text,
    burst: positive,
    path: matching(/^\//, "the beginning of paths, with a / in front"),
    each: isTrue,
    slower: list(slower, "times of day"),
  },
});

const paging = record({
  needed: {
    more: [text, "name the header of an answer that says whether there is more"],
    values: [texts, "list what it says when there is more"],
    ask: [mapOf(text, "header → value"), "say with which headers a further page is asked for"],
  },
});

const generator = record({
  known: {
    runtime: oneOf("general", "own"),
    features: list(oneOf("encryption", "two-way", "tr-id", "feeds", "masters"), "words"),
    besideFeeds: list(matching(/^[a-z][a-z-]*$/, "the name of a file, without its ending"), "files"),
    input: text,
    envelope: text,
    fills: texts,
    tokens: record({
      needed: {
        user: [texts, "list the scopes of users' tokens"],
        institution: [texts, "list the institution's scopes"],
      },
    }),
    constants: list(oneOf("numbers", "successor"), "words"),
    pageOptions: isTrue,
  },
});

export const providerShape: shape.Shape = record({
  needed: { title: [text, "say what people call the provider"] },
  known: {
    rules: oneOf("openapi", "own"),
    client: value(
      (given) => typeof given === "string" && /^\p{Lu}/u.test(given) && isIdentifier(given),
      "a type's name",
    ),
    environments: mapOf(url, "name → base URL"),
    auth,
    answer,
    limits: list(limit, "limits"),
    limitHeader: text,
    defaults: record({
      known: { timeoutMs: positive, answerTimeoutMs: positive, retries: count, retryDelayMs: count },
    }),
    paging,
    generator,
  },
});
