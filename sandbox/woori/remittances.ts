import { hms, ymd } from "../shared/clock.js";
import type { Json } from "../shared/json.js";
import { type Account, type Bank, isPayable, type WooriTransfer } from "./bank.js";
import { badInput, type Fields, type Refused, refusedByBank } from "./codes.js";
import type { Service } from "./service.js";

/** 해외송금: 가능금액 says what 실행 would come to, and moves nothing. */
export const remittanceServices: Readonly<Record<string, Service>> = {
  getFrgnRemittanceAvlAm(body, { bank }) {
    const quote = quoteFor(body, bank);
    return "refusal" in quote ? quote : { fields: quote.fields };
  },
  executeFrgnRemittance(body, { bank }) {
    const quote = quoteFor(body, bank);
    if ("refusal" in quote) return quote;
    const { account, amount, fee, foreign, fields } = quote;
    bank.carryOut({
      kind: "remittance",
      from: account.ACNO,
      bank: String(body.RCVG_BK_BIC_CD ?? ""),
      to: String(body.RNPE_ACT_MSTX ?? ""),
      amount,
      fee,
      foreign,
      memo: "해외송금",
      recipient: String(body.RNPE_NM_MSTX ?? ""),
    });
    return { fields };
  },
  // What tells the four sums apart is not documented: the first is everything, in won.
  getFrgnRemittanceSumAm(_, { bank }) {
    const sum = remittancesOf(bank).reduce((total, { amount }) => total + amount, 0);
    return { fields: { RMT_SUM_AM_1: sum, RMT_SUM_AM_2: 0, RMT_SUM_AM_3: 0, RMT_SUM_AM_4: 0 } };
  },
  // Before the first remittance, the example of the spec.
  getFrgnRemittanceList: (_, { bank }) => ({ fields: traceOf(remittancesOf(bank).at(-1)) }),
};

function remittancesOf(bank: Bank): WooriTransfer[] {
  return bank.transfers.filter(({ kind }) => kind === "remittance");
}

function traceOf(sent: WooriTransfer | undefined): Fields {
  if (!sent?.foreign) return {};
  const { at, from, to, bank, amount, fee, foreign } = sent;
  return {
    TBRMT_DRFB_DT: ymd(at),
    MTMS_DT: ymd(at),
    TRN_DTM: `${ymd(at)}${hms(at)}`,
    KRW_LNK_BKW_ACNO: from,
    FEE_BKW_ACNO: from,
    RNPE_ACT_MSTX: to,
    RCVG_BK_BIC_CD: bank,
    CUCD: foreign.currency,
    RMT_FC_AM: foreign.amount,
    PSTN_FC_AM: foreign.amount,
    CUS_APL_XRT: foreign.rate,
    PSTN_XRT: foreign.rate,
    PSTN_KRXC_AM: amount,
    LNK_SUM_AM: amount + fee,
  };
}

/** Won for one unit. */
const RATES: Readonly<Record<string, number>> = { USD: 1_380.5, EUR: 1_495.2, JPY: 9.21, CNY: 190.4 };
const CABLE_FEE = 8_000;
const REMITTANCE_FEE = 5_000;
/** Part of the spread that customers of the app are spared, in per cent. */
const PREFERENCE = 50;
const SPREAD = 0.01;

interface Quote {
  account: Account;
  amount: number;
  fee: number;
  foreign: NonNullable<WooriTransfer["foreign"]>;
  fields: Fields;
}

function quoteFor(body: Json, bank: Bank): Quote | Refused {
  const missing = ["WDR_ACNO", "CUCD", "RMT_FC_AM"].find((field) => !body[field]);
  if (missing) return badInput(missing, "SYSCD01000");
  const currency = String(body.CUCD);
  const base = RATES[currency];
  const account = bank.account(body.WDR_ACNO);
  const wanted = Number(body.RMT_FC_AM);
  if (!account || !isPayable(account)) return refusedByBank("noAccount");
  if (base === undefined) return refusedByBank("noCurrency");
  if (!(wanted > 0)) return badInput("RMT_FC_AM");
  const rate = rounded(base * (1 + SPREAD * (1 - PREFERENCE / 100)));
  const amount = Math.ceil(wanted * rate);
  const fee = CABLE_FEE + REMITTANCE_FEE;
  if (account.balance < amount + fee) return refusedByBank("noMoney");
  const fields = {
    BAS_XRT: base,
    CUS_APL_XRT: rate,
    XRT_PRME_RT: PREFERENCE,
    CUCD: currency,
    RMT_FC_AM: wanted,
    RMT_KRW_AM: amount,
    TLGFE: CABLE_FEE,
    RMT_FEE: REMITTANCE_FEE,
    FEE_TRFE: 0,
    FEE_CSH_AM: 0,
  };
  return { account, amount, fee, foreign: { currency, amount: wanted, rate }, fields };
}

function rounded(rate: number): number {
  return Math.round(rate * 100) / 100;
}
