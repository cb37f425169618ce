import { inflateSync } from "node:zlib";
import type { TwoWayStep } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { ACCOUNT_LIST, connect, INPUT, idLogin, TRANSACTIONS } from "./client.js";

const CAPTCHA: TwoWayStep = { method: "secureNo", answer: "123456" };

async function ask(steps: TwoWayStep[], options?: Parameters<typeof connect>[0]) {
  const connection = await connect(options);
  connection.sandbox.codef.script(ACCOUNT_LIST, steps);
  const first = (await connection.post(ACCOUNT_LIST, INPUT)).body;
  const { jobIndex, threadIndex, jti, twoWayTimestamp } = first.data;
  const info = { jobIndex, threadIndex, jti, twoWayTimestamp };
  const reply = async (answer: object, twoWayInfo: object = info, path = ACCOUNT_LIST) =>
    (await connection.post(path, { ...INPUT, is2Way: true, twoWayInfo, ...answer })).body;
  return { ...connection, first, info, reply };
}

describe("the first answer", () => {
  test("is CF-03002 and says how to go on", async () => {
    const { first } = await ask([{ method: "smsAuthNo", answer: "111111" }], { now: () => 1_800_000_000_000 });
    expect(first.result.code).toBe("CF-03002");
    expect(first.data).toEqual({
      continue2Way: true,
      method: "smsAuthNo",
      jobIndex: 0,
      threadIndex: 0,
      jti: expect.stringMatching(/^\S+$/),
      twoWayTimestamp: 1_800_000_000_000,
      extraInfo: { reqSMSAuthNo: "" },
    });
    const { jobIndex, threadIndex, jti, twoWayTimestamp } = first.data;
    expect(first.twoWayInfo).toEqual({ jobIndex, threadIndex, jti, twoWayTimestamp, twoWayTimeout: 160 });
  });

  test("brings a captcha as a PNG in a data URL", async () => {
    const { first } = await ask([CAPTCHA]);
    const [prefix, base64 = ""] = first.data.extraInfo.reqSecureNo.split(",");
    expect(prefix).toBe("data:image/png;base64");
    const png = Buffer.from(base64, "base64");
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    const size = png.readUInt32BE(33);
    expect(png.toString("latin1", 37, 41)).toBe("IDAT");
    expect(inflateSync(png.subarray(41, 41 + size))).toHaveLength((width + 1) * height);
  });

  test("takes the extraInfo and the timeout of the script", async () => {
    const extraInfo = { reqAddrList: [{ commAddrName: "가" }] };
    const { first } = await ask([{ method: "addrList", extraInfo, timeout: 120 }]);
    expect(first.data.extraInfo).toEqual(extraInfo);
    expect(first.twoWayInfo.twoWayTimeout).toBe(120);
  });

  test("comes to every new request until the script is taken away; checks of the request come first", async () => {
    const { post, sandbox } = await ask([CAPTCHA]);
    expect((await post(ACCOUNT_LIST, INPUT)).body.result.code).toBe("CF-03002");
    expect((await post(ACCOUNT_LIST, { organization: "0004" })).body.result.code).toBe("CF-00001");
    expect((await post(ACCOUNT_LIST, { ...INPUT, connectedId: "nobody" })).body.result.code).toBe("CF-04019");
    sandbox.codef.script("bank.accountList", []);
    expect((await post(ACCOUNT_LIST, INPUT)).body.result.code).toBe("CF-00000");
  });

  test("an operation that does not exist cannot be scripted", async () => {
    const { sandbox } = await connect();
    expect(() => sandbox.codef.script("/v1/nothing", [CAPTCHA])).toThrow("No operation is called /v1/nothing");
  });
});

