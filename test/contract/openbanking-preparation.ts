/**
 * What has to happen at the center before an operation can do its work, and what of it goes into its input.
 * @module
 */
import { readCallback } from "kofin/openbanking";
import { token } from "kofin/openbanking/oauth";
import { returnClaim, transferDepositAcntNum, transferWithdrawFinNum } from "kofin/openbanking/transfer";
import type { Input } from "./example-input.js";
import {
  type Case,
  collecting,
  consent,
  paying,
  people,
  redirectUri,
  type Setup,
  STATE,
  TODAY,
} from "./openbanking-setup.js";
import { nameOf } from "./specs.js";

const { hong, kim } = people;
const WITHDRAWN = 30_000;
const DEPOSITED = 20_000;

const BEFORE: Readonly<Record<string, (setup: Setup, input: Input) => Promise<Input>>> = {
  "accountinfo.accountinfoList": async ({ sandbox, openBanking }) => {
    const asked = { accountinfo_yn: "Y", accountinfo_api_tran_id: "A1", accountinfo_list_num: "1" };
    return { auth_code: readCallback(await consent(sandbox, openBanking, asked), STATE).code };
  },
  "inquiry.inquiryRemitList": async (setup) => {
    await withdraw(setup);
    return {};
  },
  "oauth.token": async ({ sandbox, openBanking }, { grant_type }) => {
    if (grant_type === "client_credentials") return { scope: sandbox.openBanking.options.institutionScope };
    const { code } = readCallback(await consent(sandbox, openBanking), STATE);
    if (grant_type === "authorization_code") return { code };
    const { data } = await token(openBanking, { grant_type: "authorization_code", code, redirect_uri: redirectUri });
    return { refresh_token: data.refresh_token };
  },
  // Nobody knows the fields of this path, so the client fills none in.
  "oauth.revoke": async ({ sandbox, openBanking }) => {
    const { institutionScope: scope, clientId: client_id, clientSecret: client_secret } = sandbox.openBanking.options;
    const { data } = await token(openBanking, { grant_type: "client_credentials", scope });
    return { client_id, client_secret, access_token: data.access_token };
  },
  "transfer.transferResult": async (setup) => {
    const org_bank_tran_id = await withdraw(setup);
    const asked = { tran_no: 1, org_bank_tran_id, org_bank_tran_date: TODAY, org_tran_amt: WITHDRAWN };
    return { check_type: "1", req_cnt: 1, req_list: [asked] };
  },
  "transfer.returnClaim": async (setup) => ({
    org_bank_tran_id: await deposit(setup),
    org_bank_tran_date: TODAY,
    org_tran_amt: DEPOSITED,
  }),
  "transfer.returnResult": async (setup) => {
    const claim_bank_tran_id = await claim(setup);
    setup.sandbox.openBanking.answerClaim(claim_bank_tran_id, true);
    return { claim_bank_tran_id, claim_bank_tran_date: TODAY };
  },
};

/** The input of a case, with what came of what was done before. */
export async function prepared(setup: Setup, { operation, example: { input } }: Case): Promise<Input> {
  return { ...input, ...(await BEFORE[nameOf(operation)]?.(setup, input)) };
}

/** Returns the bank_tran_id, as the others do. */
async function withdraw({ openBanking }: Setup): Promise<string> {
  const { data } = await transferWithdrawFinNum(openBanking.user(hong.userSeqNo), {
    cntr_account_type: "N",
    cntr_account_num: collecting,
    dps_print_content: "충전",
    fintech_use_num: hong.fintechUseNum,
    tran_amt: WITHDRAWN,
    req_client_name: hong.name,
    req_client_fintech_use_num: hong.fintechUseNum,
    req_client_num: "HONG1234",
    transfer_purpose: "RC",
  });
  return String(data.bank_tran_id);
}

async function deposit({ openBanking }: Setup): Promise<string> {
  const item = {
    tran_no: 1,
    bank_code_std: "097",
    account_num: kim.accountNum,
    account_holder_name: kim.name,
    print_content: "환급",
    tran_amt: DEPOSITED,
    req_client_name: kim.name,
    req_client_bank_code: "097",
    req_client_account_num: kim.accountNum,
    req_client_num: "KIM1234",
    transfer_purpose: "TR",
  };
  const from = { cntr_account_type: "N", cntr_account_num: paying, wd_pass_phrase: "NONE", wd_print_content: "환급" };
  const { data } = await transferDepositAcntNum(openBanking, { ...from, req_list: [item] });
  return String(data.res_list?.[0]?.bank_tran_id);
}

async function claim(setup: Setup): Promise<string> {
  const { data } = await returnClaim(setup.openBanking, {
    org_bank_tran_id: await deposit(setup),
    org_bank_tran_date: TODAY,
    org_dps_bank_code_std: "097",
    org_dps_account_num: kim.accountNum,
    org_tran_amt: DEPOSITED,
    org_wd_bank_code_std: "097",
    claim_code: "02",
    total_return_yn: "Y",
    return_account_num: paying,
    use_org_contact: "0212345678",
    use_org_email: "ops@example.com",
  });
  return String(data.bank_tran_id);
}
