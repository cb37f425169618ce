import { answerChallenge, captchaImage } from "kofin/codef";
import {
  credit4uChangePwd,
  credit4uContractInfo,
  damoaInsuranceFee,
  damoaMaycarListInfo,
  damoaSession,
} from "kofin/codef/insurance";
import { expect, test } from "vitest";
import { asked, done, lastBody, setUp, stored } from "./setup.js";

test("보험다보여: a captcha, then an SMS number, then the contracts", async () => {
  const { codef, sandbox, another } = setUp();
  sandbox.codef.script("insurance.credit4uContractInfo", [
    { method: "secureNo", answer: "271828" },
    { method: "smsAuthNo", answer: "482913" },
  ]);
  const captcha = asked(await credit4uContractInfo(codef, { id: "hong1234", password: "비밀번호", type: "0" }));
  const image = captchaImage(captcha);
  expect(image?.type).toBe("image/png");
  expect([...(image?.bytes.subarray(0, 8) ?? [])]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

  const sms = asked(await answerChallenge(codef, captcha, { secureNo: "271828", secureNoRefresh: "0" }));
  expect(sms).toMatchObject({ method: "smsAuthNo", round: 2, extraInfo: { reqSMSAuthNo: "" } });
  const data = done(await answerChallenge(another(), stored(sms), { smsAuthNo: "482913" }));
  expect(data.resFlatRateContractList?.[0]).toHaveProperty("resInsuranceName");
});

test("another picture can be asked for", async () => {
  const { codef, sandbox } = setUp();
  sandbox.codef.script("insurance.credit4uContractInfo", [{ method: "secureNo", answer: "271828" }]);
  const first = asked(await credit4uContractInfo(codef, { id: "hong1234", password: "x" }));
  const second = asked(await answerChallenge(codef, first, { secureNo: "", secureNoRefresh: "1" }));
  expect(second.method).toBe("secureNo");
  expect((await answerChallenge(codef, second, { secureNo: "271828" })).status).toBe("done");
});

test("an answer that is a password leaves encrypted, from another process too", async () => {
  const { codef, sandbox, another } = setUp();
  sandbox.codef.script("insurance.credit4uChangePwd", [{ method: "password1", answer: "임시 1234" }]);
  const challenge = asked(await credit4uChangePwd(codef, { id: "hong1234", password: "새 비밀번호", type: "1" }));
  const reply = await answerChallenge(another(), stored(challenge), { password1: "임시 1234" });
  expect(reply.status).toBe("done");
  const sent = lastBody<{ password: string; password1: string }>(sandbox);
  expect(sandbox.codef.decrypt(sent.password1)).toBe("임시 1234");
  expect(sandbox.codef.decrypt(sent.password)).toBe("새 비밀번호");
});

test("보험다모아: the parameter of each step comes from the one before", async () => {
  const { codef, sandbox } = setUp();
  const { commDetailParam: session = "" } = (await damoaSession(codef, { address: "서울특별시 중구" })).data;
  sandbox.codef.script("insurance.damoaMaycarListInfo", [{ method: "smsAuthNo", answer: "482913" }]);
  const person = { identity: "9001011234567", userName: "홍길동", phoneNo: "01012345678", telecom: "0" } as const;
  const challenge = asked(await damoaMaycarListInfo(codef, { ...person, detailParam: session }));
  const [car] = done(await answerChallenge(codef, challenge, { smsAuthNo: "482913" }));
  const fees = await damoaInsuranceFee(codef, { ...person, detailParam: car?.commDetailParam ?? "" });
  expect(fees.data[0]).toHaveProperty("resTotalPremium");
});
