/** A bank account with its transactions: Korean text, URL-encoded as CODEF sends it, about 5.7 KB on the wire. */
export function answerText(): string {
  const rows = Array.from({ length: 12 }, (_, index) => ({
    resAccountTrDate: "20260628",
    resAccountTrTime: "095900",
    resAccountOut: String(1000 + index),
    resAccountIn: "0",
    resAccountDesc1: "(주)한빛상사",
    resAccountDesc2: "인터넷",
    resAccountDesc3: "오전 출금",
    resAccountDesc4: "",
    resAfterTranBalance: String(13_634_000 - index),
  }));
  const envelope = {
    result: { code: "CF-00000", extraMessage: "", message: "성공", transactionId: "aedb0cade44f44e48a5f3181c2fe9a96" },
    data: {
      resAccount: "05300000004040",
      resAccountName: "기업자유예금",
      resAccountBalance: "19615",
      resTrHistoryList: rows,
    },
  };
  return encodeURIComponent(JSON.stringify(envelope)).replaceAll("%20", "+");
}

/** A balance (잔액조회) as the Open Banking center sends it, about 0.6 KB. */
export function balanceText(): string {
  return JSON.stringify({
    api_tran_id: "2ffd133a-d17a-431d-a6a5-51acb3ee9ab4",
    api_tran_dtm: "20260630095900123",
    rsp_code: "A0000",
    rsp_message: "",
    bank_tran_id: "T000000000U000000001",
    bank_tran_date: "20260630",
    bank_code_tran: "097",
    bank_rsp_code: "000",
    bank_rsp_message: "",
    bank_name: "오픈은행",
    savings_bank_name: "",
    fintech_use_num: "123456789012345678901234",
    balance_amt: "1000000",
    available_amt: "1000000",
    account_type: "1",
    product_name: "내맘대로통장",
    account_issue_date: "20200101",
    maturity_date: "",
    last_tran_date: "20260628",
  });
}

/** Transactions of an account (거래내역조회) as Woori sends them. */
export function transactionsText(): string {
  const GRID = Array.from({ length: 12 }, (_, index) => ({
    TRN_DT: "20260628",
    TRN_TM: "095900",
    CUCD: "KRW",
    RCV_AM: 0,
    PAY_AM: 1000 + index,
    DPS_BAL: 13_634_000 - index,
    TRN_TXT: "오전 출금",
    RQSPE_NM: "(주)한빛상사",
    PID_SQ: index + 1,
    TRN_STCD: "1",
  }));
  return JSON.stringify({ dataHeader: { GLBL_ID: "" }, dataBody: { GRID_CNT: GRID.length, GRID } });
}

/** A quote of a stock: as many fields as KIS sends, about 2.4 KB. */
export function quoteText(): string {
  const numbers = Array.from({ length: 70 }, (_, index) => [`stck_field_${index}`, String(71_500 + index)]);
  const output = { stck_shrn_iscd: "005930", stck_prpr: "71500", prdy_vrss_sign: "2", ...Object.fromEntries(numbers) };
  return JSON.stringify({ output, rt_cd: "0", msg_cd: "MCA00000", msg1: "정상처리 되었습니다." });
}

/** Kiwoom's 주식기본정보: 45 texts beside the envelope. */
export function stockInfoText(): string {
  const fields = Array.from({ length: 45 }, (_, at) => [`field_${at}`, `+${61_300 + at}`]);
  const known = { stk_cd: "005930", stk_nm: "삼성전자", cur_prc: "+61300" };
  return JSON.stringify({
    return_code: 0,
    return_msg: "정상적으로 처리되었습니다",
    ...known,
    ...Object.fromEntries(fields),
  });
}
