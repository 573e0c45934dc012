import type { Context } from 'hono'
import { Refused } from './problem.js'

// Longer than the longest command, and than any token, by far.
const MAX_BODY_BYTES = 16_384

/** Reads a JSON object from the body. @throws {@link Refused} for anything else. */
export async function readObject({ req }: Context): Promise<Readonly<Record<string, unknown>>> {
  if (!/^application\/json(?:;|$)/i.test(req.header('content-type') ?? ''))
    throw new Refused('invalid-argument', 'The body must be JSON, with content-type: application/json')
  const text = await readText(req.raw.body)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>
  } catch {
    // Said below.
  }
  throw new Refused('invalid-argument', 'The body must be one JSON object')
}

async function readText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length
      if (bytes > MAX_BODY_BYTES)
        throw new Refused('too-large', `The body must have at most ${MAX_BODY_BYTES} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof Refused) throw error
    // The sender has gone, which is no fault of the gateway.
    throw new Refused('invalid-argument', 'The body did not arrive whole')
  }
  return Buffer.concat(chunks).toString()
}

/** A field of a body, or of a query. @throws {@link Refused} for one of another type. */
export function textField(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name]
  if (typeof value === 'string') return value
  throw new Refused('invalid-argument', `${name} must be a string`)
}

/** Refuses a body or query with names that do not exist, which would silently do nothing. @throws {@link Refused} */
export function checkFields(given: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new Refused(
    'invalid-argument',
    `There is no field ${JSON.stringify(unknown)}; there are ${names.join(', ')}`,
  )
}
