import type { Challenge } from "./challenge.js";

/** 보안문자 to show to the user. */
export interface CaptchaImage {
  /** Media type, such as `image/png`. */
  type: string;
  bytes: Uint8Array;
}

const DATA_URL = /^data:([^;,]+);base64,(.+)$/s;

/** The image of a challenge whose method is `secureNo`; undefined when it came without one. */
export function captchaImage(challenge: Pick<Challenge, "extraInfo">): CaptchaImage | undefined {
  const [, type, base64] = DATA_URL.exec(String(challenge.extraInfo.reqSecureNo ?? "")) ?? [];
  if (!type || !base64) return undefined;
  return { type, bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) };
}
