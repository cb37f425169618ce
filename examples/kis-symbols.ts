/** Which symbols there are, and what they are called: the files that KIS publishes every day. They need no keys. */
import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
import { kosdaq, kospi, loadMaster, type MasterOptions, nas, streamMaster, theme } from "kofin/kis/masters";
import { fileCache } from "kofin/node";
import { kis, sandbox } from "./kis-client.js";
import { amount, step } from "./print.js";

/** From the sandbox, or once a day from KIS. */
const options: MasterOptions = sandbox
  ? { fetch: sandbox.options.fetch }
  : { cache: fileCache({ directory: ".kofin-masters" }) };

const wanted = process.argv[2] ?? "삼성";
step(`Stocks with ${wanted} in their name`);
const [stocks, ventures] = await Promise.all([loadMaster(kospi, options), loadMaster(kosdaq, options)]);
console.table(
  [...stocks.search(wanted), ...ventures.search(wanted)].map((stock) => ({
    단축코드: stock.mksc_shrn_iscd,
    종목명: stock.hts_kor_isnm,
    기준가: stock.stck_sdpr?.toLocaleString("ko-KR"),
    거래정지: stock.trht_yn,
    "증거금 비율": stock.marg_rate,
  })),
);

step("From a name to its price");
const hynix = stocks.find("SK하이닉스");
if (hynix) {
  const { data } = await inquirePrice(kis, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: hynix.mksc_shrn_iscd });
  console.log(`${hynix.hts_kor_isnm} (${hynix.mksc_shrn_iscd}): ${amount(data.output?.stck_prpr)}`);
}

step("The stocks of a theme");
const themes = await loadMaster(theme, options);
const first = themes.rows[0];
for (const { shrn_iscd } of themes.getAll(first?.theme_code ?? "")) {
  const stock = stocks.get(shrn_iscd) ?? ventures.get(shrn_iscd);
  console.log(`${first?.theme_name}: ${shrn_iscd} ${stock?.hts_kor_isnm ?? ""}`);
}

step("Row by row, without keeping the file: the kinds of securities on the Nasdaq");
const counts = new Map<string, number>();
for await (const { stis } of streamMaster(nas, options)) counts.set(stis, (counts.get(stis) ?? 0) + 1);
console.table({
  지수: counts.get("1") ?? 0,
  주식: counts.get("2") ?? 0,
  ETP: counts.get("3") ?? 0,
  워런트: counts.get("4") ?? 0,
});
