import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { authorizeUrl, clientId, connect, connectTo, HOST, NOW, REDIRECT_URI, STATE } from "./openbanking-client.js";

async function open(url = authorizeUrl(), headers: Record<string, string> = {}) {
  const clock = { now: NOW };
  const sandbox = createSandbox({ now: () => clock.now });
  const visit = async (address: string, init?: RequestInit) => {
    const response = await sandbox.fetch(address, { redirect: "manual", ...init });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get("Location") ?? "",
      text,
      headers: response.headers,
    };
  };
  const page = await visit(url, { headers });
  const session = /name="session" value="(\w+)"/.exec(page.text)?.[1] ?? "";
  const submit = (form: [string, string][]) =>
    visit(`${HOST}/oauth/2.0/authorize/consent`, {
      method: "POST",
      body: new URLSearchParams([["session", session], ...form]),
    });
  return { clock, sandbox, visit, page, submit };
}

const refusal = async (url: string, headers?: Record<string, string>) => {
  const { page } = await open(url, headers);
  const { rsp_code, rsp_message } = JSON.parse(page.text);
  return { status: page.status, code: rsp_code, number: /\(\[(\d+)\]\)$/.exec(rsp_message)?.[1], message: rsp_message };
};

const HONG = "1100000001";
const ALLOW: [string, string][] = [
  ["user", HONG],
  ["decision", "allow"],
  ["account", "097/1000000000011"],
];

describe("the pages", () => {
  test("ask who it is, in Korean, without anything from elsewhere", async () => {
    const { page } = await open();
    expect(page.status).toBe(200);
    expect(page.headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
    expect(page.text).toContain('<html lang="ko">');
    expect(page.text).toContain("코핀 샌드박스 서비스가 다음을 요청합니다.");
    expect(page.text).toContain("계좌 잔액과 거래내역 조회");
    expect(page.text).toContain("홍길동 (1990)");
    expect(page.text).not.toMatch(/https?:\/\/|<script/);
    expect(page.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  });

  test("then what is agreed to, and with which accounts", async () => {
    const { submit } = await open();
    const { text } = await submit([["user", HONG]]);
    expect(text).toContain("오픈은행 오픈 입출금통장 100000***0011");
    expect(text).toContain("오픈증권 오픈 종합계좌 296000***0011");
    expect(text).not.toContain("김한빛");
    expect(text).not.toMatch(/checkbox[^>]*checked/);
  });

  test("end with a callback that carries code, scope, client_info and state", async () => {
    const { submit } = await open(authorizeUrl({ client_info: "주문 1" }));
    const { status, location } = await submit(ALLOW);
    expect(status).toBe(302);
    const { origin, pathname, searchParams } = new URL(location);
    expect(origin + pathname).toBe(REDIRECT_URI);
    expect(Object.fromEntries(searchParams)).toEqual({
      code: expect.stringMatching(/^\w{32}$/),
      scope: "login inquiry transfer",
      client_info: "주문 1",
      state: STATE,
    });
  });

  test("end with an error when the user refuses, on either page", async () => {
    const { submit } = await open(authorizeUrl({ client_info: "x" }));
    const { location } = await submit([["decision", "deny"]]);
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      error: "access_denied",
      error_description: "인증 파라미터 오류([804])",
      client_info: "x",
      state: STATE,
    });
  });

  test("insist on an account", async () => {
    const { submit } = await open();
    const { status, text } = await submit([
      ["user", HONG],
      ["decision", "allow"],
    ]);
    expect(status).toBe(200);
    expect(text).toMatch(/role="alert"[^>]*>계좌를 하나 이상 선택해 주세요/);
    expect((await submit(ALLOW)).status).toBe(302);
  });

  test("are over after the decision, and after ten minutes: 3002110", async () => {
    const { submit, clock } = await open();
    await submit(ALLOW);
    expect((await submit(ALLOW)).text).toContain("[3002110]");
    const late = await open();
    late.clock.now += 10 * 60_000;
    expect((await late.submit(ALLOW)).text).toContain("[3002110]");
    expect(clock.now).toBe(NOW);
  });

  test("speak English with lang=eng", async () => {
    const { page, submit } = await open(authorizeUrl({ lang: "eng" }));
    expect(page.text).toContain('<html lang="en">');
    expect((await submit([["user", HONG]])).text).toContain("Allow and continue");
  });

  test("let the e-mail address be corrected with edit_option=on only", async () => {
    const fixed = await open();
    expect((await fixed.submit([["user", HONG]])).text).toMatch(/type="email"[^>]*readonly/);
    const { submit, sandbox } = await open(authorizeUrl({ edit_option: "on" }));
    expect((await submit([["user", HONG]])).text).not.toMatch(/type="email"[^>]*readonly/);
    await submit([...ALLOW, ["email", "new@example.com"]]);
    const { get } = await connectTo(sandbox);
    expect((await get("/v2.0/user/me", { user_seq_no: HONG })).user_email).toBe("new@example.com");
  });

  test("honour the rest of the parameters", async () => {
    const colors = { bg_color: "#112233", txt_color: "fff", btn1_color: "red;}", btn2_color: "#445566" };
    const { page } = await open(authorizeUrl({ ...colors, authorized_cert_yn: "N" }));
    expect(page.text).toContain("background: #112233; color: #fff");
    expect(page.text).not.toContain("red;}");
    expect(page.text).toContain("#445566");
    expect(page.text).not.toContain("공동인증서");
    const { submit } = await open(authorizeUrl({ account_hold_auth_yn: "Y", register_info: "A" }));
    expect((await submit([["user", HONG]])).text).toContain("1원");
    const cards = await open(authorizeUrl({ register_info: "C", scope: "login cardinfo" }));
    const offer = await cards.submit([["user", HONG]]);
    expect(offer.text).toContain("카드 조회에 동의합니다.");
    expect(offer.text).not.toContain("checkbox");
    expect(
      (
        await cards.submit([
          ["user", HONG],
          ["decision", "allow"],
        ])
      ).status,
    ).toBe(302);
    const info = { accountinfo_yn: "Y", accountinfo_api_tran_id: "x", accountinfo_list_num: "1" };
    const all = await open(authorizeUrl(info));
    expect((await all.submit([["user", HONG]])).text).toContain("계좌통합조회");
  });

  test("take what the institution tells beforehand (정보전달형)", async () => {
    const { page, submit } = await open(authorizeUrl(), {
      "Kftc-Bfop-UserName": encodeURIComponent("김한빛"),
      "Kftc-Bfop-UserInfo": "19951224",
      "Kftc-Bfop-UserEmail": "told@example.com",
      "Kftc-Bfop-BankCodeStd": "097",
      "Kftc-Bfop-AccountNum": "1000000000022",
    });
    expect(page.text).toMatch(/value="1100000002" checked/);
    const { text } = await submit([["user", "1100000002"]]);
    expect(text).toMatch(/value="097\/1000000000022" checked/);
    expect(text).not.toMatch(/value="097\/1000000000021" checked/);
    expect(text).toContain('value="told@example.com"');
  });

  test("takes a state of any length up to 32, and a redirect_uri with its colons and slashes as they are", async () => {
    const url = authorizeUrl({ state: "short" }).replace(encodeURIComponent(REDIRECT_URI), REDIRECT_URI);
    expect(url).toContain(`redirect_uri=${REDIRECT_URI}`);
    const { page } = await open(url);
    expect(page.text).toContain("오픈뱅킹 이용 동의");
  });

  test("authorize_account is the older path to the same", async () => {
    const { page } = await open(authorizeUrl().replace("/authorize?", "/authorize_account?"));
    expect(page.text).toContain("오픈뱅킹 이용 동의");
  });
});

