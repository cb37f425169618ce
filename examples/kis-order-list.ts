/** The orders of today, for the examples that send some. */
import { type DailyOrder, inquireDailyCcldPages } from "kofin/kis/domestic-stock-trading";
import { kis } from "./kis-client.js";
import { dayInSeoul } from "./seoul.js";

/** `CCLD_DVSN`: 00 all of them, 01 those that were filled (체결), 02 those that wait (미체결). */
export async function ordersToday(CCLD_DVSN: "00" | "01" | "02"): Promise<DailyOrder[]> {
  const orders: DailyOrder[] = [];
  const pages = inquireDailyCcldPages(kis, {
    action: "within3Months",
    INQR_STRT_DT: dayInSeoul(),
    INQR_END_DT: dayInSeoul(),
    SLL_BUY_DVSN_CD: "00",
    CCLD_DVSN,
    INQR_DVSN: "01",
    INQR_DVSN_3: "00",
    ORD_GNO_BRNO: "",
    EXCG_ID_DVSN_CD: "KRX",
  });
  for await (const { data } of pages) orders.push(...(data.output1 ?? []));
  return orders;
}
