import { InvalidInputError, memoryStore, sharedTokens, type TokenStore } from "kofin";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";

const TOKEN = { value: "token", expiresAt: Number.POSITIVE_INFINITY };

/** A source of tokens over a store with some methods of its own. */
function source(methods: Partial<TokenStore>, issue = async () => TOKEN) {
  return sharedTokens(issue, { store: { ...memoryStore(), ...methods }, key: "who" });
}

const outage = () => new Error("connect ECONNREFUSED: cannot store planted-text");

describe("a store that fails", () => {
  it.each([
    ["get", "rejects", { get: () => Promise.reject(outage()) }],
    ["set", "rejects", { set: () => Promise.reject(outage()) }],
    ["exclusive", "rejects", { exclusive: () => Promise.reject(outage()) }],
    [
      "get",
      "throws",
      {
        get: () => {
          throw outage();
        },
      },
    ],
  ] as const)("is named as such: %s %s", async (method, _, methods) => {
    const error = await failure(source(methods).get(), InvalidInputError);
    expect(error).toMatchObject({ code: "STORE_UNUSABLE", provider: "kofin", field: "store", cause: outage() });
    expect(error.message).toBe(`store.${method} failed: see the cause`);
  });

  it("may say so in its own words", async () => {
    const own = new InvalidInputError("STORE_PASSWORD", "another password", { provider: "kofin" });
    expect(await failure(source({ get: () => Promise.reject(own) }).get())).toBe(own);
  });

  it("is not blamed for what went wrong inside, however it passes that on", async () => {
    const inside = new Error("no token today");
    const wrapping: TokenStore["exclusive"] = (_, work) =>
      work().catch((cause) => Promise.reject(new Error("the lock was released", { cause })));
    const one = source({ exclusive: wrapping }, () => Promise.reject(inside));
    await expect(one.get()).rejects.toBe(inside);
  });
});
