/** Turns a body into what is sent: forms are texts already, everything else is JSON. */
export function serialize(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
