/** Only texts with something in them count as texts: anything may arrive. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
