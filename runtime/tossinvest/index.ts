/**
 * Toss Securities (토스증권): the client. Its functions are in `kofin/tossinvest/<module>`.
 * @module
 */
export { createTossinvest, type Tossinvest, type TossinvestOptions } from "./client.js";
