import { answerChallenge, captchaImage } from "kofin/codef";
import { myMedicine } from "kofin/codef/public-hira";
import { healthCheckupResult, medicalHistory } from "kofin/codef/public-nhis";
import { memberJoinList } from "kofin/codef/public-nps";
import { expect, test } from "vitest";
import { asked, done, SIMPLE_AUTH, setUp, stored } from "./setup.js";

const PERSON = { ...SIMPLE_AUTH, identity: "19900101" } as const;

test("건강보험공단: approved on the phone, read page by page of one's life", async () => {
  const { codef, sandbox, another } = setUp();
  for (const product of ["healthCheckupResult", "medicalHistory"]) {
    sandbox.codef.script(`public-nhis.${product}`, [{ method: "simpleAuth" }]);
  }
  const checkup = asked(
    await healthCheckupResult(codef, { ...PERSON, searchStartYear: "2020", searchEndYear: "2026" }),
  );
  sandbox.codef.approve(checkup.twoWayInfo.jti);
  const [person] = done(await answerChallenge(another(), stored(checkup), { simpleAuth: "1" }));
  expect(person?.resPreviewList?.length).toBeGreaterThan(0);

  const history = asked(await medicalHistory(codef, { ...PERSON, startDate: "20260101", endDate: "20260630" }));
  sandbox.codef.approve();
  const [visit] = done(await answerChallenge(codef, history, { simpleAuth: "1" }));
  expect(visit).toHaveProperty("resHospitalName");
});

test("국민연금공단: 비회원 간편인증 asks as well", async () => {
  const { codef, sandbox } = setUp();
  sandbox.codef.script("public-nps.memberJoinList", [{ method: "simpleAuth", approved: true }]);
  const challenge = asked(await memberJoinList(codef, { ...SIMPLE_AUTH, loginType: "6", id: "run-1" }));
  const [row] = done(await answerChallenge(codef, challenge, { simpleAuth: "1" }));
  expect(row).toHaveProperty("resCompanyNm");
});

test("심평원: a captcha with a new picture on demand, then an SMS number", async () => {
  const { codef, sandbox } = setUp();
  sandbox.codef.script("public-hira.myMedicine", [
    { method: "secureNo", answer: "314159" },
    { method: "smsAuthNo", answer: "482913" },
  ]);
  const phone = { loginType: "2", loginTypeLevel: "1", authMethod: "0", telecom: "0", phoneNo: "01012345678" } as const;
  const input = { identity: "9001011234567", userName: "홍길동", startDate: "20260101", ...phone } as const;
  const captcha = asked(await myMedicine(codef, input));
  expect(captchaImage(captcha)?.bytes.subarray(1, 4)).toEqual(new TextEncoder().encode("PNG"));
  const again = asked(await answerChallenge(codef, captcha, { secureNo: "", secureNoRefresh: "1" }));
  const sms = asked(await answerChallenge(codef, again, { secureNo: "314159" }));
  expect(captchaImage(sms)).toBeUndefined();
  const [prescription] = done(await answerChallenge(codef, sms, { smsAuthNo: "482913" }));
  expect(prescription?.resDrugList).toBeInstanceOf(Array);
});
