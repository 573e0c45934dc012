import { type AsyncRconClient, type CallOptions, commands, type Steps } from '@bercon/client'
import type { CommandRequest } from '@bercon/core/kit'

// Those that only read, by their whole text: to send one again does no harm (W7).
const READING = new Set(
  [commands.players(), commands.bans(), commands.admins(), commands.missions(), commands.version()].map(
    ({ text }) => text.toLowerCase(),
  ),
)

/**
 * Sends a command whose text has been judged, and returns the server's text as it is, refusals too.
 *
 * @param resend - whether it may be executed twice; by default only what is known to read.
 */
export function sendRaw(
  client: AsyncRconClient,
  text: string,
  { resend = READING.has(text.toLowerCase()), verifyEnd, hasTotal, ...call }: RawOptions = {},
): Promise<string> {
  return client.perform(() => oneStep({ text, resend, verifyEnd, hasTotal }), call)
}

// Declared once: a generator function of each call's own takes the engine four times as long.
function* oneStep(request: CommandRequest): Steps<string> {
  return yield request
}

/** What {@link sendRaw} takes. */
export interface RawOptions extends CallOptions, Partial<Omit<CommandRequest, 'text' | 'resend'>> {
  readonly resend?: boolean | undefined
}
