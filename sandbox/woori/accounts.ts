import { type Account, isPayable } from "./bank.js";
import { type Fields, refusedByBank } from "./codes.js";
import { compact } from "./forms.js";
import type { Service } from "./service.js";

/** 거래내역, 계좌기본, 전계좌, and the accounts that loans may be paid to. */
export const accountServices: Readonly<Record<string, Service>> = {
  getAccTransList({ INQ_ACNO, INQ_STA_DT, INQ_END_DT }, { bank }) {
    const account = bank.account(INQ_ACNO);
    if (!account) return refusedByBank("noAccount");
    const [from, to] = [compact(INQ_STA_DT), compact(INQ_END_DT)];
    const entries = account.entries.filter(({ date }) => from <= date && date <= to);
    return { fields: { GRID: entries.map((entry) => rowOf(account, entry)).reverse() } };
  },
  getAccBasicInfo({ INQ_ACNO }, { bank }) {
    const account = bank.account(INQ_ACNO);
    if (!account) return refusedByBank("noAccount");
    const { ACNO, CUCD, PDCD, NEW_DT, XPR_DT, balance } = account;
    return { fields: { ACNO, CUCD, PDCD, NEW_DT, XPR_DT, CT_BAL: balance } };
  },
  getIndivAllAccInfo: (_, { bank }) => ({ fields: { GRID: bank.accounts.map(shown) } }),
  getWithdrawAccnt: (_, { bank }) => ({ fields: { GRID: bank.accounts.filter(isPayable).map(shown) } }),
  getCreditLoanBasicInfo: (_, { bank }) => ({
    fields: { ERR_TXT: "", ACCOUNT_LIST: bank.accounts.filter(isPayable).map(({ ACNO }) => ({ CUS_USG_ACNO: ACNO })) },
  }),
};

function shown(account: Account): Fields {
  const { ACNO, PDCD, PRD_NM, CUCD, ACCT_KND, NEW_DT, XPR_DT, balance, entries } = account;
  const isWon = CUCD === "KRW";
  return {
    ACNO,
    PDCD,
    PRD_NM,
    CUCD,
    ACCT_KND,
    NEW_DT,
    XPR_DT,
    PBOK_BAL: isWon ? balance : 0,
    FAXC_BAL: isWon ? 0 : balance,
    WDR_AVL_AM: isPayable(account) ? balance : 0,
    LST_TRN_DT: entries.at(-1)?.date ?? NEW_DT,
    ADNT_RGS_YN: "N",
    PSKL_ACT_YN: "N",
    ACT_STCD: "A",
  };
}

function rowOf({ CUCD }: Account, { date, time, amount, balance, memo, party }: Account["entries"][number]): Fields {
  return {
    TRN_DT: date,
    TRN_TM: time,
    CUCD,
    RCV_AM: Math.max(amount, 0),
    PAY_AM: Math.max(-amount, 0),
    DPS_BAL: balance,
    TRN_TXT: memo,
    RQSPE_NM: party,
  };
}
