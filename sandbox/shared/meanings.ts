import type { ResultCode } from "../../generator/model.js";

/** What codes mean, by the specs; nothing for those that they do not have. */
export function meaningsOf(codes: readonly ResultCode[] = []): (code: string) => string {
  const meanings = new Map(codes.map(({ code, meaning }) => [code, meaning]));
  return (code) => meanings.get(code) ?? "";
}
