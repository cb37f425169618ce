import { InvalidInputError } from "./errors/invalid-input.js";

/**
 * Loads a package that kofin does not bring along, when it is needed.
 * @throws InvalidInputError `PACKAGE_MISSING`
 */
export async function need<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    const message = `${name} cannot be loaded: npm install ${name}`;
    throw new InvalidInputError("PACKAGE_MISSING", message, { provider: "kofin", field: name, cause });
  }
}
