/** A provider's stand-in. */
export interface Room {
  fetch(request: Request): Promise<Response>;
  /** Back to how it was when it was made. */
  reset(): void;
}
