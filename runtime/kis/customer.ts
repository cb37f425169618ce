import { faultAt } from "./operation.js";

/** What KIS wants to know of a corporate customer (법인) with every call. */
export interface Corporate {
  /** 고객식별키, 180 characters. */
  personalSecKey: string;
  /** Of the person who calls, digits alone. */
  phoneNumber: string;
  /** The address that KIS has allowed. */
  ipAddress: string;
  macAddress?: string;
  /** Default `001`. */
  seqNo?: string;
  /** Makes the 32 characters by which KIS tells one transaction from another. Default a random UUID without its dashes. */
  gtUid?: () => string;
}

/** @throws InvalidInputError `CREDENTIALS_MISSING` for what is not there */
export function checkCorporate(corporate: Corporate): void {
  const needed = ["personalSecKey", "phoneNumber", "ipAddress"] as const;
  const missing = needed.find((name) => !corporate[name]);
  if (missing) throw faultAt({ id: "createKis" }, `corporate.${missing}`)("CREDENTIALS_MISSING", "is missing");
}
