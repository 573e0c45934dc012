// @ts-nocheck
import { InvalidArgumentError } from '@bercon/core'
import { checkNumber } from '@bercon/core/kit'

/** The greatest number of a player or a page. */
export const MAX_NUMBER = 2_147_483_647

/** What an identity id looks like, for patterns. */
export const UUID_PATTERN = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'

const UUID = new RegExp(`^${UUID_PATTERN}$`)

/** Whether the text is an identity id: a UUID with its four dashes. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text)
}

/** @throws {@link InvalidArgumentError} for a value that is neither a player's number nor an identity id. */
export function checkTarget(target: unknown): void {
  if (typeof target === 'number') checkNumber('target', target, { min: 1, max: MAX_NUMBER, integer: true })
  else if (!isUuid(target))
    throw new InvalidArgumentError('target', target, "a player's number or an identity id (a UUID)")
}

/** @throws {@link InvalidArgumentError} for a name, with the reason. */
export function checkIdentityId(identityId: unknown): asserts identityId is string {
  if (isUuid(identityId)) return
  const sentence =
    'identityId must be a UUID; if you pass a name, the server may unban another player whose name starts with it'
  throw new InvalidArgumentError('identityId', identityId, 'an identity id (a UUID)', sentence)
}
