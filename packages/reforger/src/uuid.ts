/** What an identity id looks like, for patterns. */
export const UUID_PATTERN = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'

const UUID = new RegExp(`^${UUID_PATTERN}$`)

/** Whether the text is an identity id: a UUID with its four dashes. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text)
}