describe("a request that is not in order", () => {
  test.each([
    ["response_type", "3000103"],
    ["client_id", "3000103"],
    ["redirect_uri", "3000103"],
    ["scope", "3000103"],
    ["state", "3000103"],
    ["auth_type", "3000103"],
  ])("without %s is O0001 [%s]", async (name, number) => {
    expect(await refusal(authorizeUrl({ [name]: undefined }))).toMatchObject({ status: 200, code: "O0001", number });
    expect((await refusal(authorizeUrl({ [name]: "" }))).number).toBe(number);
  });

  test.each([
    [{ response_type: "token" }, "3000116"],
    [{ client_id: "nobody" }, "3000201"],
    [{ redirect_uri: `${REDIRECT_URI}/` }, "3000114"],
    [{ scope: "login everything" }, "3000115"],
    [{ scope: "oob" }, "3000115"],
    [{ state: "x".repeat(33) }, "3000103"],
    [{ auth_type: "3" }, "3000103"],
    [{ lang: "jpn" }, "3000103"],
    [{ register_info: "X" }, "3000103"],
    [{ client_info: "x".repeat(257) }, "3000103"],
    [{ client_device_type: "TV" }, "3000103"],
    [{ accountinfo_yn: "Y" }, "3000103"],
    [{ cellphone_cert_yn: "N", authorized_cert_yn: "N" }, "3000103"],
  ])("with %j is [%s]", async (changes, number) => {
    expect((await refusal(authorizeUrl(changes as Record<string, string>))).number).toBe(number);
  });

  test("that says something twice is 3000103", async () => {
    expect((await refusal(`${authorizeUrl()}&client_id=${clientId}`)).number).toBe("3000103");
  });

  test("by POST is O0010", async () => {
    const { visit } = await open();
    expect((await visit(authorizeUrl(), { method: "POST" })).text).toContain("O0010");
  });
});

