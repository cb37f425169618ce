/** What KIS says with each code of a control answer. */
export const CONTROL_MESSAGES = {
  OPSP0000: "SUBSCRIBE SUCCESS",
  OPSP0001: "UNSUBSCRIBE SUCCESS",
  OPSP0002: "ALREADY IN SUBSCRIBE",
  OPSP0003: "UNSUBSCRIBE ERROR(not found!)",
  OPSP0007: "SUBSCRIBE INTERNAL ERROR",
  OPSP0008: "MAX SUBSCRIBE OVER",
  OPSP0009: "SUBSCRIBE ERROR : mci send failed",
  OPSP0010: "SUBSCRIBE WARNING : invalid appkey",
  OPSP0011: "invalid approval : NOT FOUND",
  OPSP0017: "ERROR : htsid가잘못되었습니다",
  OPSP8991: "SUBSCRIBE ERROR : invalid tr_id",
  OPSP8992: "SUBSCRIBE ERROR : invalid tr_key",
  OPSP8993: "JSON PARSING ERROR : invalid tr_key",
  OPSP8994: "JSON PARSING ERROR : personalseckey not found",
  OPSP8995: "JSON PARSING ERROR : appsecret not found",
  OPSP8996: "ALREADY IN USE appkey",
  OPSP8997: "JSON PARSING ERROR : invalid tr_type",
  OPSP8998: "JSON PARSING ERROR : invalid custtype",
  OPSP8999: "resource not available (ALLOC_CALL_PARAM)",
  OPSP9990: "JSON PARSING ERROR : tr_key not found",
  OPSP9991: "JSON PARSING ERROR : input not found",
  OPSP9992: "JSON PARSING ERROR : body not found",
  OPSP9993: "JSON PARSING ERROR : internal error",
  OPSP9994: "JSON PARSING ERROR : INVALID appkey",
  OPSP9995: "JSON PARSING ERROR : resource not available",
  OPSP9996: "JSON PARSING ERROR : appkey",
  OPSP9997: "JSON PARSING ERROR : custtype not found",
  OPSP9998: "JSON PARSING ERROR : header not found",
  OPSP9999: "JSON PARSING ERROR : invalid json format",
} as const satisfies Record<string, string>;

export type ControlCode = keyof typeof CONTROL_MESSAGES;

export function isControlCode(code: string): code is ControlCode {
  return Object.hasOwn(CONTROL_MESSAGES, code);
}

/** Whether an answer with the code says what it is about. Those to what could not be read, or of a session, do not. */
export function isNamed(code: ControlCode): boolean {
  return /^OPSP00(0\d|1[01])$/.test(code);
}
