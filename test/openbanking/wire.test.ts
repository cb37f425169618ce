import { InvalidInputError } from "kofin";
import { call, type OpenBankingOperation } from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import {
  authorize,
  balance,
  deposit,
  deposited,
  depositing,
  realName,
  token,
  transactions,
  unlink,
} from "./operations.js";
import { bankSuccess, CLIENT, clientOf, scripted, success, tokenAnswer, USER, userOf } from "./scripted.js";

/** 21 November 2026, half past midnight in Seoul; the day before in London. */
const HALF_PAST_MIDNIGHT = Date.UTC(2026, 10, 20, 15, 30, 5);
const asked = { bank_code_std: "097", account_num: "1101230000678" };

async function sentFor(operation: OpenBankingOperation, input: object) {
  const script = scripted(() => bankSuccess(deposited("000")));
  const openBanking = clientOf(script, { now: () => HALF_PAST_MIDNIGHT });
  await call(await userOf(openBanking), operation, input);
  const [sent] = script.sent;
  if (!sent) throw new Error("Nothing was sent");
  return sent;
}

describe("a request", () => {
  it("by GET stands in the query, percent-encoded", async () => {
    const { method, url, text, headers } = await sentFor(balance, { fintech_use_num: "1&2 가", product: "a=b" });
    expect([method, text, headers["content-type"]]).toEqual(["GET", "", undefined]);
    expect(url.pathname).toBe("/v2.0/account/balance/fin_num");
    expect(url.search).toContain("fintech_use_num=1%262%20%EA%B0%80&product=a%3Db");
  });

  it("by POST is JSON in UTF-8", async () => {
    const { headers, text } = await sentFor(realName, asked);
    expect(headers["content-type"]).toBe("application/json; charset=UTF-8");
    expect(JSON.parse(text)).toMatchObject(asked);
  });

  it("carries nothing but texts", async () => {
    const item = { tran_no: 1, tran_amt: 50_000n, account_num: "1", flag: true, empty: null, missing: undefined };
    const list = { ...depositing, req_list: [{ ...depositing.req_list[0], ...item }], total: 0.1 };
    const { fields } = await sentFor(deposit, list);
    const [sent] = fields.req_list as object[];
    expect(fields).toMatchObject({ total: "0.1", req_cnt: "1" });
    expect(sent).toMatchObject({ tran_no: "1", tran_amt: "50000", flag: "Y" });
    expect(sent).not.toHaveProperty("empty");
  });

  it.each([Number.NaN, 1e21, Number.POSITIVE_INFINITY, Symbol("x"), () => 1])("cannot carry %o", async (odd) => {
    const error = await failure(sentFor(realName, { ...asked, odd }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "odd" });
  });

  it("tells the time of Seoul and a number of its own", async () => {
    const { fields } = await sentFor(balance, { fintech_use_num: "1" });
    expect(fields.tran_dtime).toBe("20261121003005");
    expect(fields.bank_tran_id).toMatch(/^T990000123U[0-9A-Z]{9}$/);
  });

  it("keeps what the caller brings", async () => {
    const own = { bank_tran_id: "T990000123UABC123XYZ", tran_dtime: "20261120235959" };
    expect((await sentFor(balance, { fintech_use_num: "1", ...own })).fields).toMatchObject(own);
  });

  it.each([
    [{ bank_tran_id: "T990000999UABC123XYZ" }, "bank_tran_id"],
    [{ bank_tran_id: "T990000123OABC123XYZ" }, "bank_tran_id"],
    [{ bank_tran_id: "T990000123UABC123XY" }, "bank_tran_id"],
    [{ bank_tran_id: "T990000123Uabc123xyz" }, "bank_tran_id"],
    [{ bank_tran_id: "" }, "bank_tran_id"],
    [{ tran_dtime: "20260230000000" }, "tran_dtime"],
    [{ tran_dtime: "2026-11-21" }, "tran_dtime"],
    [{ tran_dtime: "20261121246000" }, "tran_dtime"],
  ])("does not leave with %j", async (wrong, field) => {
    const error = await failure(sentFor(realName, { ...asked, ...wrong }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field });
  });

  it.each([
    [undefined, "INPUT_MISSING", "bank_code_std"],
    [{ bank_code_std: "097" }, "INPUT_MISSING", "account_num"],
    [{ bank_code_std: null, account_num: "1" }, "INPUT_MISSING", "bank_code_std"],
    [[], "INPUT_INVALID", "input"],
    ["text", "INPUT_INVALID", "input"],
  ])("does not leave for %j", async (input, code, field) => {
    expect(await failure(sentFor(realName, input as never), InvalidInputError)).toMatchObject({ code, field });
  });

  it.each(["", undefined])("for the first page has no trace of a page before, not even %j", async (trace) => {
    const input = { fintech_use_num: "1", from_date: "20260101", to_date: "20260131" };
    const { fields } = await sentFor(transactions, { ...input, befor_inquiry_trace_info: trace });
    expect(fields).not.toHaveProperty("befor_inquiry_trace_info");
  });

  it("carries the institution's own code where it is asked for", async () => {
    expect((await sentFor(unlink, { user_seq_no: USER })).fields.client_use_code).toBe(CLIENT.useCode);
  });

  it("carries what a header parameter is filled with", async () => {
    const headers = { "X-Use-Code": "clientUseCode", "X-Token": "accessToken" };
    const sent = await sentFor({ ...realName, headers }, asked);
    expect(sent.headers).toMatchObject({ "x-use-code": CLIENT.useCode });
    expect(sent.headers).not.toHaveProperty("x-token");
  });

  it("carries what callers pass for a header there, and nowhere else", async () => {
    const headers = { "Kftc-Bfop-UserName": "input", "Kftc-Bfop-UserInfo": "input" };
    const sent = await sentFor({ ...realName, headers }, { ...asked, "Kftc-Bfop-UserName": "%ED%99%8D" });
    expect(sent.headers).toMatchObject({ "kftc-bfop-username": "%ED%99%8D" });
    expect(sent.headers).not.toHaveProperty("kftc-bfop-userinfo");
    expect(sent.fields).not.toHaveProperty("Kftc-Bfop-UserName");
  });

  it("carries the user's own tokens where an operation takes them as fields", async () => {
    const script = scripted(
      () => success(),
      () => Response.json({}),
    );
    const user = await userOf(clientOf(script));
    const from = { access_token: "accessToken", refresh_token: "refreshToken" };
    await call(user, { ...token, path: "/oauth/2.0/revoke", from }, {});
    expect(script.oauth[0]?.fields).toEqual({ access_token: "user-token-0", refresh_token: "user-refresh-0" });
  });

  it("on the OAuth paths is a form without a token", async () => {
    const script = scripted(
      () => success(),
      () => tokenAnswer({ access_token: "given to the caller" }),
    );
    const { data, code } = await call<{ access_token: string }>(clientOf(script), token, {
      grant_type: "client_credentials",
      scope: "login inquiry",
    });
    expect(data.access_token).toBe("given to the caller");
    expect(code).toBe("");
    expect(script.oauth[0]?.headers).toMatchObject({
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    });
    expect(script.oauth[0]?.headers.authorization).toBeUndefined();
    expect(script.oauth[0]?.text).toBe(
      `grant_type=client_credentials&scope=login+inquiry&client_id=${CLIENT.clientId}&client_secret=${CLIENT.clientSecret}`,
    );
  });

  it("by the authorization is answered by a redirect, whose query is the data", async () => {
    const Location = `${CLIENT.redirectUri}&code=c1&scope=login+inquiry&state=s`;
    const script = scripted(
      () => success(),
      () => new Response(null, { status: 302, headers: { Location } }),
    );
    const { data } = await call(clientOf(script), authorize, { scope: "login" });
    expect(data).toEqual({ from: "bank", x: "1", code: "c1", scope: "login inquiry", state: "s" });
  });

  it.each([
    [`${CLIENT.redirectUri}&error=access_denied&error_description=no`, "access_denied"],
    ["https://elsewhere.example.com/", "OUTCOME_UNKNOWN"],
    ["not a url", "OUTCOME_UNKNOWN"],
  ])("that is redirected to %s fails", async (Location, code) => {
    const answer = () => new Response(null, { status: 302, headers: { Location } });
    expect((await failure(call(clientOf(scripted(answer, answer)), authorize, {}))).code).toBe(code);
  });
});
