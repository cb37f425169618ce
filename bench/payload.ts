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

/** A quote of a stock: as many fields as KIS sends, about 2.4 KB. */
export function quoteText(): string {
  const numbers = Array.from({ length: 70 }, (_, index) => [`stck_field_${index}`, String(71_500 + index)]);
  const output = { stck_shrn_iscd: "005930", stck_prpr: "71500", prdy_vrss_sign: "2", ...Object.fromEntries(numbers) };
  return JSON.stringify({ output, rt_cd: "0", msg_cd: "MCA00000", msg1: "정상처리 되었습니다." });
}