describe("the second request", () => {
  test("with the right answer gets the product's answer, and the answer is sent back beside it", async () => {
    const { reply, info } = await ask([CAPTCHA]);
    const done = await reply({ secureNo: "123456" });
    expect(done.result.code).toBe("CF-00000");
    expect(done.data).toHaveProperty("resDepositTrust");
    expect(done).toMatchObject({ is2Way: true, twoWayInfo: info });
  });

  test("takes the whole first data as twoWayInfo", async () => {
    const { reply, first } = await ask([CAPTCHA]);
    expect((await reply({ secureNo: "123456" }, first.data)).result.code).toBe("CF-00000");
  });

  test("goes through as many rounds as there are steps", async () => {
    const { reply } = await ask([
      CAPTCHA,
      { method: "smsAuthNo", answer: "1" },
      { method: "emailAuthNo", answer: "2" },
    ]);
    const sms = await reply({ secureNo: "123456" });
    expect(sms.result.code).toBe("CF-03002");
    expect(sms.data.method).toBe("smsAuthNo");
    const email = await reply({ secureNo: "123456", smsAuthNo: "1" }, sms.data);
    expect(email.data.method).toBe("emailAuthNo");
    expect(email.data.jti).toBe(sms.data.jti);
    expect((await reply({ emailAuthNo: "2" }, email.data)).result.code).toBe("CF-00000");
  });

  test.each([
    ["secureNo", "CF-13301"],
    ["smsAuthNo", "CF-13300"],
    ["emailAuthNo", "CF-13302"],
  ])("a wrong %s is %s and ends the job", async (method, code) => {
    const { reply } = await ask([{ method, answer: "right" }]);
    expect((await reply({ [method]: "wrong" })).result.code).toBe(code);
    expect((await reply({ [method]: "right" })).result.code).toBe("CF-00025");
  });

  test("no answer at all is CF-00024, and may be mended", async () => {
    const { reply } = await ask([CAPTCHA]);
    expect((await reply({})).result.code).toBe("CF-00024");
    expect((await reply({ secureNo: "123456" })).result.code).toBe("CF-00000");
  });

  test("an answer sent twice is CF-00025, in the last round and in an earlier one", async () => {
    const { reply } = await ask([CAPTCHA, { method: "smsAuthNo" }], { now: () => 1_800_000_000_000 });
    const sms = await reply({ secureNo: "123456" });
    expect((await reply({ secureNo: "123456" })).result.code).toBe("CF-00025");
    expect((await reply({ smsAuthNo: "anything" }, sms.data)).result.code).toBe("CF-00000");
    expect((await reply({ smsAuthNo: "anything" }, sms.data)).result.code).toBe("CF-00025");
  });

  test("a continuation that does not fit is CF-03003", async () => {
    const { reply, info } = await ask([CAPTCHA]);
    const answer = { secureNo: "123456" };
    const { jobIndex: _, ...withoutIndex } = info;
    expect((await reply(answer, withoutIndex)).result.code).toBe("CF-03003");
    expect((await reply(answer, { ...info, jti: "x" })).result.code).toBe("CF-03003");
    expect((await reply(answer, { ...info, twoWayTimestamp: info.twoWayTimestamp + 5 })).result.code).toBe("CF-03003");
    const period = { account: "1", startDate: "20260101", endDate: "20260131" };
    expect((await reply({ ...answer, ...period }, info, TRANSACTIONS)).result.code).toBe("CF-03003");
    expect((await reply(answer)).result.code).toBe("CF-00000");
  });

  test("is2Way has to be true, and twoWayInfo has to be there", async () => {
    const { post, info } = await ask([CAPTCHA]);
    const send = async (part: object) =>
      (await post(ACCOUNT_LIST, { ...INPUT, secureNo: "123456", ...part })).body.result.code;
    expect(await send({ is2Way: "true", twoWayInfo: info })).toBe("CF-00024");
    expect(await send({ is2Way: true })).toBe("CF-03001");
  });

  test("an answer after the time limit is CF-01004", async () => {
    let now = 1_800_000_000_000;
    const { reply } = await ask([{ ...CAPTCHA, timeout: 100 }], { now: () => now });
    now += 100_001;
    expect((await reply({ secureNo: "123456" })).result.code).toBe("CF-01004");
  });

  test("secureNoRefresh asks for another image", async () => {
    const { reply } = await ask([CAPTCHA]);
    const again = await reply({ secureNoRefresh: "1" });
    expect(again.result.code).toBe("CF-03002");
    expect((await reply({ secureNo: "123456", secureNoRefresh: "0" }, again.data)).result.code).toBe("CF-00000");
  });

  test("an answer of several fields wants all of them", async () => {
    const { reply } = await ask([{ method: "addr", answer: { dongNum: "101", hoNum: "202" } }]);
    expect((await reply({ dongNum: "101", hoNum: "202" })).result.code).toBe("CF-00000");
  });

  test("account registration can be scripted, too: nothing is registered before the answer", async () => {
    const { sandbox, post } = await connect();
    sandbox.codef.script("/v1/account/create", [CAPTCHA]);
    const body = { accountList: [idLogin(sandbox.codef.publicKey)] };
    const first = (await post("/v1/account/create", body)).body;
    expect((await post("/v1/account/connectedId-list", {})).body.data.connectedIdList).toEqual([]);
    const done = await post("/v1/account/create", {
      ...body,
      is2Way: true,
      twoWayInfo: first.data,
      secureNo: "123456",
    });
    expect(done.body.data.successList).toHaveLength(1);
  });
});

describe("simpleAuth", () => {
  const SIMPLE: TwoWayStep = { method: "simpleAuth" };

  test("waits for the user's approval", async () => {
    const { reply, sandbox, first } = await ask([SIMPLE]);
    expect(first.twoWayInfo.twoWayTimeout).toBe(270);
    expect((await reply({ simpleAuth: "1" })).result.code).toBe("CF-03002");
    expect(sandbox.codef.approve(first.data.jti)).toBe(1);
    expect((await reply({ simpleAuth: "1" })).result.code).toBe("CF-00000");
  });

  test("is over when it is called done for the third time too early", async () => {
    const { reply, sandbox } = await ask([SIMPLE]);
    const codes = [];
    for (let count = 0; count < 4; count++) codes.push((await reply({ simpleAuth: "1" })).result.code);
    expect(codes).toEqual(["CF-03002", "CF-03002", "CF-12872", "CF-00025"]);
    expect(sandbox.codef.approve()).toBe(0);
  });

  test("only jobs that wait for an approval can be approved", async () => {
    const { sandbox } = await ask([CAPTCHA]);
    expect(sandbox.codef.approve()).toBe(0);
  });

  test("can be cancelled, and can be approved beforehand", async () => {
    const cancelled = await ask([SIMPLE]);
    expect((await cancelled.reply({ simpleAuth: "0" })).result.code).toBe("CF-12102");
    const approved = await ask([{ ...SIMPLE, approved: true }]);
    expect((await approved.reply({ simpleAuth: "1" })).result.code).toBe("CF-00000");
  });
});
