import { memoryTokens, type Token } from "kofin";
import { describe, expect, it, vi } from "vitest";
import { latch } from "../support/wait.js";

const HOUR = 3_600_000;

/** A source over a clock of the test's own; `issue` answers tokens that live two hours. */
function setUp(policy: { earlyMs?: number } = {}) {
  const clock = { now: 1_000_000 };
  let count = 0;
  const issue = vi.fn(async (): Promise<Token> => {
    count += 1;
    return { value: `token-${count}`, expiresAt: clock.now + 2 * HOUR };
  });
  const tokens = memoryTokens(issue, { ...policy, now: () => clock.now });
  return { clock, issue, tokens };
}

describe("memoryTokens", () => {
  it("asks for nothing before somebody needs a token", () => {
    expect(setUp().issue).not.toHaveBeenCalled();
  });

  it("keeps a token while it is good", async () => {
    const { clock, issue, tokens } = setUp();
    const first = await tokens.get();
    clock.now += HOUR - 1;
    expect(await tokens.get()).toBe(first);
    expect(issue).toHaveBeenCalledTimes(1);
  });

  it("issues one for all who ask at the same time", async () => {
    const { issue, tokens } = setUp();
    const all = await Promise.all(Array.from({ length: 100 }, () => tokens.get()));
    expect(new Set(all).size).toBe(1);
    expect(issue).toHaveBeenCalledTimes(1);
  });

  it("renews an hour before the end, or as early as told", async () => {
    const { clock, tokens } = setUp();
    await tokens.get();
    clock.now += HOUR;
    expect((await tokens.get()).value).toBe("token-2");

    const eager = setUp({ earlyMs: HOUR + 60_000 });
    await eager.tokens.get();
    eager.clock.now += HOUR - 60_000;
    expect((await eager.tokens.get()).value).toBe("token-2");
  });

  it("keeps the old token when an early renewal fails, and tries again", async () => {
    const { clock, issue, tokens } = setUp();
    const first = await tokens.get();
    clock.now += HOUR + 1;
    issue.mockRejectedValueOnce(new Error("OAuth host is down"));
    expect(await tokens.get()).toBe(first);
    expect((await tokens.get()).value).toBe("token-2");
  });

  it("fails when the token has ended and none can be had, and recovers", async () => {
    const { clock, issue, tokens } = setUp();
    await tokens.get();
    clock.now += 2 * HOUR;
    issue.mockRejectedValueOnce(new Error("OAuth host is down"));
    await expect(tokens.get()).rejects.toThrow("OAuth host is down");
    expect((await tokens.get()).value).toBe("token-2");
  });

  it("fails all who wait for the same issue, once", async () => {
    const { issue, tokens } = setUp();
    issue.mockRejectedValueOnce(new Error("no"));
    const all = await Promise.allSettled([tokens.get(), tokens.get(), tokens.get()]);
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(issue).toHaveBeenCalledTimes(1);
  });

  it("replaces a refused token", async () => {
    const { tokens } = setUp();
    tokens.invalidate(await tokens.get());
    expect((await tokens.get()).value).toBe("token-2");
  });

  it("never throws a newer token away for a late refusal of an older one", async () => {
    const { issue, tokens } = setUp();
    const old = await tokens.get();
    tokens.invalidate(old);
    const fresh = await tokens.get();
    tokens.invalidate(old);
    expect(await tokens.get()).toBe(fresh);
    expect(issue).toHaveBeenCalledTimes(2);
  });

  it("tells tokens apart by generation, not by text", async () => {
    const issue = vi.fn(async () => ({ value: "same text", expiresAt: 9e15 }));
    const tokens = memoryTokens(issue);
    const old = await tokens.get();
    tokens.invalidate(old);
    await tokens.get();
    tokens.invalidate(old);
    await tokens.get();
    expect(issue).toHaveBeenCalledTimes(2);
  });

  it("does not let a refusal during a renewal undo the renewal", async () => {
    const { clock, issue, tokens } = setUp();
    const old = await tokens.get();
    clock.now += HOUR + 1;
    const renewal = latch<Token>();
    issue.mockImplementationOnce(() => renewal.opened);
    const waiting = tokens.get();
    tokens.invalidate(old);
    renewal.open({ value: "renewed", expiresAt: clock.now + 2 * HOUR });
    expect((await waiting).value).toBe("renewed");
    expect((await tokens.get()).value).toBe("renewed");
  });

  it("does not hand out a token that was refused while its early renewal failed", async () => {
    const { clock, issue, tokens } = setUp();
    const old = await tokens.get();
    clock.now += HOUR + 1;
    let fail = (_: Error) => {};
    issue.mockImplementationOnce(
      () =>
        new Promise<Token>((_, reject) => {
          fail = reject;
        }),
    );
    const waiting = tokens.get();
    tokens.invalidate(old);
    fail(new Error("OAuth host is down"));
    await expect(waiting).rejects.toThrow("OAuth host is down");
  });
});
