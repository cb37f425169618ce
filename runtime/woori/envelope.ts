import type { WooriOperation } from "./operation.js";

/** Whether an operation belongs to the business APIs: they speak in `{ dataHeader, dataBody }`, those below `/oap/` do not. */
export function isBusiness({ path }: Pick<WooriOperation, "path">): boolean {
  return path.startsWith("/oai/");
}
