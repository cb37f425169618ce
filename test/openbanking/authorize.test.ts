import { inspect } from "node:util";
import * as fc from "fast-check";
import { InvalidInputError } from "kofin";
import {
  type AuthorizeParameters,
  authorizeRequest,
  authorizeUrl,
  ConsentError,
  createState,
  readCallback,
} from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { CLIENT, clientOf, scripted, success, tokenAnswer, USER, userOf } from "./scripted.js";

const openBanking = clientOf(scripted(() => success()));

function refused(parameters: Partial<AuthorizeParameters>, client = openBanking): InvalidInputError {
  try {
    authorizeUrl(client, { scope: "login", ...parameters } as AuthorizeParameters);
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
  }
  throw new Error("was taken");
}

function errorOf(url: string | URL, state: string): ConsentError {
  try {
    readCallback(url, state);
  } catch (error) {
    if (error instanceof ConsentError) return error;
  }
  throw new Error("was taken");
}

describe("authorizeUrl", () => {
  it("asks for what is needed, with the client's own values", () => {
    const { url, state } = authorizeUrl(openBanking, { scope: ["login", "inquiry", "login"] });
    expect(url).toBe(
      `https://testapi.openbanking.or.kr/oauth/2.0/authorize?response_type=code&client_id=${CLIENT.clientId}` +
        "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback%3Ffrom%3Dbank%26x%3D1&scope=login%20inquiry" +
        `&state=${state}&auth_type=0`,
    );
    expect(state).toMatch(/^[0-9a-f]{32}$/);
  });

  it("passes every documented parameter on", () => {
    const all = {
      state: "0123456789abcdef0123456789abcdef",
      redirect_uri: "app.example:/callback",
      auth_type: "1",
      client_info: "주문 1 & 2=3+4",
      lang: "eng",
      edit_option: "off",
      bg_color: "#FBEFF2",
      txt_color: "#088A08",
      btn1_color: "#FF8000",
      btn2_color: "#F3E2A9",
      cellphone_cert_yn: "Y",
      authorized_cert_yn: "N",
      account_hold_auth_yn: "N",
      register_info: "A",
      accountinfo_yn: "Y",
      accountinfo_api_tran_id: "id",
      accountinfo_list_num: "3",
      client_device_type: "IO",
      client_device_ip: "203.0.113.7",
      client_device_mac: "00-00-5E-00-53-01",
      client_device_id: "device",
      client_device_num: "01000000000",
      client_device_version: "18.1",
    } as const;
    const { url } = authorizeUrl(openBanking, { scope: "login inquiry", ...all });
    const fixed = { response_type: "code", client_id: CLIENT.clientId, scope: "login inquiry" };
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ ...fixed, ...all });
  });

  it("encodes any text so that it comes back as it was, with spaces as %20", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 60 }),
        fc.webUrl({ withQueryParameters: true }),
        (info, uri) => {
          const { url } = authorizeUrl(openBanking, { scope: "login", client_info: info, redirect_uri: uri });
          const query = url.slice(url.indexOf("?") + 1);
          expect(query).not.toMatch(/[+ ]/);
          const decoded = query.split("&").map((pair) => pair.split("=").map(decodeURIComponent));
          expect(Object.fromEntries(decoded)).toMatchObject({ client_info: info, redirect_uri: uri });
        },
      ),
    );
  });

  it.each([
    [{ scope: "" }, "INPUT_MISSING", "scope"],
    [{ scope: [] }, "INPUT_MISSING", "scope"],
    [{ scope: "login oob" }, "INPUT_INVALID", "scope"],
    [{ scope: ["sa"] }, "INPUT_INVALID", "scope"],
    [{ state: "short" }, "INPUT_INVALID", "state"],
    [{ state: "x".repeat(33) }, "INPUT_INVALID", "state"],
    [{ redirect_uri: "callback" }, "INPUT_INVALID", "redirect_uri"],
    [{ client_info: "x".repeat(257) }, "INPUT_INVALID", "client_info"],
    [{ account_hold_auth_yn: "Y", register_info: "C" }, "INPUT_INVALID", "account_hold_auth_yn"],
    [{ accountinfo_yn: "Y" }, "INPUT_MISSING", "accountinfo_api_tran_id"],
    [{ accountinfo_yn: "Y", accountinfo_api_tran_id: "1" }, "INPUT_MISSING", "accountinfo_list_num"],
  ] as const)("does not take %j", (parameters, code, field) => {
    expect(refused(parameters as Partial<AuthorizeParameters>)).toMatchObject({ code, field });
  });

  it("needs a redirect_uri from somewhere", () => {
    const { redirectUri: _, ...bare } = CLIENT;
    const client = clientOf(
      scripted(() => success()),
      { ...bare, redirectUri: undefined as never },
    );
    expect(refused({}, client)).toMatchObject({ code: "INPUT_MISSING", field: "redirect_uri" });
  });
});

describe("createState", () => {
  it("makes 32 characters that nobody can guess", () => {
    const states = Array.from({ length: 1_000 }, createState);
    expect(new Set(states).size).toBe(1_000);
    expect(states.every((state) => /^[0-9a-f]{32}$/.test(state))).toBe(true);
  });
});

