import { HttpError, InvalidInputError, ProviderError, TwoWayRequiredError } from "kofin";
import {
  answerChallenge,
  type Challenge,
  type ChallengeReply,
  type CodefOperation,
  call,
  callTwoWay,
  captchaImage,
  type TwoWayReply,
} from "kofin/codef";
import { describe, expect, it, vi } from "vitest";
import { failure } from "../support/failure.js";
import { decrypt, publicKey } from "../support/keys.js";
import { asking, reading } from "../support/operations.js";
import {
  bodyOf,
  clientOf,
  refusal,
  type Script,
  scripted,
  success,
  TRANSACTION,
  urlEncoded,
} from "../support/scripted.js";

const question = (method: string, extraInfo: object = {}, more: object = {}) => ({
  continue2Way: true,
  method,
  jobIndex: 0,
  threadIndex: 0,
  jti: "5f2a9c1e7b3d4a6f",
  twoWayTimestamp: 1_769_900_000_000,
  extraInfo,
  ...more,
});

const challenge = (data: object, echo: object = {}) =>
  new Response(
    urlEncoded({
      result: { code: "CF-03002", message: "추가인증", extraMessage: "", transactionId: TRANSACTION },
      data,
      ...echo,
    }),
  );

function asks<Data>(reply: TwoWayReply<Data>): Challenge<Data> {
  if (reply.status === "challenge") return reply.challenge;
  throw new Error("a challenge was expected");
}

/** A client whose first request is answered with a question, later ones by `then`. */
function setUp(data: object, then: Script = () => success({ resOriGinalData: "done" }), echo: object = {}) {
  const script = scripted((sent, count) => (count === 1 ? challenge(data, echo) : then(sent, count)));
  return { script, codef: clientOf(script, { publicKey }) };
}

