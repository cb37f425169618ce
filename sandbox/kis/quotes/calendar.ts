/**
 * 휴장일, and the trading days around today.
 * @module
 */
import { EXCHANGES } from "../../exchange/market/exchanges.js";
import {
  dateOf,
  dayAt,
  dayOf,
  isTradingDay,
  latestTradingDay,
  tradingDay,
  VENUES,
  weekday,
} from "../../exchange/market/venue.js";
import { hms } from "../../shared/clock.js";
import { type Call, type Handler, inputOf, type Outcome } from "../call.js";
import { codesOf } from "../exchange-codes.js";
import { type Facts, known } from "../facts.js";

/** Days that one question about holidays looks over, before it is cut into pages. */
const HORIZON = 60;

const holidays: Handler = (call) => {
  const from = dayOf(inputOf(call, "BASS_DT")) ?? dayAt(VENUES.korea, call.market.now);
  return { sections: { output: Array.from({ length: HORIZON }, (_, ahead) => dayFacts(from + ahead)) } };
};

function dayFacts(day: number): Facts {
  const isOpen = isTradingDay(VENUES.korea, day) ? "Y" : "N";
  return known({
    bass_dt: dateOf(day),
    // 01 is Sunday.
    wday_dvsn_cd: String(weekday(day) + 1).padStart(2, "0"),
    bzdy_yn: isOpen,
    tr_day_yn: isOpen,
    opnd_yn: isOpen,
    sttl_day_yn: isOpen,
  });
}

/** 해외결제일자: what is bought on a day is paid two trading days later, there and here. */
const settlements: Handler = (call) => {
  const today = dayOf(inputOf(call, "TRAD_DT")) ?? dayAt(VENUES.korea, call.market.now);
  const rows = EXCHANGES.map((exchange) => {
    const { nation, nationName, nationShort, name, venue } = exchange;
    const paid = tradingDay(venue, tradingDay(venue, today, 1), 1);
    return known({
      prdt_type_cd: codesOf(exchange)?.types[0],
      tr_natn_cd: nation,
      tr_natn_name: nationName,
      natn_eng_abrv_cd: nationShort,
      tr_mket_name: name,
      acpl_sttl_dt: dateOf(paid),
      dmst_sttl_dt: dateOf(isTradingDay(VENUES.korea, paid) ? paid : tradingDay(VENUES.korea, paid, 1)),
    });
  });
  return { sections: { output: rows } };
};

/** 국내선물 영업일: the last five trading days, today's among them. */
function businessDays({ market: { now } }: Call): Outcome {
  let day = latestTradingDay(VENUES.korea, dayAt(VENUES.korea, now));
  const dates: Record<string, string> = {};
  for (let number = 1; number <= 5; number++) {
    dates[`date${number}`] = dateOf(day);
    day = tradingDay(VENUES.korea, day, -1);
  }
  const clock = { today: dateOf(dayAt(VENUES.korea, now)), time: hms(now), s_time: "084500", e_time: "154500" };
  return { sections: { output1: known({ ...dates, ...clock }) } };
}

export const CALENDAR: Readonly<Record<string, Handler>> = {
  "/uapi/domestic-stock/v1/quotations/chk-holiday": holidays,
  "/uapi/overseas-stock/v1/quotations/countries-holiday": settlements,
  "/uapi/domestic-stock/v1/quotations/market-time": businessDays,
};
