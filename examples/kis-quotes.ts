/** What a stock costs, at home and overseas. */
import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
import { price, priceDetail } from "kofin/kis/overseas-stock-quotations";
import { kis } from "./kis-client.js";
import { amount, step } from "./print.js";

step("005930 삼성전자");
const domestic = await inquirePrice(kis, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" });
const samsung = domestic.data.output ?? {};
console.table({
  현재가: amount(samsung.stck_prpr),
  "전일 대비": `${amount(samsung.prdy_vrss)} (${samsung.prdy_ctrt}%)`,
  시가: amount(samsung.stck_oprc),
  고가: amount(samsung.stck_hgpr),
  저가: amount(samsung.stck_lwpr),
  "누적 거래량": amount(samsung.acml_vol),
  상한가: amount(samsung.stck_mxpr),
  하한가: amount(samsung.stck_llam),
  PER: samsung.per,
  PBR: samsung.pbr,
});

step("AAPL 애플");
const apple = { EXCD: "NAS", SYMB: "AAPL" };
const overseas = (await price(kis, apple)).data.output ?? {};
console.table({
  현재가: amount(overseas.last),
  전일종가: amount(overseas.base),
  등락율: `${overseas.rate?.trim()}%`,
  거래량: amount(overseas.tvol),
});

// The host for mock trading does not have every product. kofin knows which: it would refuse the call before it is sent.
if (kis.environment === "real") {
  step("AAPL 애플, 상세");
  const detail = (await priceDetail(kis, apple)).data.output ?? {};
  console.table({
    시가: amount(detail.open),
    고가: amount(detail.high),
    저가: amount(detail.low),
    "52주최고가": amount(detail.h52p),
    "52주최저가": amount(detail.l52p),
    PER: detail.perx,
    당일환율: amount(detail.t_rate),
    원환산당일가격: amount(detail.t_xprc),
  });
}