describe("a challenge", () => {
  it("says what is asked and how to go on, with indexes that are 0", async () => {
    const { codef } = setUp(question("secureNo", { reqSecureNo: "data:image/png;base64,iVBORw==" }));
    const asked = asks(await callTwoWay(codef, asking, { startYear: "2024" }));
    expect(asked).toMatchObject({
      provider: "codef",
      environment: "sandbox",
      method: "secureNo",
      extraInfo: { reqSecureNo: "data:image/png;base64,iVBORw==" },
      twoWayInfo: { jobIndex: 0, threadIndex: 0, jti: "5f2a9c1e7b3d4a6f", twoWayTimestamp: 1_769_900_000_000 },
      round: 1,
      premature: 0,
      transactionId: TRANSACTION,
    });
  });

  it("is plain JSON that keeps neither a plain password nor the client's secrets", async () => {
    const { codef } = setUp(question("simpleAuth"));
    const asked = asks(await callTwoWay(codef, asking, { password: "top-secret" }));
    const text = JSON.stringify(asked);
    expect(JSON.parse(text)).toEqual(asked);
    expect(text).not.toContain("top-secret");
    expect(text).not.toContain("issued-token-1");
    expect(decrypt(asked.body.password)).toBe("top-secret");
  });

  it.each([
    ["simpleAuth", {}, 270_000],
    ["smsAuthNo", {}, 120_000],
    ["secureNo", { twoWayInfo: { twoWayTimeout: "160" } }, 160_000],
    ["secureNo", { twoWayInfo: { twoWayTimeout: 170 } }, 170_000],
    ["secureNo", { twoWayInfo: { twoWayTimeout: { odd: 1, toString: 1 } } }, 120_000],
  ])("of method %s with %j ends in time", async (method, echo, ms) => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ["Date"] });
    try {
      const { codef } = setUp(question(method), undefined, echo);
      expect(asks(await callTwoWay(codef, asking, {})).expiresAt).toBe(1_000_000 + ms);
    } finally {
      vi.useRealTimers();
    }
  });

  it("stands what CODEF may leave out or send as text", async () => {
    const { codef } = setUp({ jti: "j", jobIndex: "0", threadIndex: "1", twoWayTimestamp: "1769900000000" });
    expect(asks(await callTwoWay(codef, asking, {}))).toMatchObject({
      method: "",
      extraInfo: {},
      twoWayInfo: { jobIndex: 0, threadIndex: 1, jti: "j", twoWayTimestamp: 1_769_900_000_000 },
    });
  });

  it("has lists to choose from, even with one choice", async () => {
    const { codef } = setUp(
      question("dongNum", { reqDongNumList: { reqDong: "101동", commDongNum: "1" }, reqAddrList: [] }),
    );
    expect(asks(await callTwoWay(codef, asking, {})).extraInfo).toEqual({
      reqDongNumList: [{ reqDong: "101동", commDongNum: "1" }],
      reqAddrList: [],
    });
  });

  it("is not made of an answer that does not say how to go on", async () => {
    const { codef } = setUp({ continue2Way: true });
    const error = await failure(callTwoWay(codef, asking, {}), ProviderError);
    expect(error.code).toBe("CF-03002");
    expect(error).not.toBeInstanceOf(TwoWayRequiredError);
  });

  it("is read from the flag beside a success, as in 2019, but never from a flag beside a refusal", async () => {
    const flagged = clientOf(scripted(() => success(question("secureNo"))));
    expect(asks(await callTwoWay(flagged, asking, {})).method).toBe("secureNo");
    const refused = clientOf(scripted(() => refusal("CF-13301", "보안문자 불일치", { data: question("secureNo") })));
    expect((await failure(callTwoWay(refused, asking, {}), ProviderError)).code).toBe("CF-13301");
  });

  it("is not made of an HTTP failure, whatever its body says", async () => {
    const failed = (result: object) =>
      new Response(urlEncoded({ result, data: question("secureNo") }), { status: 500 });
    const asked = clientOf(scripted(() => failed({ code: "CF-03002" })));
    expect((await failure(callTwoWay(asked, asking, {}), ProviderError)).code).toBe("CF-03002");
    const flagged = clientOf(scripted(() => failed({ code: "CF-00000" })));
    expect((await failure(callTwoWay(flagged, asking, {}), HttpError)).code).toBe("HTTP_500");
  });

  it("shows its captcha as an image", async () => {
    const { codef } = setUp(question("secureNo", { reqSecureNo: "data:image/png;base64,iVBORw==" }));
    const asked = asks(await callTwoWay(codef, asking, {}));
    expect(captchaImage(asked)).toEqual({ type: "image/png", bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) });
    for (const reqSecureNo of [undefined, "", "iVBORw==", "data:image/png;base64,"]) {
      expect(captchaImage({ extraInfo: reqSecureNo === undefined ? {} : { reqSecureNo } })).toBeUndefined();
    }
  });
});

