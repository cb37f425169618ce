declare const list: unique symbol;

/**
 * A code of one list, where other lists of the provider have the same text for something else: plain text does not fit, the constants
 * of that list do (`…Codes` of the module).
 */
export type CodeOf<Value extends string, List extends string> = Value & { readonly [list]: List };