describe("인증생략 (auth_type=2)", () => {
  const url = authorizeUrl({ auth_type: "2" });

  test("needs its headers: 119", async () => {
    expect((await refusal(url)).number).toBe("119");
  });

  test("shows the user's consent at once, and nobody else's", async () => {
    const { sandbox, openBanking, bearers, userSeqNo } = await connect();
    const headers = {
      "Kftc-Bfop-UserSeqNo": userSeqNo,
      "Kftc-Bfop-UserCI": openBanking.users[0]?.ci ?? "",
      "Kftc-Bfop-AccessToken": bearers.user,
    };
    const visit = async (changes: Record<string, string>) =>
      (await sandbox.fetch(url, { headers: { ...headers, ...changes } })).text();
    const text = await visit({});
    expect(text).toContain("홍길동");
    expect(text).not.toContain("인증 수단");
    expect(text).toMatch(/value="097\/1000000000011" checked[^>]*>[^<]*등록됨/);
    expect(await visit({ "Kftc-Bfop-UserSeqNo": "1100000002" })).toContain("[801]");
    expect(await visit({ "Kftc-Bfop-UserCI": "other" })).toContain("[801]");
    expect(await visit({ "Kftc-Bfop-AccessToken": "other" })).toContain("O0002");
  });

  test("needs a token with the scope login", async () => {
    const { sandbox, openBanking, bearers, userSeqNo } = await connect({ consents: "inquiry" });
    const headers = {
      "Kftc-Bfop-UserSeqNo": userSeqNo,
      "Kftc-Bfop-UserCI": openBanking.users[0]?.ci ?? "",
      "Kftc-Bfop-AccessToken": bearers.user,
    };
    expect(await (await sandbox.fetch(url, { headers })).text()).toContain("[3000115]");
  });
});

describe("consent without a browser", () => {
  test("registers all accounts of the first person, unless told otherwise", async () => {
    const { openBanking } = createSandbox({ now: () => NOW });
    await openBanking.consent(authorizeUrl());
    expect(openBanking.users[0]?.accounts.map(({ registered }) => registered)).toEqual([true, true, true]);
    await openBanking.consent(new URL(authorizeUrl()), { user: "김한빛", accounts: ["1000000000022"] });
    expect(openBanking.users[1]?.accounts.map(({ registered }) => registered)).toEqual([false, true]);
    const refused = new URL(await openBanking.consent(authorizeUrl(), { deny: true }));
    expect(refused.searchParams.get("error")).toBe("access_denied");
  });

  test("says what is wrong", async () => {
    const { openBanking } = createSandbox({ now: () => NOW });
    await expect(openBanking.consent(authorizeUrl({ redirect_uri: "https://other" }))).rejects.toThrow(
      "The center refuses the address: O0001 [3000114]",
    );
    await expect(openBanking.consent(authorizeUrl(), { user: "nobody" })).rejects.toThrow("Nobody is called nobody");
    await expect(openBanking.consent(authorizeUrl(), { accounts: ["1"] })).rejects.toThrow("홍길동 has no account 1");
  });

  test("can be given at once, for programs that follow redirects", async () => {
    const { openBanking, fetch } = createSandbox();
    openBanking.consentAtOnce({ user: "김한빛", accounts: ["1000000000021"] });
    const answer = await fetch(authorizeUrl(), { redirect: "manual" });
    expect([answer.status, new URL(answer.headers.get("Location") ?? "").searchParams.get("state")]).toEqual([
      302,
      STATE,
    ]);
    expect(openBanking.users[1]?.accounts[0]?.registered).toBe(true);
    openBanking.consentAtOnce(undefined);
    expect((await fetch(authorizeUrl())).status).toBe(200);
  });

  test("comes back to every callback URL that is registered", async () => {
    const { openBanking } = createSandbox({ openBanking: { redirectUris: ["https://a.example/back"] } });
    expect(await openBanking.consent(authorizeUrl({ redirect_uri: "https://a.example/back" }))).toMatch(
      /^https:\/\/a\.example\/back\?code=/,
    );
    openBanking.addRedirectUri("app://back?from=bank");
    expect(await openBanking.consent(authorizeUrl({ redirect_uri: "app://back?from=bank" }))).toMatch(
      /^app:\/\/back\?from=bank&code=/,
    );
    expect(() => openBanking.addRedirectUri("nowhere")).toThrow("nowhere is no address");
  });
});
