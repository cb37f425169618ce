import { faults } from "../call/index.js";

/** Makes the error for one field of what a caller passes. */
export const faultAt = /* @__PURE__ */ faults("woori");
