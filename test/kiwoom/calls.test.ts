/** Kiwoom's protocol, from the facts: refusals in HTTP 200, tokens, pages, orders. */
import {
  AuthenticationError,
  DecodeError,
  InvalidInputError,
  NetworkError,
  OutcomeUnknownError,
  PermissionError,
  ProviderError,
  type Transport,
} from "kofin";
import { createKiwoom, type KiwoomOptions, revokeToken } from "kofin/kiwoom";
import { stockDailyChartPages } from "kofin/kiwoom/domestic-chart";
import { buy } from "kofin/kiwoom/domestic-order";
import { stockInfo } from "kofin/kiwoom/domestic-stock-info";
import type { PageOptions } from "kofin/provider/functions";
import { createSandbox } from "kofin/sandbox";
import { describe, expect, it, test } from "vitest";
import { failure } from "../support/failure.js";

interface Sent {
  path: string;
  headers: Headers;
  body: Record<string, unknown>;
}

type Answer = (sent: Sent, count: number) => Response | Promise<Response>;

const said = (return_code: number | string, return_msg = "", more: object = {}, status = 200, headers = {}) =>
  Response.json({ return_code, return_msg, ...more }, { status, headers });

const tokenAnswer: Answer = (_, count) =>
  said(0, "", { token: `token-${count}`, token_type: "bearer", expires_dt: "20990101000000" });

/** A client over a script for calls, and one for the OAuth paths. */
function scripted(
  answer: Answer,
  { token = tokenAnswer, ...options }: Partial<KiwoomOptions> & { token?: Answer } = {},
) {
  const calls: Sent[] = [];
  const oauth: Sent[] = [];
  const fetch: Transport = async (url, { headers, body }) => {
    const sent = { path: new URL(url).pathname, headers, body: JSON.parse(await new Response(body ?? "").text()) };
    const isOAuth = sent.path.startsWith("/oauth2/");
    const count = (isOAuth ? oauth : calls).push(sent);
    return (isOAuth ? token : answer)(sent, count);
  };
  const keys = { appKey: "app-key", secretKey: "secret-key", retryDelayMs: 0, limits: false } as const;
  return { kiwoom: createKiwoom({ environment: "real", ...keys, fetch, ...options }), calls, oauth };
}

const stock = { stk_cd: "005930" };
const order = { dmst_stex_tp: "KRX", stk_cd: "005930", ord_qty: "1", trde_tp: "3", ord_uv: "", cond_uv: "" } as const;

describe("a call", () => {
  test("says its api-id, with a token that was asked for once", async () => {
    const { kiwoom, calls, oauth } = scripted(() => said(0, "정상적으로 처리되었습니다", { stk_nm: "삼성전자" }));
    const replies = await Promise.all(Array.from({ length: 64 }, () => stockInfo(kiwoom, stock)));
    expect(replies[0]).toMatchObject({ data: { stk_nm: "삼성전자" }, code: "0", message: "정상적으로 처리되었습니다" });
    expect(oauth).toHaveLength(1);
    expect(oauth[0]).toMatchObject({
      path: "/oauth2/token",
      body: { grant_type: "client_credentials", appkey: "app-key", secretkey: "secret-key" },
    });
    expect(calls).toHaveLength(64);
    expect(Object.fromEntries(calls[0]?.headers ?? [])).toMatchObject({
      "api-id": "ka10001",
      authorization: "Bearer token-1",
    });
    expect(calls[0]?.body).toEqual(stock);
  });

  it.each([0, "0"])("is a success with the return_code %j", async (code) => {
    const { kiwoom } = scripted(() => said(code));
    await stockInfo(kiwoom, stock);
  });
});

