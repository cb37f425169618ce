/**
 * An institution's program that knows Open Banking's wire rules and nothing of kofin: what it sees is what any client would see.
 * @module
 */
import { createSandbox, OPEN_BANKING_INSTITUTION, type OpenBankingSandboxOptions, type Sandbox } from "kofin/sandbox";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of unknown shape
export type Answer = any;

export const HOST = "https://testapi.openbanking.or.kr";
export const { clientId, clientSecret, useCode } = OPEN_BANKING_INSTITUTION;
export const REDIRECT_URI = OPEN_BANKING_INSTITUTION.redirectUris[0];
export const STATE = "0123456789abcdef0123456789abcdef";
/** 2026-01-15 10:30:00 in Seoul. */
export const NOW = Date.UTC(2026, 0, 15, 1, 30);
export const TRAN_DTIME = "20260115103000";

/** The address that a user's browser is sent to. */
export function authorizeUrl(changes: Record<string, string | undefined> = {}, host = HOST): string {
  const query = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    scope: "login inquiry transfer",
    state: STATE,
    auth_type: "0",
    ...changes,
  };
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${host}/oauth/2.0/authorize?${new URLSearchParams(given)}`;
}

export interface ConnectOptions extends OpenBankingSandboxOptions {
  /** What the first person consents to. Default login, inquiry and transfer. */
  consents?: string;
  host?: string;
}

/** A new sandbox on a clock that stands still, with a user's token and the institution's own. */
export async function connect({ consents, ...openBanking }: ConnectOptions = {}) {
  const clock = { now: NOW };
  const sandbox = createSandbox({ now: () => clock.now, openBanking });
  return { clock, ...(await connectTo(sandbox, { consents, scope: openBanking.scope })) };
}

/** The same with a sandbox that is there, wherever it answers. */
export async function connectTo(
  sandbox: Sandbox,
  {
    consents,
    scope = "oob",
    host = HOST,
  }: { consents?: string | undefined; scope?: string | undefined; host?: string } = {},
) {
  const { openBanking } = sandbox;
  const send = host === HOST ? sandbox.fetch : fetch;
  let count = 0;

  /** A bank_tran_id that was not used before. */
  const tranId = () => `${useCode}U${String(count++).padStart(9, "0")}`;
  const token = async (form: Record<string, string>): Promise<Answer> => {
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form });
    return (await send(`${host}/oauth/2.0/token`, { method: "POST", body })).json();
  };
  const codeFor = async (changes?: Record<string, string>, choice?: Parameters<typeof openBanking.consent>[1]) =>
    new URL(await openBanking.consent(authorizeUrl(changes), choice)).searchParams.get("code") ?? "";
  const userToken = async (changes?: Record<string, string>, choice?: Parameters<typeof openBanking.consent>[1]) => {
    const code = await codeFor(changes, choice);
    return token({ grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI });
  };

  const user = await userToken(consents === undefined ? {} : { scope: consents });
  const institution = await token({ grant_type: "client_credentials", scope });
  const bearers = { user: user.access_token as string, institution: institution.access_token as string };

  const headersFor = (who: keyof typeof bearers | { token: string }) => ({
    Authorization: `Bearer ${typeof who === "string" ? bearers[who] : who.token}`,
  });
  const raw = (path: string, init?: RequestInit) => send(`${host}${path}`, init);
  const get = async (path: string, query: Record<string, string>, who: Parameters<typeof headersFor>[0] = "user") =>
    (await raw(`${path}?${new URLSearchParams(query)}`, { headers: headersFor(who) })).json() as Promise<Answer>;
  const post = async (path: string, body: object, who: Parameters<typeof headersFor>[0] = "institution") =>
    (await raw(path, posting(body, headersFor(who)))).json() as Promise<Answer>;

  const [hong] = openBanking.users;
  const [account] = hong?.accounts ?? [];
  return {
    sandbox,
    openBanking,
    tranId,
    token,
    codeFor,
    userToken,
    user,
    institution,
    bearers,
    raw,
    get,
    post,
    userSeqNo: hong?.userSeqNo ?? "",
    fintechUseNum: account?.fintechUseNum ?? "",
    accountNum: account?.accountNum ?? "",
  };
}

export type Connection = Awaited<ReturnType<typeof connectTo>>;

export function posting(body: object, headers: Record<string, string>): RequestInit {
  return {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json; charset=UTF-8" },
    body: JSON.stringify(body),
  };
}

/** A withdrawal from the first person's first account, in full. */
export function withdrawal(here: Connection, changes: Record<string, unknown> = {}) {
  return {
    bank_tran_id: here.tranId(),
    cntr_account_type: "N",
    cntr_account_num: here.openBanking.contractAccounts.collecting,
    dps_print_content: "충전",
    fintech_use_num: here.fintechUseNum,
    wd_print_content: "오픈페이",
    tran_amt: "10000",
    tran_dtime: TRAN_DTIME,
    req_client_name: "홍길동",
    req_client_fintech_use_num: here.fintechUseNum,
    req_client_num: "HONG1234",
    transfer_purpose: "RC",
    ...changes,
  };
}

/** A deposit to the second person's first account, in full. */
export function deposit(here: Connection, item: Record<string, unknown> = {}, changes: Record<string, unknown> = {}) {
  return {
    cntr_account_type: "N",
    cntr_account_num: here.openBanking.contractAccounts.paying,
    wd_pass_phrase: "NONE",
    wd_print_content: "환급",
    name_check_option: "on",
    tran_dtime: TRAN_DTIME,
    req_cnt: "1",
    req_list: [
      {
        tran_no: "1",
        bank_tran_id: here.tranId(),
        bank_code_std: "097",
        account_num: "1000000000021",
        account_holder_name: "김한빛",
        print_content: "오픈페이 환급",
        tran_amt: "10000",
        req_client_name: "김한빛",
        req_client_bank_code: "097",
        req_client_account_num: "1000000000021",
        req_client_num: "KIM1234",
        transfer_purpose: "TR",
        ...item,
      },
    ],
    ...changes,
  };
}

export const WITHDRAW = "/v2.0/transfer/withdraw/fin_num";
export const DEPOSIT = "/v2.0/transfer/deposit/acnt_num";

/** Asks what became of a transfer: its bank_rsp_code, with everything around it. */
export async function resultOf(here: Connection, kind: "1" | "2", bankTranId: string, amount = "10000") {
  const item = { tran_no: "1", org_bank_tran_id: bankTranId, org_bank_tran_date: "20260115", org_tran_amt: amount };
  return here.post("/v2.0/transfer/result", {
    check_type: kind,
    tran_dtime: TRAN_DTIME,
    req_cnt: "1",
    req_list: [item],
  });
}
