/** Where generated code imports a provider's runtime from. */
export interface Runtime {
  /** What functions of operations are made of, and the client's type. */
  functions: string;
  /** Where `provider.ts` takes its types from, for a provider that is data alone. */
  provider: string;
  /** What functions of feeds are made of. */
  realtime: string;
  /** What reads symbol master files. */
  masters: string;
}
