import { unshownArgument } from '@bercon/core'

const PLAIN = ['string', 'number', 'boolean', 'undefined']

/**
 * Refuses what cannot cross to another thread, where all else about the values is checked.
 *
 * @throws {@link InvalidArgumentError} naming the value, which is not shown: it may be a password.
 */
export function checkPlain(values: object): void {
  for (const [name, value] of Object.entries(values))
    if (!PLAIN.includes(typeof value)) throw unshownArgument(name, value, 'a text or a number')
}
