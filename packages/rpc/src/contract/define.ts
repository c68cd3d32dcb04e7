import type { Contract, ContractDefinition } from './declarations.ts';
import { checkSchemas } from './schemas.ts';

const methodName = /^[a-z][A-Za-z0-9]{0,63}$/;

/**
 * Declares the contract of a port. The opening handshake compares name and version.
 * @param name kebab case; at most 64 characters
 * @param definition of the methods, the two sides and the limits
 * @returns the contract, for `serve` and `connect`
 * @throws if a method's name is not plain camel case, if a name is used twice towards the server, or if a schema cannot
 *   run on both sides
 */
export function contract<const Definition extends ContractDefinition>(
  name: string,
  definition: Definition,
): Contract<Definition> {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name)) throw new Error(`contract ${name}: the name must be kebab case`);
  if (!Number.isSafeInteger(definition.version)) throw new Error(`contract ${name}: the version must be an integer`);
  const { calls = {}, pushes = {}, streams = {} } = definition;
  const towardsServer = [calls, pushes.toServer ?? {}, streams].flatMap((group) => Object.keys(group));
  for (const method of [...towardsServer, ...Object.keys(pushes.toCaller ?? {})]) {
    if (!methodName.test(method)) throw new Error(`contract ${name}: ${method} is not a method name`);
  }
  const twice = towardsServer.find((method, index) => towardsServer.indexOf(method) !== index);
  if (twice) throw new Error(`contract ${name}: ${twice} is declared twice`);
  for (const group of [calls, pushes.toServer, pushes.toCaller, streams]) {
    for (const [method, declaration] of Object.entries(group ?? {})) checkSchemas(`${name}.${method}`, declaration);
  }
  return Object.freeze({ name, definition });
}
