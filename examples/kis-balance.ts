/**
 * What is in the account: stocks at home, stocks overseas, everything overseas with its currencies, and what can be bought with it.
 * Hovering over a field in an editor shows its Korean label; that is where the labels below come from.
 */
import {
  type BalanceHolding,
  type BalanceSummary,
  inquireBalancePages,
  inquirePsblOrder,
} from "kofin/kis/domestic-stock-trading";
import {
  inquirePresentBalancePages,
  type OverseasHolding,
  inquireBalancePages as overseasBalancePages,
  type PresentCurrency,
  type PresentSummary,
} from "kofin/kis/overseas-stock-trading";
import { kis } from "./kis-client.js";
import { amount, step } from "./print.js";

const summaryLabels: Record<keyof BalanceSummary, string> = {
  dnca_tot_amt: "예수금총금액",
  nxdy_excc_amt: "익일정산금액 (D+1 예수금)",
  prvs_rcdl_excc_amt: "가수도정산금액 (D+2 예수금)",
  cma_evlu_amt: "CMA평가금액",
  bfdy_buy_amt: "전일매수금액",
  thdt_buy_amt: "금일매수금액",
  nxdy_auto_rdpt_amt: "익일자동상환금액",
  bfdy_sll_amt: "전일매도금액",
  thdt_sll_amt: "금일매도금액",
  d2_auto_rdpt_amt: "D+2자동상환금액",
  bfdy_tlex_amt: "전일제비용금액",
  thdt_tlex_amt: "금일제비용금액",
  tot_loan_amt: "총대출금액",
  scts_evlu_amt: "유가평가금액",
  tot_evlu_amt: "총평가금액",
  nass_amt: "순자산금액",
  fncg_gld_auto_rdpt_yn: "융자금자동상환여부",
  pchs_amt_smtl_amt: "매입금액합계금액",
  evlu_amt_smtl_amt: "평가금액합계금액",
  evlu_pfls_smtl_amt: "평가손익합계금액",
  tot_stln_slng_chgs: "총대주매각대금",
  bfdy_tot_asst_evlu_amt: "전일총자산평가금액",
  asst_icdc_amt: "자산증감액",
  asst_icdc_erng_rt: "자산증감수익율",
};

step("주식 잔고 (inquireBalance)");
const holdings: BalanceHolding[] = [];
let summary: BalanceSummary = {};
// An account can have more rows than fit into one answer. `account` went to createKis, so it need not be said again.
const pages = inquireBalancePages(kis, { INQR_DVSN: "02", FUND_STTL_ICLD_YN: "N", PRCS_DVSN: "00" });
for await (const { data } of pages) {
  holdings.push(...(data.output1 ?? []));
  summary = data.output2?.[0] ?? summary; // every page repeats it
}
console.table(
  holdings.map((holding) => ({
    상품번호: holding.pdno,
    상품명: holding.prdt_name,
    보유수량: amount(holding.hldg_qty),
    매입평균가격: amount(holding.pchs_avg_pric),
    매입금액: amount(holding.pchs_amt),
    현재가: amount(holding.prpr),
    평가금액: amount(holding.evlu_amt),
    평가손익금액: amount(holding.evlu_pfls_amt),
  })),
);
for (const [field, label] of Object.entries(summaryLabels)) {
  const value = summary[field as keyof BalanceSummary];
  console.log(`${label}: ${field.endsWith("_yn") ? value : amount(value)}`);
}

step("매수가능조회 (inquirePsblOrder): 005930 at market price");
const power = await inquirePsblOrder(kis, {
  PDNO: "005930",
  ORD_DVSN: "01", // 시장가: counts with the price that a market order may reach
  CMA_EVLU_AMT_ICLD_YN: "N",
  OVRS_ICLD_YN: "N",
});
const { ord_psbl_cash, nrcvb_buy_amt, nrcvb_buy_qty } = power.data.output ?? {};
console.table({
  주문가능현금: amount(ord_psbl_cash),
  미수없는매수금액: amount(nrcvb_buy_amt),
  미수없는매수수량: amount(nrcvb_buy_qty),
});

step("해외주식 잔고 (inquireBalance): 미국");
const overseas: OverseasHolding[] = [];
for await (const { data } of overseasBalancePages(kis, { OVRS_EXCG_CD: "NASD", TR_CRCY_CD: "USD" })) {
  overseas.push(...(data.output1 ?? []));
}
console.table(
  overseas.map((holding) => ({
    해외상품번호: holding.ovrs_pdno,
    해외종목명: holding.ovrs_item_name,
    해외잔고수량: amount(holding.ovrs_cblc_qty),
    매입평균가격: amount(holding.pchs_avg_pric),
    현재가격: amount(holding.now_pric2),
    해외주식평가금액: amount(holding.ovrs_stck_evlu_amt),
    외화평가손익금액: amount(holding.frcr_evlu_pfls_amt),
  })),
);

step("해외주식 체결기준현재잔고 (inquirePresentBalance): all countries");
const currencies: PresentCurrency[] = [];
let total: PresentSummary = {};
const present = inquirePresentBalancePages(kis, {
  WCRC_FRCR_DVSN_CD: "02", // 외화; 01 in won
  NATN_CD: "000",
  TR_MKET_CD: "00",
  INQR_DVSN_CD: "00",
});
for await (const { data } of present) {
  currencies.push(...(data.output2 ?? []));
  total = data.output3 ?? total;
}
console.table(
  currencies.map((currency) => ({
    통화코드: currency.crcy_cd,
    외화예수금액: amount(currency.frcr_dncl_amt_2),
    최초고시환율: amount(currency.frst_bltn_exrt),
  })),
);
console.table({
  평가금액합계: amount(total.evlu_amt_smtl),
  평가손익금액합계: amount(total.evlu_pfls_amt_smtl),
  총자산금액: amount(total.tot_asst_amt),
});
