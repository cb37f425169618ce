import { ProviderError } from "kofin";
import { answerChallenge } from "kofin/codef";
import { businessStatus, proofIncome } from "kofin/codef/public-nts";
import { expect, test } from "vitest";
import { failure } from "../support/failure.js";
import { asked, done, lastBody, SIMPLE_AUTH, setUp, stored } from "./setup.js";

const YEARS = { startYear: "2024", endYear: "2025" } as const;
const INPUT = { ...SIMPLE_AUTH, loginIdentity: "19900101", ...YEARS } as const;

test("홈택스 waits for the user's 간편인증, however early it is answered", async () => {
  const { codef, sandbox, another } = setUp();
  sandbox.codef.script("public-nts.proofIncome", [{ method: "simpleAuth" }]);
  const challenge = asked(await proofIncome(codef, INPUT));
  expect(challenge).toMatchObject({ method: "simpleAuth", round: 1, premature: 0 });

  const early = asked(await answerChallenge(codef, challenge, { simpleAuth: "1" }));
  expect(early.premature).toBe(1);
  expect(sandbox.codef.approve(early.twoWayInfo.jti)).toBe(1);
  const data = done(await answerChallenge(another(), stored(early), { simpleAuth: "1" }));
  expect(data.resIssueNo).toEqual(expect.any(String));
});

test("the third answer before the approval ends it", async () => {
  const { codef, sandbox } = setUp();
  sandbox.codef.script("public-nts.proofIncome", [{ method: "simpleAuth" }]);
  let challenge = asked(await proofIncome(codef, INPUT));
  for (const premature of [1, 2]) {
    challenge = asked(await answerChallenge(codef, challenge, { simpleAuth: "1" }));
    expect(challenge.premature).toBe(premature);
  }
  const error = await failure(answerChallenge(codef, challenge, { simpleAuth: "1" }), ProviderError);
  expect(error.code).toBe("CF-12872");
});

test("a certificate's bytes leave as base64, its password encrypted", async () => {
  const { codef, sandbox } = setUp();
  const certPassword = "인증서 비밀번호";
  const { certificate, key } = await sandbox.codef.certificate({ password: certPassword });
  const login = { loginType: "0", certFile: certificate, keyFile: key, certPassword } as const;
  done(await proofIncome(codef, { ...login, ...YEARS }));
  const sent = lastBody(sandbox);
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  expect(sent).toMatchObject({ organization: "0001", certFile: base64(certificate), keyFile: base64(key) });
  expect(sandbox.codef.decrypt(sent.certPassword ?? "")).toBe(certPassword);
});

test("사업자등록상태: a row for each number, a single one as well", async () => {
  const { codef, sandbox } = setUp();
  const ask = async (...numbers: string[]) => {
    const reqIdentityList = numbers.map((reqIdentity) => ({ reqIdentity }));
    const { data } = await businessStatus(codef, { reqIdentityList });
    return data.map(({ resCompanyIdentityNo }) => resCompanyIdentityNo);
  };
  expect(await ask("1234567890", "3333344444")).toEqual(["1234567890", "3333344444"]);
  sandbox.codef.single(true);
  expect(await ask("1234567890")).toEqual(["1234567890"]);
});
