/**
 * What the contract of Open Banking is tested with: two sandboxes, their users, and what the examples of the specs cannot know
 * of them.
 * @module
 */
import type { Operation } from "kofin/generator";
import {
  authorizeUrl,
  createOpenBanking,
  exchangeCode,
  type OpenBanking,
  type Reply,
  readCallback,
} from "kofin/openbanking";
import { createSandbox, type Sandbox } from "kofin/sandbox";
import { type Example, examplesOf, type Field, type Input, isNeeded } from "./example-input.js";
import { functionOf, nameOf, operationsIn, specsOf } from "./specs.js";

export type Call = (openBanking: OpenBanking, input?: Input) => Promise<Reply<unknown>>;

/** Whose token opens an operation: a user's, or that of an institution of either kind. The OAuth paths take none. */
export type Way = "user" | "oob" | "sa" | "none";

const NOON = Date.UTC(2026, 10, 21, 3);
export const TODAY = "20261121";
export const STATE = "0123456789abcdef0123456789abcdef";
const SCOPES = ["login", "inquiry", "transfer", "cardinfo", "fintechinfo", "insuinfo", "loaninfo"] as const;

const specs = specsOf("openbanking");
export const operations = operationsIn(specs);
const now = () => NOON;
const sandboxes = {
  oob: createSandbox({ specs, now }),
  sa: createSandbox({ specs, now, openBanking: { scope: "sa" } }),
};

/** A sandbox as new, in which the first person has consented to everything. */
export async function setup(way: Way) {
  const sandbox = sandboxes[way === "sa" ? "sa" : "oob"];
  sandbox.reset();
  const openBanking = createOpenBanking({ ...sandbox.openBanking.options, fetch: throughThePage(sandbox), now });
  const back = await consent(sandbox, openBanking);
  const { userSeqNo } = await exchangeCode(openBanking, readCallback(back, STATE));
  return { sandbox, openBanking, caller: way === "user" ? openBanking.user(userSeqNo) : openBanking };
}

export type Setup = Awaited<ReturnType<typeof setup>>;

/** The address that the browser comes back to. */
export function consent(sandbox: Sandbox, openBanking: OpenBanking, changes = {}): Promise<string> {
  const { url } = authorizeUrl(openBanking, { scope: SCOPES, state: STATE, ...changes });
  return sandbox.openBanking.consent(url);
}

/**
 * 사용자인증 is answered with pages, and only when a person has clicked through them with what the specs describe: the way back. Here
 * nobody clicks.
 */
function throughThePage({ fetch, openBanking }: Sandbox): Sandbox["fetch"] {
  const answer = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, init);
    const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
    return isPage ? Response.redirect(await openBanking.consent(String(input)), 302) : response;
  };
  return Object.assign(answer, { getBody: true } as const);
}

const setting = await setup("sa");
const { openBanking: controls } = setting.sandbox;
const [hong, kim] = controls.users;
const [account] = hong?.accounts ?? [];
const [hers] = kim?.accounts ?? [];
if (!hong || !kim || !account || !hers) throw new Error("The sandbox has no people");

/** The user whose token is asked for, and somebody who has never consented. */
export const people = {
  hong: { ...hong, fintechUseNum: account.fintechUseNum, accountNum: account.accountNum },
  kim: { ...kim, accountNum: hers.accountNum },
};
export const { collecting, paying } = controls.contractAccounts;
export const { redirectUri, useCode } = controls.options;

export function callOf({ module, id }: Pick<Operation, "module" | "id">): Promise<Call> {
  return functionOf<Call>("openbanking", module, id);
}

/** What the people of the sandbox have beside accounts, as its lists call it. */
async function firstOf(module: string, id: string, list: string, bank_code_std: string): Promise<Input> {
  const call = await callOf({ module, id });
  const card = module === "card" && { member_bank_code: bank_code_std };
  const { data } = await call(setting.openBanking, { user_seq_no: people.hong.userSeqNo, bank_code_std, ...card });
  const [first] = (data as Record<string, Input[]>)[list] ?? [];
  if (!first) throw new Error(`The sandbox has nothing in ${list}`);
  return first;
}