describe("the answer to a challenge", () => {
  it("repeats the first request at the same place, with the job and the answer", async () => {
    const { codef, script } = setUp(question("smsAuthNo"));
    const asked = asks(await callTwoWay(codef, asking, { organization: "0001", password: "top-secret" }));
    const reply = await answerChallenge(codef, asked, { smsAuthNo: "123456" });
    expect(reply).toMatchObject({ status: "done", data: { resOriGinalData: "done" } });
    const [first, second] = script.sent;
    expect(second?.url).toBe(first?.url);
    expect(second?.body).toEqual({
      ...(first?.body as object),
      is2Way: true,
      twoWayInfo: { jobIndex: 0, threadIndex: 0, jti: "5f2a9c1e7b3d4a6f", twoWayTimestamp: 1_769_900_000_000 },
      smsAuthNo: "123456",
    });
  });

  it("may be followed by the next question, as often as the institution likes", async () => {
    const methods = ["secureNo", "smsAuthNo", "emailAuthNo", "simpleAuth"];
    const script = scripted((_, count) => {
      const method = methods[count - 1];
      return method
        ? challenge(question(method, {}, { jobIndex: count - 1, jti: `jti-${count}` }))
        : success({ ok: "1" });
    });
    const codef = clientOf(script, { publicKey });
    let reply = await callTwoWay<unknown, object>(codef, asking, { startYear: "2024", password: "p" });
    const rounds: [number, string][] = [];
    while (reply.status === "challenge") {
      const { round, method } = reply.challenge;
      rounds.push([round, method]);
      reply = await answerChallenge(codef, reply.challenge, { [method]: `answer ${round}` });
    }
    expect(reply.data).toEqual({ ok: "1" });
    expect(rounds).toEqual(methods.map((method, index) => [index + 1, method]));
    const first = bodyOf(script);
    script.sent.slice(1).forEach(({ body }, index) => {
      expect(body).toMatchObject({
        ...first,
        is2Way: true,
        twoWayInfo: { jobIndex: index, jti: `jti-${index + 1}` },
        [methods[index] ?? ""]: `answer ${index + 1}`,
      });
    });
  });

  it("can be given in another process: the challenge travels as JSON, and other passwords are encrypted once only", async () => {
    const { codef, script } = setUp(question("simpleAuth"));
    const stored = JSON.stringify(
      asks(await callTwoWay(codef, { ...asking, many: ["resList"] }, { password: "top-secret" })),
    );
    const elsewhere = scripted(() => success({ resList: { a: "1" } }));
    const reply = await answerChallenge<unknown, object>(clientOf(elsewhere), JSON.parse(stored), { simpleAuth: "1" });
    expect(reply).toMatchObject({ status: "done", data: { resList: [{ a: "1" }] } });
    expect(bodyOf(elsewhere).password).toBe(bodyOf(script).password);
  });

  it("counts how often 간편인증 was confirmed too early", async () => {
    const { codef } = setUp(question("simpleAuth"), () => challenge(question("simpleAuth")));
    let asked = asks(await callTwoWay(codef, asking, {}));
    for (const premature of [1, 2]) {
      asked = asks(await answerChallenge(codef, asked, { simpleAuth: "1" }));
      expect(asked).toMatchObject({ premature, round: premature + 1 });
    }
  });

  it("does not take a new captcha for a premature answer", async () => {
    const { codef } = setUp(question("secureNo"), () => challenge(question("secureNo")));
    const asked = asks(
      await answerChallenge(codef, asks(await callTwoWay(codef, asking, {})), { secureNoRefresh: "1" }),
    );
    expect(asked).toMatchObject({ premature: 0, round: 2 });
  });

  it("is refused for another environment before anything is sent", async () => {
    const { codef } = setUp(question("smsAuthNo"));
    const asked = asks(await callTwoWay(codef, asking, {}));
    const script = scripted(() => success({}));
    const production = clientOf(script, { environment: "production", clientId: "id", clientSecret: "secret" });
    const error = await failure(answerChallenge(production, asked, { smsAuthNo: "1" }), InvalidInputError);
    expect(error.message).toMatch(/sandbox.*production/);
    expect([...script.sent, ...script.tokenRequests]).toHaveLength(0);
  });

  it("keeps the provider's refusal: the job is over", async () => {
    const { codef } = setUp(question("smsAuthNo"), () => refusal("CF-00025", "이미 처리된 요청"));
    const asked = asks(await callTwoWay(codef, asking, {}));
    const error = await failure(answerChallenge(codef, asked, { smsAuthNo: "1" }), ProviderError);
    expect(error).toMatchObject({ code: "CF-00025", operation: asking.id });
  });
});

describe("an operation that does not announce 추가인증", () => {
  const plain: CodefOperation = { ...reading, sensitive: ["account"] };

  it("throws a TwoWayRequiredError, whose challenge can be answered like any other", async () => {
    const { codef } = setUp(question("smsAuthNo"), () => success({ ok: "1" }));
    const error = await failure(call(codef, plain, { account: "1234567890" }), TwoWayRequiredError);
    expect(error).toMatchObject({ code: "CF-03002", operation: plain.id });
    expect(Object.keys(error)).not.toContain("challenge");
    const stored = JSON.parse(JSON.stringify(error.challenge)) as ChallengeReply<unknown>["challenge"];
    const reply = await answerChallenge(codef, stored, { smsAuthNo: "1" });
    expect(reply).toMatchObject({ status: "done", data: { ok: "1" } });
  });

  it("gets further questions as challenges", async () => {
    const { codef } = setUp(question("secureNo"), () => challenge(question("smsAuthNo")));
    const error = await failure(codef.request("/v1/kr/some/product", { a: "1" }), TwoWayRequiredError);
    expect(await answerChallenge(codef, error.challenge, { secureNo: "1" })).toMatchObject({
      status: "challenge",
      challenge: { method: "smsAuthNo", round: 2, body: { a: "1" } },
    });
  });
});
