/** Compares `given` with a secret in a time that depends only on the length of `given`. */
// @ts-nocheck

export function isSecret(given: Uint8Array, secret: Uint8Array): boolean {
  let difference = given.length ^ secret.length
  for (let i = 0; i < given.length; i++) difference |= (given[i] as number) ^ (secret[i % secret.length] ?? 0)
  return difference === 0
}
