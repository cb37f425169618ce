/** Only texts count as texts: anything may arrive. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
