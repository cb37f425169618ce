import { inspect } from "node:util";
import { type CallEvent, type KofinError, settle } from "kofin";
import { answerChallenge, type Codef, type CodefOptions, call, callTwoWay, createCodef } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { publicKey } from "../support/keys.js";
import { asking, moving, reading, registering } from "../support/operations.js";
import { refusal, type Scripted, type Sent, scripted, success, tokenAnswer, urlEncoded } from "../support/scripted.js";

/** Secrets that no other text contains, with characters that encodings change. */
const PLANTED = {
  clientSecret: "client-secret-7f3a",
  basic: Buffer.from("planted-client:client-secret-7f3a").toString("base64"),
  token: "header.payload+planted/token==.sig",
  password: 'p@ss "word"+planted',
  shortPassword: "4826",
  loginId: "planted_login_48261",
  birthDate: "900215",
  userName: "홍길동심음",
  phoneNo: "01048261111",
  sms: "739154",
  derFile: "MIIFplantedDerFile+/==",
};

const options: CodefOptions = {
  environment: "demo",
  clientId: "planted-client",
  clientSecret: PLANTED.clientSecret,
  publicKey,
  retries: 1,
  retryDelayMs: 1,
};

const accounts = () => ({
  accountList: [
    { organization: "0004", id: PLANTED.loginId, password: PLANTED.password, birthDate: PLANTED.birthDate },
    { organization: "0020", id: "x", password: PLANTED.shortPassword, derFile: PLANTED.derFile },
  ],
});

/** Every way in which a text can repeat a request, all in one. */
function echo({ text, headers, body, url }: Sent): string {
  const decoded = JSON.stringify(body ?? "");
  return [url, text, decodeURIComponent(text), decoded, decoded.replaceAll("+", " "), JSON.stringify(headers)].join(
    " | ",
  );
}

/** Everything that an application may print of what happened. */
function printed(things: unknown[]): string {
  return things
    .flatMap((thing) => [
      inspect(thing),
      inspect(thing, { depth: null }),
      JSON.stringify(thing),
      String(thing),
      thing instanceof Error ? `${thing.stack} ${thing.message} ${inspect(thing.cause, { depth: null })}` : "",
    ])
    .join("\n");
}

/** Runs `calls` on a client of the planted secrets, and fails if one of them can be seen anywhere afterwards. */
async function expectSilence(script: Scripted, calls: (codef: Codef) => Promise<unknown>[]): Promise<KofinError[]> {
  const events: CallEvent[] = [];
  const codef = createCodef({ ...options, fetch: script.fetch, onEvent: (event) => events.push(event) });
  const settled = await Promise.all(calls(codef).map(settle));
  const errors = settled.flatMap(({ error }) => (error ? [error] : []));
  const text = printed([...errors, ...events, codef]);
  const ciphers = [...script.sent].flatMap(({ body }) =>
    [...JSON.stringify(body ?? "").matchAll(/"([\w+/]{340,}==)"/g)].map(([, c]) => c),
  );
  const found = [
    ...Object.entries(PLANTED),
    ...ciphers.map((cipher) => ["cipher", cipher ?? ""] as const),
    ["publicKey", publicKey] as const,
  ]
    .filter(([, secret]) => spellings(secret).some((spelling) => text.includes(spelling)))
    .map(([name]) => name);
  expect(found).toEqual([]);
  return errors;
}

function spellings(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [secret, escaped, encodeURIComponent(secret), encodeURIComponent(escaped), secret.replaceAll("+", " ")];
}

const token = () => tokenAnswer(PLANTED.token);