const card = await firstOf("card", "cards", "card_list", "381");
const purse = await firstOf("pay", "pays", "faceofbill_list", "474");
const insurance = await firstOf("insurance", "insurances", "insu_list", "436");
const loan = await firstOf("loan", "loans", "loan_list", "304");

/** What the examples of the specs cannot know of the sandbox, by field. Null leaves it out. */
const KNOWN: Readonly<Record<string, unknown>> = {
  user_seq_no: people.hong.userSeqNo,
  user_ci: people.hong.ci,
  fintech_use_num: people.hong.fintechUseNum,
  account_num: people.hong.accountNum,
  wd_account_num: people.hong.accountNum,
  account_holder_name: people.hong.name,
  card_id: card.card_id,
  faceofbill_id: purse.faceofbill_id,
  insu_num: insurance.insu_num,
  cntr_account_num: paying,
  return_account_num: paying,
  redirect_uri: redirectUri,
  state: STATE,
  from_date: "20260901",
  to_date: TODAY,
  accountinfo_yn: "N",
  // An account and a 핀테크이용번호 stand for each other, and never beside each other.
  req_client_fintech_use_num: null,
  org_dps_fintech_use_num: null,
  // The first page must not carry it, not even empty.
  befor_inquiry_trace_info: null,
};

/** The same where an operation has its own view of a field. */
const KNOWN_HERE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "inquiry.inquiryRemitList": { account_num: collecting },
  "inquiry.inquiryReceive": { fintech_use_num: null },
  "loan.loansBasic": { account_num: loan.account_num, from_date: "20240101" },
  "transfer.transferWithdrawFinNum": { cntr_account_num: collecting },
  "transfer.transferWithdrawAcntNum": { cntr_account_num: collecting },
  "transfer.returnClaim": { org_dps_account_num: people.kim.accountNum },
  "user.userRegister": {
    user_ci: people.kim.ci,
    user_name: people.kim.name,
    user_info: people.kim.birth,
    register_account_num: people.kim.accountNum,
  },
};

const REQUESTER = ["req_client_bank_code", "req_client_account_num"];
const RECIPIENT = ["recv_client_name", "recv_client_bank_code", "recv_client_account_num"];

/** Documents call these optional, and the center's rules still ask for one of them or the other. */
const LEAST: Readonly<Record<string, readonly string[]>> = {
  "account.accountCancel": ["fintech_use_num"],
  "inquiry.inquiryReceive": ["bank_code_std", "account_num", ...REQUESTER],
  "transfer.returnClaim": ["org_dps_bank_code_std", "org_dps_account_num"],
  "transfer.transferDepositAcntNum": ["account_holder_name", ...REQUESTER],
  "transfer.transferDepositFinNum": REQUESTER,
  "transfer.transferWithdrawAcntNum": [...REQUESTER, ...RECIPIENT],
  "transfer.transferWithdrawFinNum": [...REQUESTER, ...RECIPIENT],
  "user.userRegister": ["info_prvd_agmt_yn"],
};

/** The tokens that open an operation, first the one that most will use. */
export function waysInto({ auth }: Operation): Way[] {
  if (auth === undefined) return ["user", "oob", "sa"];
  if (auth === "none") return ["none"];
  const { user, institution = [] } = auth;
  return [...(user === undefined ? [] : ["user" as const]), ...(institution as Way[])];
}

export interface Case {
  operation: Operation;
  example: Example;
  way: Way;
}

function casesOf(operation: Operation, title: string, passes: (field: Field) => boolean): [string, Case][] {
  const here = KNOWN_HERE[nameOf(operation)] ?? {};
  const known = ({ name }: Field) => (name in here ? here[name] : KNOWN[name]);
  const examples = examplesOf(operation, { known, passes });
  return waysInto(operation).flatMap((way) =>
    examples.map((example): [string, Case] => [
      [nameOf(operation), example.title, way, title].filter((part) => part && part !== "none").join(" · "),
      { operation, example, way },
    ]),
  );
}

/** Every operation with each kind of token, in full. */
export const fullCases = operations.flatMap((operation) => casesOf(operation, "", () => true));

/** The same with as little as possible. */
export const leanCases = operations.flatMap((operation) => {
  const least = LEAST[nameOf(operation)] ?? [];
  return casesOf(operation, "with as little as possible", (field) => isNeeded(field) || least.includes(field.name));
});
