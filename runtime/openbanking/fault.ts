import { faults } from "../call/fault.js";

/** Makes the error for one field of what a caller passes to an operation. */
export const faultAt = /* @__PURE__ */ faults("openbanking");