describe("no secret shows", () => {
  it("when the provider repeats the request in its message", async () => {
    const script = scripted((sent) => refusal("CF-12801", echo(sent), { extraMessage: echo(sent) }), token);
    const errors = await expectSilence(script, (codef) => [call(codef, registering, accounts())]);
    expect(errors[0]?.message).toContain("CF-12801");
    expect(errors[0]?.message).toContain("‹redacted›");
    expect(errors[0]?.message).toContain("0020");
  });

  it("when it repeats it in the list of failures", async () => {
    const script = scripted((sent) => {
      const errorList = [{ code: "CF-12801", message: echo(sent), extraMessage: echo(sent), organization: "0004" }];
      return refusal("CF-04000", "", { data: { errorList } });
    }, token);
    await expectSilence(script, (codef) => [call(codef, registering, accounts())]);
  });

  it("when it repeats it in the body of a 401 or a 403", async () => {
    for (const status of [401, 403]) {
      const script = scripted((sent) => {
        const body = { error: "invalid_token", error_description: echo(sent), code: "CF-99997", message: echo(sent) };
        return new Response(urlEncoded(body), { status });
      }, token);
      await expectSilence(script, (codef) => [call(codef, registering, accounts())]);
    }
  });

  it("when the token of the first attempt is quoted after a refresh", async () => {
    const script = scripted(
      (sent, count) =>
        count === 1 ? new Response("", { status: 401 }) : refusal("CF-12100", `${PLANTED.token} ${echo(sent)}`),
      (_, count) => tokenAnswer(count === 1 ? PLANTED.token : "another-token"),
    );
    const errors = await expectSilence(script, (codef) => [call(codef, reading, {})]);
    expect(errors[0]?.message).not.toContain("another-token");
  });

  it("when an answer cannot be read", async () => {
    for (const status of [200, 500]) {
      const script = scripted((sent) => new Response(`<html>${echo(sent)}</html>`, { status }), token);
      await expectSilence(script, (codef) => [call(codef, registering, accounts())]);
    }
  });

  it("when a transport throws an error that carries the request", async () => {
    const script = scripted((sent) => {
      const cause = Object.assign(new Error(`socket: ${echo(sent)}`), { request: sent });
      throw Object.assign(new Error(`POST failed: ${echo(sent)}`, { cause }), {
        request: sent,
        config: { headers: sent.headers },
      });
    }, token);
    const errors = await expectSilence(script, (codef) => [
      call(codef, registering, accounts()),
      call(codef, moving, {}),
    ]);
    expect(errors[0]?.message).toContain("POST failed");
    expect(errors[0]?.cause).not.toHaveProperty("request");
  });

  it("when the transport of the token request throws such an error", async () => {
    const script = scripted(
      () => success({}),
      (sent) => {
        throw Object.assign(new Error(`POST failed: ${echo(sent)}`), { request: sent });
      },
    );
    await expectSilence(script, (codef) => [call(codef, reading, {})]);
  });

  it("when the OAuth host refuses the client in its own words", async () => {
    for (const status of [401, 500]) {
      const body = (sent: Sent) => JSON.stringify({ error: "unauthorized", error_description: echo(sent) });
      const script = scripted(
        () => success({}),
        (sent) => new Response(body(sent), { status }),
      );
      await expectSilence(script, (codef) => [call(codef, reading, {})]);
    }
    const unread = scripted(
      () => success({}),
      (sent) => new Response(echo(sent)),
    );
    await expectSilence(unread, (codef) => [call(codef, reading, {})]);
  });

  it("when the input is refused", async () => {
    const { accountList } = accounts();
    await expectSilence(
      scripted(() => success({}), token),
      (codef) => [
        call(codef, { ...registering, required: ["connectedId"] }, { accountList }),
        call(codef, registering, { accountList: accountList[0] }),
        call(codef, registering, { accountList: [{ ...accountList[0], password: PLANTED.password.repeat(50) }] }),
        call(codef, registering, { accountList: [{ ...accountList[0], password: { plain: PLANTED.password } }] }),
      ],
    );
  });

  it("when a product asks for the user, and when the answer is refused", async () => {
    const data = { method: "smsAuthNo", jobIndex: 0, threadIndex: 0, jti: "jti", twoWayTimestamp: 1 };
    const script = scripted(
      (sent, count) => (count === 1 ? refusal("CF-03002", "", { data }) : refusal("CF-13300", echo(sent))),
      token,
    );
    const input = { userName: PLANTED.userName, phoneNo: PLANTED.phoneNo, password: PLANTED.password };
    const answered = async (codef: Codef) => {
      const reply = await callTwoWay(codef, asking, input);
      if (reply.status === "challenge") await answerChallenge(codef, reply.challenge, { smsAuthNo: PLANTED.sms });
    };
    const [error] = await expectSilence(script, (codef) => [answered(codef)]);
    expect(error?.code).toBe("CF-13300");
    const unexpected = scripted((sent) => refusal("CF-03002", echo(sent), { data }), token);
    await expectSilence(unexpected, (codef) => [call(codef, { ...asking, twoWay: false }, input)]);
  });

  it("in calls without a spec, for fields whose names say what they are", async () => {
    const script = scripted((sent) => refusal("CF-12801", echo(sent)), token);
    const input = {
      id: PLANTED.loginId,
      password: PLANTED.password,
      userName: PLANTED.userName,
      phoneNo: PLANTED.phoneNo,
      birthDate: PLANTED.birthDate,
    };
    await expectSilence(script, (codef) => [codef.request("/v1/kr/some/product", input)]);
  });

  it("when one secret begins like another", async () => {
    const script = scripted(() => refusal("CF-12100", "account 482612345678"), token);
    const operation = { ...reading, sensitive: ["pin", "account"] };
    const codef = createCodef({ ...options, fetch: script.fetch });
    const { error } = await settle(call(codef, operation, { pin: "4826", account: "482612345678" }));
    expect(error?.message).toBe("CF-12100 account ‹redacted›");
  });

  it("but codes, flags and the provider's own words stay", async () => {
    const script = scripted(() => refusal("CF-12801", "비밀번호 1회 오류", { extraMessage: "P 1" }), token);
    const codef = createCodef({ ...options, fetch: script.fetch });
    const { error } = await settle(
      call(codef, { ...reading, sensitive: ["level", "type"] }, { level: "1", type: "P" }),
    );
    expect(error?.message).toBe("CF-12801 비밀번호 1회 오류 (P 1)");
  });
});

describe("the client", () => {
  it("shows its environment and nothing else, however it is printed", () => {
    const codef = createCodef(options);
    const text = [inspect(codef), inspect(codef, { depth: 20, showHidden: true }), JSON.stringify(codef)].join();
    for (const secret of ["planted-client", PLANTED.clientSecret, PLANTED.basic, publicKey])
      expect(text).not.toContain(secret);
    expect(JSON.parse(JSON.stringify(codef))).toEqual({ environment: "demo" });
  });

  it("keeps its secrets out of the error about what it lacks", () => {
    try {
      createCodef({ environment: "production", clientSecret: PLANTED.clientSecret });
      expect.unreachable();
    } catch (error) {
      expect(printed([error])).not.toContain(PLANTED.clientSecret);
    }
  });
});
