import { answerChallenge, captchaImage } from "kofin/codef";
import { realEstateAddress, realEstateRegisterStatus, scourtEventsSearch } from "kofin/codef/public-court";
import {
  actualTransactionPriceApartment,
  actualTransactionPriceSerialNumber,
  estateList,
  marketPriceInformation,
} from "kofin/codef/public-realestate";
import { expect, test } from "vitest";
import { asked, done, setUp, stored } from "./setup.js";

const REGISTER = { phoneNo: "01012345678", password: "1234" } as const;

test("등기부등본: one of several addresses is chosen by its number", async () => {
  const { codef, sandbox, another } = setUp();
  sandbox.codef.script("public-court.realEstateRegisterStatus", [{ method: "uniqueNo" }]);
  const input = { ...REGISTER, inquiryType: "1", address: "가나로 11" } as const;
  const challenge = asked(await realEstateRegisterStatus(codef, input));
  const [, second] = challenge.extraInfo.resAddrList as { commUniqueNo: string }[];
  const reply = await answerChallenge(another(), stored(challenge), { uniqueNo: second?.commUniqueNo ?? "" });
  expect(done(reply).resRegisterEntriesList).toBeInstanceOf(Array);
});

test("등기부등본: with the number at hand nothing is asked", async () => {
  const { codef } = setUp();
  const [property] = (await realEstateAddress(codef, { addrSido: "서울특별시" })).data;
  const uniqueNo = property?.commUniqueNo ?? "";
  const reply = await realEstateRegisterStatus(codef, { ...REGISTER, inquiryType: "0", uniqueNo });
  expect(done(reply)).toHaveProperty("resIssueYN");
});

test("나의 사건검색 shows a captcha", async () => {
  const { codef, sandbox } = setUp();
  sandbox.codef.script("public-court.scourtEventsSearch", [{ method: "secureNo", answer: "271828" }]);
  const number = { caseNumberYear: "2026", caseNumberType: "개회", caseNumberNumber: "12345" } as const;
  const challenge = asked(
    await scourtEventsSearch(codef, { court_name: "서울회생법원", userName: "홍길동", ...number }),
  );
  expect(captchaImage(challenge)?.type).toBe("image/png");
  const data = done(await answerChallenge(codef, challenge, { secureNo: "271828" }));
  expect(data.resRepaymentList).toBeInstanceOf(Array);
});

test("부동산 시세: a complex from the list, then its building and unit", async () => {
  const { codef, sandbox } = setUp();
  const [complex] = (await estateList(codef, { addrSido: "서울특별시", addrSigun: "중구", addrDong: "가나동" })).data;
  sandbox.codef.script("public-realestate.marketPriceInformation", [{ method: "dongNum" }, { method: "hoNum" }]);
  const input = { searchGbn: "1", complexNo: complex?.commComplexNo ?? "" } as const;
  const dong = asked(await marketPriceInformation(codef, input));
  const ho = asked(
    await answerChallenge(codef, dong, { dongNum: dong.extraInfo.reqDongNumList?.[0]?.commDongNum ?? "" }),
  );
  const data = done(await answerChallenge(codef, ho, { hoNum: ho.extraInfo.reqHoNumList?.[0]?.commHoNum ?? "" }));
  expect(data.resAreaPriceList?.[0]).toHaveProperty("resTopAveragePrice");
});

test("실거래가: the building's code comes from the list of buildings", async () => {
  const { codef } = setUp();
  const place = { addrSido: "서울특별시", addrSigungu: "중구", addrDong: "가나동" };
  const asking = { year: "2026", type: "0", searchGbn: "0", ...place } as const;
  const [building] = (await actualTransactionPriceSerialNumber(codef, asking)).data;
  const buildingCode = building?.commBuildingCode ?? "";
  const { data } = await actualTransactionPriceApartment(codef, { contractYear: "2026", type: "0", buildingCode });
  expect(data.resSaleList?.[0]).toHaveProperty("resTranAmount");
});