describe("a refusal in HTTP 200", () => {
  it.each([
    [2, "입력 오류[1511:필수입력 파라미터=stk_cd]", "1511", "fix-request", ProviderError],
    [
      "3",
      "인증에 실패했습니다[8030:투자구분(실전/모의)이 달라서 Appkey를 사용할수가 없습니다]",
      "8030",
      "environment",
      ProviderError,
    ],
    [3, "[8010:Token을 발급받은 IP와 서비스를 요청한 IP가 다릅니다]", "8010", "apply", PermissionError],
    [20, "[2000](RC4058:모의투자 장종료)", "RC4058", "report", ProviderError],
    [7, "", "7", "report", ProviderError],
  ])("%j %s is %s", async (returnCode, message, code, advice, type) => {
    const { kiwoom, calls } = scripted(() => said(returnCode, message));
    const error = await failure(stockInfo(kiwoom, stock), type);
    expect([error.code, (error as ProviderError).advice, calls.length]).toEqual([code, advice, 1]);
  });

  it("may say that calls are too many: a look-up asks again", async () => {
    const { kiwoom, calls } = scripted((_, count) =>
      count === 1
        ? said(5, "허용된 요청 개수를 초과하였습니다", {}, 429)
        : count === 2
          ? said(1, "[1700:한도]")
          : said(0),
    );
    await stockInfo(kiwoom, stock);
    expect(calls).toHaveLength(3);
  });

  it("is no answer where there is no return_code", async () => {
    for (const answer of [() => Response.json({}), () => new Response("<html>")]) {
      await failure(stockInfo(scripted(answer).kiwoom, stock), DecodeError);
    }
  });
});

describe("a token", () => {
  it.each(["8005", "8103"])("that is refused with %s is renewed once, for an order as well", async (code) => {
    const { kiwoom, calls, oauth } = scripted((_, count) =>
      count === 1
        ? said(3, `인증에 실패했습니다[${code}:Token이 유효하지 않습니다]`)
        : said(0, "", { ord_no: "0000139" }),
    );
    expect((await buy(kiwoom, order)).data.ord_no).toBe("0000139");
    expect([calls.length, oauth.length]).toEqual([2, 2]);
    expect(calls[1]?.headers.get("authorization")).toBe("Bearer token-2");
  });

  it("that stays refused is an error after two attempts", async () => {
    const { kiwoom, calls } = scripted(() => said(3, "[8005:Token이 유효하지 않습니다]"));
    await failure(stockInfo(kiwoom, stock), AuthenticationError);
    expect(calls).toHaveLength(2);
  });

  it.each(["8001", "8030"])("is not asked for again with keys that are refused (%s)", async (code) => {
    const { kiwoom, calls, oauth } = scripted(() => said(0), { token: () => said(3, `[${code}:앱키]`) });
    for (let call = 0; call < 3; call++) {
      expect(await failure(stockInfo(kiwoom, stock), AuthenticationError)).toMatchObject({ code });
    }
    expect([calls.length, oauth.length]).toEqual([0, 1]);
  });

  it("is revoked, and the next call asks for another", async () => {
    const { kiwoom, oauth } = scripted(() => said(0), {
      token: (sent, count) => (sent.path === "/oauth2/revoke" ? said(0) : tokenAnswer(sent, count)),
    });
    await revokeToken(kiwoom);
    expect(oauth).toHaveLength(0);
    const seen: string[] = [];
    kiwoom.use({
      onRequest({ request }) {
        seen.push(new URL(request.url).pathname);
      },
    });
    await stockInfo(kiwoom, stock);
    await revokeToken(kiwoom);
    expect(oauth[1]).toMatchObject({
      path: "/oauth2/revoke",
      body: { appkey: "app-key", secretkey: "secret-key", token: "token-1" },
    });
    expect(oauth[1]?.headers.get("authorization")).toBeNull();
    await stockInfo(kiwoom, stock);
    expect(oauth).toHaveLength(3);
    expect(seen).not.toContain("/oauth2/revoke");
  });
});

