import { InvalidInputError } from "kofin";
import { answerChallenge } from "kofin/codef";
import { driverLicenseStatus, kcomwelEmploymentDetail } from "kofin/codef/public-etc";
import { expect, test } from "vitest";
import { failure } from "../support/failure.js";
import { asked, done, SIMPLE_AUTH, setUp, stored } from "./setup.js";

const LICENSE = { licenseNo01: "11", licenseNo02: "19", licenseNo03: "123456", licenseNo04: "78" } as const;

test("운전면허증 is checked, at once or after 간편인증", async () => {
  const { codef, sandbox, another } = setUp();
  const input = { birthDate: "900101", userName: "홍길동", ...LICENSE } as const;
  expect(done(await driverLicenseStatus(codef, input))).toHaveProperty("resAuthenticity");
  sandbox.codef.script("public-etc.driverLicenseStatus", [{ method: "simpleAuth" }]);
  const challenge = asked(await driverLicenseStatus(codef, input));
  sandbox.codef.approve();
  expect(done(await answerChallenge(another(), stored(challenge), { simpleAuth: "1" }))).toHaveProperty(
    "resAuthenticity",
  );
});

test("근로복지공단: a way to log in that lacks something is found before anything is sent", async () => {
  const { codef, sandbox } = setUp();
  // @ts-expect-error A certificate needs its key.
  const call = kcomwelEmploymentDetail(codef, { loginType: "0", certFile: "MIIF", certPassword: "x" });
  const error = await failure(call, InvalidInputError);
  expect(error.field).toBe("keyFile");
  expect(sandbox.codef.requests).toEqual([]);
  expect((await kcomwelEmploymentDetail(codef, { ...SIMPLE_AUTH })).status).toBe("done");
});
