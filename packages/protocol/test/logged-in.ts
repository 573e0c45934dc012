import type { ClientSessionOptions } from '../src/client/client-options.js'
import { ClientSession } from '../src/client/client-session.js'
import { decodeText, encodeText } from '../src/text/text.js'
import { encodeServerPacket } from '../src/wire/encode.js'

/** For a client that makes nothing of silence: it asks nothing by itself but the keep-alives that keep the login. */
export const PATIENT: Partial<ClientSessionOptions> = {
  unresponsiveAfterMs: Number.POSITIVE_INFINITY,
  forgottenAfterMs: Number.POSITIVE_INFINITY,
}

/** A client's session that logged in at 0 and was answered at `answeredAt`; nothing waits to be sent or told. */
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

/** What a session has to tell, short. */
export function told(session: ClientSession): readonly string[] {
  return session.takeEvents().map((event) => {
    if (event.type === 'reply') return `${event.id}: ${decodeText(event.bytes)}`
    if (event.type === 'failure') return `${event.id} ${event.reason} ${event.outcome}`
    return event.type === 'malformed' ? event.problem : event.type
  })
}
