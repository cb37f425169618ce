import type { ProviderCall } from "./call.js";
import { codefCall } from "./codef.js";
import { kisCall } from "./kis.js";
import { kiwoomCall } from "./kiwoom.js";
import { openBankingCall } from "./openbanking.js";
import { wooriCall } from "./woori.js";

/** Every provider's call, by the names of the package's subpaths. */
export const calls: Readonly<Record<string, ProviderCall>> = {
  codef: codefCall,
  kis: kisCall,
  kiwoom: kiwoomCall,
  openbanking: openBankingCall,
  woori: wooriCall,
};
