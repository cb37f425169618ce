import { InvalidInputError, memoryStore, sharedTokens, type Token, type TokenStore } from "kofin";
import { describe, expect, it, vi } from "vitest";
import { failure } from "../support/failure.js";
import { idle, latch } from "../support/wait.js";

const HOUR = 3_600_000;

/** A clock, an issuer of tokens that last a day, and sources that share one store: as many as there are processes. */
function tokensOf(options: { store?: TokenStore; issue?: () => Promise<Token> } = {}) {
  const store = options.store ?? memoryStore();
  const clock = { now: 0 };
  let issued = 0;
  const issue = vi.fn(async (): Promise<Token> => {
    issued += 1;
    return { value: `token-${issued}`, expiresAt: clock.now + 24 * HOUR };
  });
  const source = (more: Partial<Parameters<typeof sharedTokens>[1]> = {}) =>
    sharedTokens(options.issue ?? issue, { store, key: "who", now: () => clock.now, ...more });
  return { store, clock, issue, source };
}

describe("sharedTokens", () => {
  it("issues one token for all who ask at once, in however many processes", async () => {
    const { source, issue } = tokensOf();
    const sources = Array.from({ length: 8 }, () => source());
    const tokens = await Promise.all(sources.flatMap((one) => [one.get(), one.get()]));
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(["token-1"]));
    expect(issue).toHaveBeenCalledTimes(1);
  });

  it("takes what another process put there, and looks for it only when it must", async () => {
    const { source, store, issue } = tokensOf();
    await source().get();
    const get = vi.spyOn(store, "get");
    const late = source();
    expect((await late.get()).value).toBe("token-1");
    await late.get();
    await late.get();
    expect([issue.mock.calls.length, get.mock.calls.length]).toEqual([1, 1]);
  });

  it("sends no old token while a new one is on its way that ends it, unless there is none to be had", async () => {
    const { source, clock } = tokensOf();
    const one = source({ killsOld: true, earlyMs: HOUR });
    expect((await one.get()).value).toBe("token-1");
    clock.now += 23.5 * HOUR;
    expect((await one.get()).value).toBe("token-2");

    const issue = vi.fn(async (): Promise<Token> => {
      if (issue.mock.calls.length > 1) throw new Error("busy");
      return { value: "old", expiresAt: clock.now + 24 * HOUR };
    });
    const other = tokensOf({ issue });
    const busy = other.source({ killsOld: true, earlyMs: HOUR, now: () => clock.now });
    await busy.get();
    clock.now += 23.5 * HOUR;
    expect((await busy.get()).value).toBe("old");
  });

  it("knows one key from another, even one that takes time to find out", async () => {
    const { source, issue } = tokensOf();
    const key = vi.fn(async () => "somebody else");
    const [one, other] = [source(), source({ key })];
    await one.get();
    await other.get();
    await other.get();
    expect(issue).toHaveBeenCalledTimes(2);
    expect(key).toHaveBeenCalledTimes(1);
  });

  it("gives the old one an hour before its end while another is fetched, and waits when it has ended", async () => {
    const { source, clock, issue } = tokensOf();
    const one = source();
    await one.get();
    clock.now = 23 * HOUR;
    expect((await one.get()).value).toBe("token-1");
    await idle();
    expect((await one.get()).value).toBe("token-2");
    clock.now += 25 * HOUR;
    expect((await one.get()).value).toBe("token-3");
    expect(issue).toHaveBeenCalledTimes(3);
  });

  it("goes on with the old one when the next cannot be had, as long as it lasts", async () => {
    const { source, clock, issue } = tokensOf();
    const one = source();
    await one.get();
    issue.mockRejectedValue(new Error("no token today"));
    clock.now = 23.5 * HOUR;
    expect((await one.get()).value).toBe("token-1");
    await idle();
    expect((await one.get()).value).toBe("token-1");
    await idle();
    expect(issue).toHaveBeenCalledTimes(3);
    clock.now = 24 * HOUR;
    await expect(one.get()).rejects.toThrow("no token today");
  });

  it("replaces a refused one, in every process that met it, once", async () => {
    const { source, issue } = tokensOf();
    const [one, other] = [source(), source()];
    const refused = await one.get();
    const same = await other.get();
    one.invalidate(refused);
    expect((await one.get()).value).toBe("token-2");
    other.invalidate(same);
    expect((await other.get()).value).toBe("token-2");
    expect(issue).toHaveBeenCalledTimes(2);
  });

  it("does not throw away the successor of a token that is refused late", async () => {
    const { source, issue } = tokensOf();
    const one = source();
    const refused = await one.get();
    one.invalidate(refused);
    await one.get();
    one.invalidate(refused);
    expect((await one.get()).value).toBe("token-2");
    expect(issue).toHaveBeenCalledTimes(2);
  });

  it("stands by a token that the provider gives again after it was refused", async () => {
    const { source, issue } = tokensOf({ issue: async () => ({ value: "the same", expiresAt: 24 * HOUR }) });
    const one = source();
    one.invalidate(await one.get());
    const again = await one.get();
    expect(await one.get()).toBe(again);
    expect(issue).not.toHaveBeenCalled();
  });

  it("lets who has to wait look into the store again", async () => {
    const { store, clock } = tokensOf();
    const { opened, open } = latch();
    const waiting = sharedTokens(
      async (stored) => {
        await opened;
        return (await stored()) ?? { value: "my own", expiresAt: clock.now + HOUR };
      },
      { store, key: "who", now: () => clock.now },
    );
    const token = waiting.get();
    await store.set("who", JSON.stringify({ value: "from outside", expiresAt: clock.now + 20 * HOUR }));
    open();
    expect((await token).value).toBe("from outside");
  });

  it.each([
    "",
    "null",
    "{",
    "[]",
    '"text"',
    '{"value":1,"expiresAt":2}',
    '{"value":"v"}',
    '{"value":"v","expiresAt":0}',
  ])("takes %j in the store for nothing", async (text) => {
    const { source, store } = tokensOf();
    await store.set("who", text);
    expect((await source().get()).value).toBe("token-1");
  });

  it("fails with the store, and tries again with the next call", async () => {
    const store = memoryStore();
    const get = vi.spyOn(store, "get").mockRejectedValueOnce(new Error("disk"));
    const one = tokensOf({ store }).source();
    expect(await failure(one.get(), InvalidInputError)).toMatchObject({ code: "STORE_UNUSABLE", field: "store" });
    expect((await one.get()).value).toBe("token-1");
    expect(get.mock.calls.length).toBeGreaterThan(1);
  });

  it("issues no second token for one that could not be stored", async () => {
    const store = memoryStore();
    vi.spyOn(store, "set").mockRejectedValue(new Error("disk full"));
    const { source, issue } = tokensOf({ store });
    const one = source();
    expect((await failure(one.get(), InvalidInputError)).code).toBe("STORE_UNUSABLE");
    expect((await one.get()).value).toBe("token-1");
    expect(issue).toHaveBeenCalledTimes(1);
  });

  it("tells which token there is without issuing one, and removes it", async () => {
    const { source, clock, store, issue } = tokensOf();
    const one = source();
    expect(await one.held()).toBeUndefined();
    const token = await one.get();
    expect(await one.held()).toBe(token);
    const other = source();
    expect(await other.held()).toEqual(token);
    await other.remove(token);
    expect(await store.get("who")).toBeUndefined();
    expect(await other.held()).toBeUndefined();
    // Who still holds it finds out from the provider.
    expect(await one.held()).toBe(token);
    clock.now = 24 * HOUR;
    expect(await one.held()).toBeUndefined();
    expect(issue).toHaveBeenCalledTimes(1);
  });

  it("removes no other token than the one it is given", async () => {
    const { source, store } = tokensOf();
    const one = source();
    const first = await one.get();
    one.invalidate(first);
    await one.get();
    await one.remove(first);
    expect(JSON.parse((await store.get("who")) ?? "")).toMatchObject({ value: "token-2" });
    expect((await one.get()).value).toBe("token-2");
  });
});

describe("memoryStore", () => {
  it("keeps and forgets texts", async () => {
    const store = memoryStore();
    await store.set("a", "1");
    expect([await store.get("a"), await store.get("b")]).toEqual(["1", undefined]);
    await store.set("a", undefined);
    expect(await store.get("a")).toBeUndefined();
  });

  it("lets one work at a time for a key, in the order of asking, failures included", async () => {
    const store = memoryStore();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await idle(1);
      seen.push(`${name} ends`);
      if (name === "b") throw new Error("b fails");
      return name;
    };
    const all = ["a", "b", "c"].map((name) => store.exclusive("key", work(name)));
    const elsewhere = store.exclusive("other", async () => seen.push("other"));
    expect(await Promise.allSettled(all)).toMatchObject([
      { value: "a" },
      { reason: { message: "b fails" } },
      { value: "c" },
    ]);
    await elsewhere;
    expect(seen.filter((line) => line !== "other")).toEqual(
      ["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
    expect(seen.indexOf("other")).toBeLessThan(2);
  });
});
