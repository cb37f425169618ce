import { ProviderError } from "kofin";
import { answerChallenge } from "kofin/codef";
import { multiownedBuildingsPossessionLedger } from "kofin/codef/public-gov24";
import { expect, test } from "vitest";
import { failure } from "../support/failure.js";
import { asked, done, SIMPLE_AUTH, setUp, stored } from "./setup.js";

const INPUT = { ...SIMPLE_AUTH, identity: "19900101", address: "서울특별시 중구 가나로 11" } as const;
const STEPS = [{ method: "reqAddress" }, { method: "dongNum" }, { method: "hoNum" }, { method: "simpleAuth" }];

test("전유부: choose the address, the building and the unit, then approve, each in another process", async () => {
  const { codef, sandbox, another } = setUp();
  sandbox.codef.script("public-gov24.multiownedBuildingsPossessionLedger", STEPS);
  const address = asked(await multiownedBuildingsPossessionLedger(codef, INPUT));
  const [place] = address.extraInfo.reqAddrList ?? [];
  const dong = asked(await answerChallenge(another(), stored(address), { reqAddress: place?.reqAddress ?? "" }));
  const [, building] = dong.extraInfo.reqDongNumList ?? [];
  const ho = asked(await answerChallenge(another(), stored(dong), { dongNum: building?.commDongNum ?? "" }));
  const [unit] = ho.extraInfo.reqHoNumList ?? [];
  const app = asked(await answerChallenge(another(), stored(ho), { hoNum: unit?.commHoNum ?? "" }));
  expect([address, dong, ho, app].map(({ round }) => round)).toEqual([1, 2, 3, 4]);
  sandbox.codef.approve();
  const data = done(await answerChallenge(another(), stored(app), { simpleAuth: "1" }));
  expect(data.resOwnedList).toBeInstanceOf(Array);
});

test("what was not offered is refused", async () => {
  const { codef, sandbox } = setUp();
  sandbox.codef.script("public-gov24.multiownedBuildingsPossessionLedger", STEPS);
  const address = asked(await multiownedBuildingsPossessionLedger(codef, INPUT));
  const error = await failure(answerChallenge(codef, address, { reqAddress: "어디에도 없는 곳" }), ProviderError);
  expect(error.code).toBe("CF-00024");
});

test("a single choice is a list of one", async () => {
  const { codef, sandbox } = setUp();
  const extraInfo = { reqHoNumList: { reqHo: "12호", commHoNum: "77" } };
  sandbox.codef.script("public-gov24.multiownedBuildingsPossessionLedger", [{ method: "hoNum", extraInfo }]);
  const ho = asked(await multiownedBuildingsPossessionLedger(codef, INPUT));
  expect(ho.extraInfo.reqHoNumList).toEqual([{ reqHo: "12호", commHoNum: "77" }]);
  done(await answerChallenge(codef, ho, { hoNum: "77" }));
});