describe("an order", () => {
  it.each<[string, Answer]>([
    ["a lost connection", () => Promise.reject(new Error("reset"))],
    ["HTTP 502", () => new Response("", { status: 502 })],
    ["an answer that is none", () => new Response("")],
    ["1999", () => said(1, "[1999:예기치 않은 에러]")],
  ])("with %s may have happened, and is not sent again", async (_, answer) => {
    const { kiwoom, calls } = scripted(answer);
    const error = await failure(buy(kiwoom, order), OutcomeUnknownError);
    expect(calls).toHaveLength(1);
    expect(error.settledBy).toMatch(/^domestic-account\//);
    expect(error.reference).toMatchObject({ stk_cd: "005930", ord_qty: "1" });
  });

  it.each<[string, Answer]>([
    ["429", () => said(5, "허용된 요청 개수를 초과하였습니다", {}, 429)],
    ["the ledger's refusal", () => said(20, "[2000](571412:SOR 주문은 …)")],
  ])("with %s did not happen", async (_, answer) => {
    const { kiwoom, calls } = scripted(answer);
    expect(await failure(buy(kiwoom, order))).not.toBeInstanceOf(OutcomeUnknownError);
    expect(calls).toHaveLength(1);
  });
});

describe("pages", () => {
  const chart = { stk_cd: "005930", base_dt: "20260601", upd_stkpc_tp: "1" } as const;
  const answer: Answer = ({ headers }) => {
    const page = Number(headers.get("next-key") ?? 0) + 1;
    const more = page < 3 ? { "cont-yn": "Y", "next-key": String(page) } : { "cont-yn": "N", "next-key": "" };
    return said(0, "", { stk_dt_pole_chart_qry: [{ dt: `2026060${page}` }] }, 200, more);
  };

  test("go on by cont-yn and next-key, and from where they stopped", async () => {
    const { kiwoom, calls } = scripted(answer);
    const days: unknown[] = [];
    let next: PageOptions["resume"];
    for await (const page of stockDailyChartPages(kiwoom, chart, { limit: 2 })) {
      days.push(...(page.data.stk_dt_pole_chart_qry ?? []).map(({ dt }) => dt));
      next = page.next;
    }
    expect(days).toEqual(["20260601", "20260602"]);
    if (!next) throw new Error("the last page says where to go on");
    for await (const page of stockDailyChartPages(kiwoom, chart, { resume: next })) {
      days.push(...(page.data.stk_dt_pole_chart_qry ?? []).map(({ dt }) => dt));
    }
    expect(days).toEqual(["20260601", "20260602", "20260603"]);
    expect(calls.map(({ headers }) => [headers.get("cont-yn"), headers.get("next-key")])).toEqual([
      [null, null],
      ["Y", "1"],
      ["Y", "2"],
    ]);
    expect(calls[2]?.body).toEqual(calls[0]?.body);
  });
});

describe("a client", () => {
  it.each([
    [{ appKey: "" }, "CREDENTIALS_MISSING", "appKey"],
    [{ secretKey: undefined }, "CREDENTIALS_MISSING", "secretKey"],
    [{ secretKey: "secret\n" }, "INPUT_INVALID", "secretKey"],
    [{ environment: "demo" }, "INPUT_INVALID", "environment"],
  ])("is not made with %j", (wrong, code, field) => {
    const options = { environment: "real", appKey: "a", secretKey: "s", ...wrong } as KiwoomOptions;
    try {
      createKiwoom(options);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error).toMatchObject({ code, field });
    }
  });

  it("shows none of its secrets", async () => {
    const events: unknown[] = [];
    const { kiwoom } = scripted(() => Promise.reject(new Error("at secret-key with token-1 of app-key")), {
      onEvent: (event) => events.push(event),
      retries: 0,
    });
    const error = await failure(stockInfo(kiwoom, stock), NetworkError);
    const shown = JSON.stringify([events, error, String(error.stack), String(error.cause), kiwoom]);
    expect(shown).not.toMatch(/secret-key|token-1|app-key/);
  });

  it("calls the sandbox", async () => {
    const { kiwoom: mock } = createSandbox();
    const kiwoom = createKiwoom(mock.mockOptions);
    expect((await stockInfo(kiwoom, stock)).data.stk_cd).toBe("005930");
    expect((await buy(kiwoom, order)).data.ord_no).toEqual(expect.any(String));
    expect(mock.effects).toHaveLength(1);
  });
});
