// @ts-nocheck
import type { ClientSessionOptions } from '../src/client/client-options.js'
import { ClientSession } from '../src/client/client-session.js'
import { decodeText, encodeText } from '../src/text/text.js'
import { encodeServerPacket } from '../src/wire/encode.js'

/** Options for a client that never gives up a silent server and sends nothing by itself except keep-alives. */
export const PATIENT: Partial<ClientSessionOptions> = {
  unresponsiveAfterMs: Number.POSITIVE_INFINITY,
  forgottenAfterMs: Number.POSITIVE_INFINITY,
}

/** A client's session that logged in at 0 and was answered at `answeredAt`, with no datagrams or events pending. */
export function loggedInClient(
  options: Partial<ClientSessionOptions> = {},
  answeredAt: number = 0,
): ClientSession {
  const session = new ClientSession(options)
  session.login(encodeText('hunter2'), 0)
  session.receive(encodeServerPacket({ type: 'login', accepted: true }), answeredAt)
  session.takeDatagrams()
  session.takeEvents()
  return session
}

/** The session's pending events in short form. */
export function summaries(session: ClientSession): readonly string[] {
  return session.takeEvents().map((event) => {
    if (event.type === 'reply') return `${event.id}: ${decodeText(event.bytes)}`
    if (event.type === 'failure') return `${event.id} ${event.reason} ${event.outcome}`
    return event.type === 'malformed' ? event.problem : event.type
  })
}
