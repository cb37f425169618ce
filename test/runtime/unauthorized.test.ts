import { AuthenticationError, DecodeError, HttpError, NetworkError, PermissionError } from "kofin";
import { call } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { moving, reading } from "../support/operations.js";
import {
  bearer,
  clientOf,
  refusal,
  scripted,
  success,
  tokenAnswer,
  unauthorized,
  urlEncoded,
} from "../support/scripted.js";
import { latch } from "../support/wait.js";

describe("the token request", () => {
  it("is the client's credentials to the OAuth host, before the first call and not again", async () => {
    const script = scripted(() => success({}));
    const codef = clientOf(script, { environment: "demo", clientId: "my-id", clientSecret: "my-secret" });
    expect(script.tokenRequests).toHaveLength(0);
    await call(codef, reading, {});
    await call(codef, reading, {});
    expect(script.tokenRequests).toHaveLength(1);
    const [asked] = script.tokenRequests;
    expect(asked?.url).toBe("https://oauth.codef.io/oauth/token");
    expect(asked?.method).toBe("POST");
    expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from("my-id:my-secret").toString("base64")}`);
    expect(asked?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(asked?.text).toBe("grant_type=client_credentials&scope=read");
    expect(script.sent.map(bearer)).toEqual(["issued-token-1", "issued-token-1"]);
  });

  it.each([400, 401, 403])("refused with %i is the client's fault and never repeated", async (status) => {
    const script = scripted(
      () => success({}),
      () => new Response("{}", { status }),
    );
    const error = await failure(call(clientOf(script), reading, {}), AuthenticationError);
    expect(error).toMatchObject({ code: "CLIENT_REFUSED", status, provider: "codef" });
    expect(script.tokenRequests).toHaveLength(1);
    expect(script.sent).toHaveLength(0);
  });

  it.each([429, 500, 502, 503])("answered with %i is an HttpError that may pass", async (status) => {
    const script = scripted(
      () => success({}),
      () => new Response("down", { status }),
    );
    const error = await failure(call(clientOf(script), moving, {}), HttpError);
    expect(error).toMatchObject({ code: `HTTP_${status}`, status, advice: "retry" });
    expect(script.sent).toHaveLength(0);
  });

  it.each([["a look-up", reading] as const, ["what must not be repeated", moving] as const])(
    "is made again after a short failure, for %s too: nothing has been sent",
    async (_, operation) => {
      const script = scripted(
        () => success({}),
        (_, count) => (count < 3 ? new Response("down", { status: 503 }) : tokenAnswer("third")),
      );
      await call(clientOf(script), operation, {});
      expect([script.tokenRequests.length, script.sent.length]).toEqual([3, 1]);
    },
  );

  it("made again does not make what must not be repeated go twice", async () => {
    const script = scripted(
      () => new Response("", { status: 503 }),
      (_, count) => (count < 2 ? new Response("down", { status: 503 }) : tokenAnswer("second")),
    );
    await failure(call(clientOf(script), moving, {}));
    expect([script.tokenRequests.length, script.sent.length]).toEqual([2, 1]);
  });

  it.each(["", "{}", "<html>", '{"access_token":7}'])("answered with %j is a DecodeError", async (body) => {
    const script = scripted(
      () => success({}),
      () => new Response(body),
    );
    await failure(call(clientOf(script), moving, {}), DecodeError);
    expect(script.sent).toHaveLength(0);
  });

  it("that finds nobody leaves the call unsent", async () => {
    const script = scripted(
      () => success({}),
      () => Promise.reject(new TypeError("fetch failed")),
    );
    const error = await failure(call(clientOf(script), moving, {}), NetworkError);
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: false });
  });

  it("is made anew for the next call after a failure", async () => {
    const script = scripted(
      () => success({}),
      (_, count) => (count === 1 ? new Response("", { status: 401 }) : tokenAnswer("second")),
    );
    const codef = clientOf(script);
    await failure(call(codef, reading, {}), AuthenticationError);
    await call(codef, reading, {});
    expect(script.sent.map(bearer)).toEqual(["second"]);
  });
});

describe("HTTP 401", () => {
  it("brings one new token and one resend with the same body, for operations that are sent at most once too", async () => {
    const script = scripted((_, count) => (count === 1 ? unauthorized() : success({ ok: "1" })));
    const { data } = await call<unknown>(clientOf(script), moving, { account: "12 34+" });
    expect(data).toEqual({ ok: "1" });
    expect(script.sent.map(bearer)).toEqual(["issued-token-1", "issued-token-2"]);
    expect(script.sent.map(({ body }) => body)).toEqual([{ account: "12 34+" }, { account: "12 34+" }]);
  });

  it("twice is an AuthenticationError: no third attempt, whatever the operation allows", async () => {
    const script = scripted(unauthorized);
    const error = await failure(call(clientOf(script), reading, {}), AuthenticationError);
    expect(error).toMatchObject({ code: "CF-99997", status: 401, operation: "bank.accountList" });
    expect(error.message).toContain("토큰 에러");
    expect(script.sent).toHaveLength(2);
    expect(script.tokenRequests).toHaveLength(2);
  });

  it.each([
    ["nothing", ""],
    ["HTML", "<html>401</html>"],
    ["an envelope", urlEncoded({ result: { code: "CF-00401", message: "권한 없음" }, data: {} })],
  ])("twice with %s in the body is an AuthenticationError as well", async (_, body) => {
    const script = scripted(() => new Response(body, { status: 401 }));
    const error = await failure(call(clientOf(script), reading, {}), AuthenticationError);
    expect(error.status).toBe(401);
    expect(script.sent).toHaveLength(2);
  });

  it("is mended even when instrumentation keeps a clone of the answer that nobody reads", async () => {
    const kept: Response[] = [];
    const script = scripted((_, count) => {
      const response = count === 1 ? unauthorized() : success({});
      kept.push(response.clone());
      return response;
    });
    await call(clientOf(script, { timeoutMs: 1_000 }), reading, {});
    expect(script.sent).toHaveLength(2);
  });

  it("twice leaves no dead token behind: the next call gets a new one", async () => {
    const script = scripted((_, count) => (count <= 2 ? unauthorized() : success({})));
    const codef = clientOf(script);
    await failure(call(codef, reading, {}), AuthenticationError);
    await call(codef, reading, {});
    expect(script.sent.map(bearer)).toEqual(["issued-token-1", "issued-token-2", "issued-token-3"]);
  });

  it("that arrives late does not cost the newer token", async () => {
    const late = latch();
    const script = scripted(async (sent) => {
      if (bearer(sent) !== "issued-token-1") return success({});
      if ((sent.body as { slow?: boolean }).slow) await late.opened;
      return unauthorized();
    });
    const codef = clientOf(script);
    const slow = call(codef, reading, { slow: true });
    await call(codef, reading, {});
    late.open();
    await slow;
    await call(codef, reading, {});
    expect(script.tokenRequests).toHaveLength(2);
  });

  it("is followed by the refusal of the new token request, when the client was shut out", async () => {
    const script = scripted(unauthorized, (_, count) =>
      count === 1 ? tokenAnswer("first") : new Response("", { status: 401 }),
    );
    const error = await failure(call(clientOf(script), reading, {}), AuthenticationError);
    expect(error.code).toBe("CLIENT_REFUSED");
    expect(script.sent).toHaveLength(1);
  });
});

describe("a refusal in a 200 envelope", () => {
  it("CF-00401 is about the product, not the token: no token request, no resend", async () => {
    const script = scripted(() => refusal("CF-00401", "사용 권한이 없습니다"));
    await failure(call(clientOf(script), reading, {}), PermissionError);
    expect(script.sent).toHaveLength(1);
    expect(script.tokenRequests).toHaveLength(1);
  });

  it.each(["CF-00026", "CF-09990", "CF-09994", "CF-99997"])(
    "%s is about the token, as a 401 is: one new token, one resend, and then an AuthenticationError",
    async (code) => {
      const script = scripted((_, count) => (count === 1 ? refusal(code) : success({})));
      await call(clientOf(script), moving, {});
      expect(script.sent.map(bearer)).toEqual(["issued-token-1", "issued-token-2"]);
      const stubborn = scripted(() => refusal(code));
      const error = await failure(call(clientOf(stubborn), reading, {}), AuthenticationError);
      expect(error.code).toBe(code);
      expect(stubborn.sent).toHaveLength(2);
    },
  );
});
