/**
 * Users of an institution: who they are, how they join (자체인증) and how they leave.
 * @module
 */
import type { Json } from "../../shared/json.js";
import { COMPANIES } from "../assets.js";
import { bankHead, type Call, type Handler, memberOf, refusedByBank } from "../call.js";
import type { AssetKind, Member } from "../registrations.js";
import { seconds } from "../time.js";
import { badFormat, Refusal } from "../wire.js";
import { registeredAccount } from "./accounts.js";

export const userHandlers: Readonly<Record<string, Handler>> = {
  "/v2.0/user/me": me,
  "/v2.0/user/unlink": unlink,
  "/v2.0/user/close": close,
  "/v2.0/user/register": register,
  "/v2.0/user/register_card": registerCard,
};

function me(call: Call) {
  const member = memberOf(call, call.input.user_seq_no);
  const { user } = member;
  const accounts = call.center.registrations
    .list(call.useCode, user.userSeqNo)
    .filter(({ cancelled }) => !cancelled)
    .map((registration) => ({ ...registeredAccount(call, registration), payer_num: registration.payerNum }));
  return {
    data: {
      user_seq_no: user.userSeqNo,
      user_ci: user.ci,
      user_name: user.name,
      user_info: user.birth,
      user_gender: user.gender,
      user_cell_no: user.cellNo,
      user_email: user.email,
      res_cnt: String(accounts.length),
      res_list: accounts,
      ...assetFields("card", "cards", member, { member_bank_code: COMPANIES.cards }),
      ...assetFields("pay", "pays", member),
      ...assetFields("insurance", "insurances", member),
      ...assetFields("loan", "loans", member),
    },
  };
}

/** The companies that may be asked for the user's assets of a kind: one of them, or none. */
function assetFields(word: string, kind: AssetKind, { assets }: Member, more: Json = {}): Json {
  const at = assets.get(kind);
  const rows = at === undefined ? [] : [{ bank_code_std: COMPANIES[kind], ...more, inquiry_agree_dtime: seconds(at) }];
  return { [`inquiry_${word}_cnt`]: String(rows.length), [`inquiry_${word}_list`]: rows };
}

/** The user's tokens end; accounts stay as they are. */
function unlink(call: Call) {
  needOwnCode(call);
  const { user } = memberOf(call, call.input.user_seq_no);
  call.center.tokens.revokeUser(call.holder.institution.clientId, user.userSeqNo);
  return {};
}

/** Tokens stay valid, so that whoever asks again hears A0014, 탈퇴한 회원. */
function close(call: Call) {
  needOwnCode(call);
  call.center.registrations.close(call.useCode, memberOf(call, call.input.user_seq_no));
  return {};
}

function needOwnCode({ input, useCode }: Call): void {
  if (input.client_use_code !== useCode) throw badFormat("client_use_code");
}

function register(call: Call) {
  const { input, center, useCode, now, texts } = call;
  const kind = input.scope;
  if (kind !== "inquiry" && kind !== "transfer") throw badFormat("scope");
  if (kind === "inquiry" && input.info_prvd_agmt_yn !== "Y") throw new Refusal("A0305");
  if (kind === "transfer" && input.wd_agmt_yn !== "Y") throw new Refusal("A0306");
  const account = center.bank.find(input.bank_code_std, input.register_account_num);
  if (!account) throw refusedByBank(call, "412");
  if (account.holder !== input.user_name) throw new Refusal("A0312");
  const user = center.users.ownerOf(account);
  if (!user || user.birth !== input.user_info) throw refusedByBank(call, "463");
  if (user.ci !== input.user_ci) throw new Refusal("A0313");
  if (center.registrations.of(useCode, account)?.[kind].state === "agreed") {
    throw new Refusal(kind === "inquiry" ? "A0324" : "A0325");
  }
  center.registrations.join(useCode, user);
  const registration = center.registrations.register(useCode, user, account, [kind], now);
  const head = bankHead(call);
  const withdrawals = kind === "transfer";
  return {
    data: {
      ...head,
      bank_name: texts.bankName(account.bankCode),
      savings_bank_name: "",
      user_seq_no: user.userSeqNo,
      fintech_use_num: registration.fintechUseNum,
      payer_num: registration.payerNum,
      account_type: account.type,
      transfer_bank_tran_id: withdrawals ? head.bank_tran_id : "",
      transfer_bank_tran_date: withdrawals ? head.bank_tran_date : "",
    },
  };
}

function registerCard(call: Call) {
  const { input, center, useCode, now, texts } = call;
  if (input.scope !== "cardinfo") throw badFormat("scope");
  if (input.info_prvd_agmt_yn !== "Y") throw new Refusal("A0305");
  const user = center.users.byCi(input.user_ci);
  if (!user || user.name !== input.user_name) throw new Refusal("A0313");
  if (input.bank_code_std !== COMPANIES.cards) throw refusedByBank(call, "555");
  center.registrations.join(useCode, user).assets.set("cards", now);
  return { data: { ...bankHead(call), bank_name: texts.bankName(COMPANIES.cards), user_seq_no: user.userSeqNo } };
}
