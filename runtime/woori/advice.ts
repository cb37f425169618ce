import type { Advice } from "../errors/advice.js";
import type { WooriOperation } from "./operation.js";

/** The advice of `specs/woori/result-codes.yaml`, in short: a test holds the two together. */
const ADVICE: { readonly [advice in Advice]?: string } = {
  "fix-request": "01000 01001 01004 01005 01006 01008 01009 02001 02101 02102 02103 02901 03002 03003",
  "check-outcome": "01003 01007 01999 03201 09999",
  "ask-user": "01002",
  "renew-token": "03001",
  retry: "03101",
  limit: "03102",
  report: "03901",
};

/** 전문 처리 오류: the bank's own system has refused, and `ERRORLIST` says why. */
const REFUSED_INSIDE = "SYSCD01002";

/** What beside the code decides. */
interface Circumstances extends Pick<WooriOperation, "retry"> {
  status: number;
  /** `ERRORLIST` says something. */
  told: boolean;
  /** Somebody else than the bank has answered. */
  isOpen: true | undefined;
}

/**
 * What a program should do about a refusal. Where a repeat could move money twice, a refusal without the reason that belongs to
 * it, a system code that nobody knows or a server in trouble leaves open whether it happened; elsewhere what nobody knows is
 * `report`.
 */
export function adviceOf(code: string, { retry, status, told, isOpen: isForeign }: Circumstances): Advice {
  const number = /^SYSCD(\d{5})$/.exec(code)?.[1];
  const listed = number && (Object.keys(ADVICE) as Advice[]).find((advice) => ADVICE[advice]?.includes(number));
  const isOpen = isForeign || (listed ? code === REFUSED_INSIDE && !told : number || status >= 500);
  if (retry === "never" && isOpen) return "check-outcome";
  return listed || "report";
}