describe("readCallback", () => {
  const state = createState();

  it.each([
    `https://app.example.com/callback?from=bank&x=1&code=c%2B1&scope=login+inquiry&client_info=%EC%A3%BC%EB%AC%B8&state=${state}`,
    `/callback?code=c%2B1&scope=login%20inquiry&client_info=%EC%A3%BC%EB%AC%B8&state=${state}`,
    new URL(`app.example:/cb?code=c%2B1&scope=login%20inquiry&client_info=%EC%A3%BC%EB%AC%B8&state=${state}`),
  ])("reads %s", (url) => {
    expect(readCallback(url, state)).toEqual({ code: "c+1", scope: "login inquiry", clientInfo: "주문" });
  });

  it("takes no code whose state is another", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (came, expected) => {
        fc.pre(came !== expected);
        const query = new URLSearchParams({ code: "1", state: came });
        expect(errorOf(`/callback?${query}`, expected).code).toBe("STATE_MISMATCH");
      }),
    );
  });

  it.each([
    ["/callback?code=1", state],
    ["/callback?code=1&state=", ""],
    ["/callback?code=1", ""],
    ["/callback?code=1&state=undefined", undefined],
  ])("takes no missing state for an equal one: %s", (url, expected) => {
    expect(errorOf(url, expected as string)).toMatchObject({ code: "STATE_MISMATCH", advice: "ask-user" });
  });

  it.each([
    `/callback?state=${state}`,
    `/callback?code=&state=${state}`,
    `/callback?code=1&code=2&state=${state}`,
    `/callback?code=1&state=${state}&state=${state}`,
  ])("takes no %s", (url) => {
    expect(errorOf(url, state)).toMatchObject({ code: "CALLBACK_INVALID", provider: "openbanking" });
  });

  it("says what the center refused with, whether or not a state came along", () => {
    const error = errorOf(`/callback?error=access_denied&error_description=${"동의하지 않음".repeat(90)}`, state);
    expect(error).toMatchObject({ code: "access_denied", advice: "ask-user", operation: "oauth.authorize" });
    expect(error.description).toMatch(/^동의하지 않음/);
    expect(error.message.length).toBeLessThan(400);
    expect(errorOf(`/callback?error=access_denied&state=${state}`, state).code).toBe("access_denied");
  });

  it("takes no refusal that came with another state, and no code that nobody knows for one", () => {
    expect(errorOf("/callback?error=access_denied&state=other", state).code).toBe("STATE_MISMATCH");
    const planted = encodeURIComponent("call 010-0000-0000\r\nnow");
    const error = errorOf(`/callback?error=${planted}&error_description=${planted}`, state);
    expect(error.code).toBe("CALLBACK_INVALID");
    expect(error.message).not.toContain("010");
    expect(error.description).toBe("call 010-0000-0000 now");
  });
});

describe("authorizeRequest", () => {
  it("tells what is known of the user, the name URL-encoded, and shows none of it", async () => {
    const known = {
      userCi: "Q0k=",
      userName: "홍길동",
      birthDate: "19900101",
      cellNo: "01000000001",
      phoneCarrier: "SKT",
      email: "hong@example.com",
      bankCode: "097",
      accountNum: "1101230000678",
    };
    const request = await authorizeRequest(openBanking, { scope: "login" }, known);
    expect(request.url).toContain("/oauth/2.0/authorize?response_type=code");
    expect(request.headers).toEqual({
      "Kftc-Bfop-UserCI": "Q0k=",
      "Kftc-Bfop-UserName": "%ED%99%8D%EA%B8%B8%EB%8F%99",
      "Kftc-Bfop-UserInfo": "19900101",
      "Kftc-Bfop-UserCellNo": "01000000001",
      "Kftc-Bfop-PhoneCarrier": "SKT",
      "Kftc-Bfop-UserEmail": "hong@example.com",
      "Kftc-Bfop-BankCodeStd": "097",
      "Kftc-Bfop-AccountNum": "1101230000678",
    });
    expect(inspect(request) + JSON.stringify(request)).not.toMatch(/19900101|hong@|1101230000678/);
  });

  it.each(["line\r\nX-Evil: 1", "홍길동", ""])("puts no %j into a header", async (email) => {
    const error = await failure(authorizeRequest(openBanking, { scope: "login" }, { email }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "email" });
  });

  it("skips the user's authentication with a token of theirs", async () => {
    const user = await userOf(clientOf(scripted(() => success())));
    const request = await authorizeRequest(user, { scope: "inquiry", auth_type: "2" }, { userCi: "Q0k=" });
    expect(request.url).toContain("&auth_type=2");
    expect(request.headers).toEqual({
      "Kftc-Bfop-UserCI": "Q0k=",
      "Kftc-Bfop-UserSeqNo": USER,
      "Kftc-Bfop-AccessToken": "user-token-0",
    });
  });

  it("refreshes a token that has ended before it tells it", async () => {
    const script = scripted(
      () => success(),
      () => tokenAnswer({ access_token: "fresh", scope: "login", user_seq_no: USER }),
    );
    const user = await userOf(clientOf(script), "login", { expires_in: "10" });
    const { headers } = await authorizeRequest(user, { scope: "inquiry", auth_type: "2" }, { userCi: "Q0k=" });
    expect(headers["Kftc-Bfop-AccessToken"]).toBe("fresh");
  });

  it.each([
    ["a client without a user", undefined, { userCi: "Q0k=" }, "INPUT_MISSING"],
    ["a user without a CI", "login", {}, "INPUT_MISSING"],
    ["a user who has not granted login", "inquiry", { userCi: "Q0k=" }, "SCOPE_MISSING"],
  ])("does not skip it for %s", async (_, scope, known, code) => {
    const client = clientOf(scripted(() => success()));
    const caller = scope ? await userOf(client, scope) : client;
    const error = await failure(
      authorizeRequest(caller, { scope: "inquiry", auth_type: "2" }, known),
      InvalidInputError,
    );
    expect(error.code).toBe(code);
  });
});
