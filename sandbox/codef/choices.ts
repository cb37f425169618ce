/**
 * 추가인증 that lets the user choose: what is offered, and whether an answer is one of the offers.
 * @module
 */
import { isRecord, type Json } from "../shared/json.js";

interface Choice {
  /** The list in `extraInfo`. */
  list: string;
  /** The field of a row that is sent back. */
  value: string;
  rows: readonly Json[];
}

/** By method, which is the field of the answer. */
const CHOICES: Readonly<Record<string, Choice>> = {
  reqAddress: {
    list: "reqAddrList",
    value: "reqAddress",
    rows: [{ reqAddress: "서울특별시 중구 가나로 11" }, { reqAddress: "서울특별시 중구 가나로 11-1" }],
  },
  dongNum: {
    list: "reqDongNumList",
    value: "commDongNum",
    rows: [
      { reqDong: "101동", commDongNum: "1" },
      { reqDong: "102동", commDongNum: "2" },
    ],
  },
  hoNum: {
    list: "reqHoNumList",
    value: "commHoNum",
    rows: [
      { reqHo: "101호", commHoNum: "1" },
      { reqHo: "1201호", commHoNum: "2" },
    ],
  },
  uniqueNo: {
    list: "resAddrList",
    value: "commUniqueNo",
    rows: [
      { commUniqueNo: "11012026000001", commAddrLotNumber: "서울특별시 중구 가나동 11", resUserNm: "홍길동" },
      { commUniqueNo: "11012026000002", commAddrLotNumber: "서울특별시 중구 가나동 11-1", resUserNm: "김한빛" },
    ],
  },
};

/** What there is to choose from, the right answer among it; undefined when the method is no choice. */
export function choicesFor(method: string, answer: string | undefined): Json | undefined {
  const choice = choiceOf(method);
  if (!choice) return undefined;
  const { list, value, rows } = choice;
  const [first = {}, ...others] = rows;
  const isOffered = answer === undefined || rows.some((row) => row[value] === answer);
  return { [list]: isOffered ? rows : [{ ...first, [value]: answer }, ...others] };
}

/** Whether the answer is one of those in `extraInfo`. What offers nothing takes anything. */
export function isOffered(method: string, answer: unknown, extraInfo: Json): boolean {
  const choice = choiceOf(method);
  const offered = choice && extraInfo[choice.list];
  if (!choice || offered === undefined) return true;
  const rows = (Array.isArray(offered) ? offered : [offered]).filter(isRecord);
  return rows.some((row) => row[choice.value] === answer);
}

function choiceOf(method: string): Choice | undefined {
  return Object.hasOwn(CHOICES, method) ? CHOICES[method] : undefined;
}
