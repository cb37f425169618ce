export type { ProviderData } from "./data.js";
export type { CallOptions, Client, PageOptions, Reply } from "./functions.js";
