import { NetworkError } from "kofin";
import { call } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { moving, reading } from "../support/operations.js";
import { clientOf, refusal, type Script, scripted, success, unauthorized } from "../support/scripted.js";

/** What transports throw: an error of their own around one with a code. */
function transportError(code: string, syscall?: string): Error {
  return new TypeError("fetch failed", {
    cause: Object.assign(new Error(`${syscall ?? ""} ${code}`), { code, syscall }),
  });
}

const lost = async (product: Script, operation = moving) => {
  const script = scripted(product);
  const error = await failure(call(clientOf(script), operation, {}, { retries: 1 }), NetworkError);
  return { error, sent: script.sent.length };
};

describe("mayHaveArrived", () => {
  it.each([
    ["ECONNREFUSED", "connect"],
    ["ENOTFOUND", "getaddrinfo"],
    ["EAI_AGAIN", "getaddrinfo"],
    ["EHOSTUNREACH", "connect"],
    ["ENETUNREACH", "connect"],
    ["UND_ERR_CONNECT_TIMEOUT", undefined],
    ["CERT_HAS_EXPIRED", undefined],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", undefined],
    ["ERR_TLS_CERT_ALTNAME_INVALID", undefined],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", undefined],
  ])("is false for %s: no connection came about", async (code, syscall) => {
    const { error } = await lost(() => Promise.reject(transportError(code, syscall)));
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: false });
    expect(error.message).toContain("was not sent");
  });

  it("is false when the transport throws the code itself, without a wrapper", async () => {
    const thrown = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    expect((await lost(() => Promise.reject(thrown))).error.mayHaveArrived).toBe(false);
  });

  it.each([
    ["ECONNRESET", "read"],
    ["EPIPE", "write"],
    ["ETIMEDOUT", "read"],
    ["UND_ERR_SOCKET", undefined],
    ["UND_ERR_HEADERS_TIMEOUT", undefined],
    // The same words for a connection that stood and then lost its route.
    ["EHOSTUNREACH", "read"],
    ["ENETUNREACH", "write"],
  ])("is true for %s in %s: something may have gone out", async (code, syscall) => {
    const { error } = await lost(() => Promise.reject(transportError(code, syscall)));
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: true });
    expect(error.message).toContain("may have arrived");
  });

  it.each([undefined, null, "gone", 42, Symbol("gone"), {}, Object.create(null), { message: { odd: true } }])(
    "is true when a transport throws something that says nothing",
    async (thrown) => {
      const { error } = await lost(() => Promise.reject(thrown));
      expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: true, operation: moving.id });
    },
  );

  it("is true when the connection breaks while the answer is read", async () => {
    const broken = () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.error(transportError("ECONNREFUSED", "connect")),
        }),
      );
    const { error } = await lost(broken);
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: true });
  });

  it("stays true when an earlier attempt may have arrived", async () => {
    const { error, sent } = await lost(
      (_, count) => Promise.reject(transportError(count === 1 ? "ECONNRESET" : "ECONNREFUSED")),
      reading,
    );
    expect(sent).toBe(2);
    expect(error.mayHaveArrived).toBe(true);
  });

  it("stays true when an earlier attempt was answered", async () => {
    const { error } = await lost(
      (_, count) => (count === 1 ? refusal("CF-01002") : Promise.reject(transportError("ECONNREFUSED"))),
      reading,
    );
    expect(error.mayHaveArrived).toBe(true);
  });

  it("is false when the resend after a 401 finds nobody: what was refused has done nothing", async () => {
    const { error } = await lost((_, count) =>
      count === 1 ? unauthorized() : Promise.reject(transportError("ECONNREFUSED", "connect")),
    );
    expect(error.mayHaveArrived).toBe(false);
  });

  it("is false when the OAuth host cannot be reached, whatever the reason", async () => {
    const script = scripted(
      () => success({}),
      () => Promise.reject(transportError("ECONNRESET")),
    );
    const error = await failure(call(clientOf(script), moving, {}), NetworkError);
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: false });
  });

  it("tells what the transport said, with its code, in the message and in the cause", async () => {
    const { error } = await lost(() => Promise.reject(transportError("ECONNRESET", "read")));
    expect(error.message).toMatch(/fetch failed.*ECONNRESET/);
    expect(error.cause).toMatchObject({ code: "ECONNRESET" });
  });
});
