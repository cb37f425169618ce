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
