import { readDatagrams } from '@bercon/core/capture'
import { ClientSession, encodeServerPacket, encodeText } from '@bercon/protocol'
import { readFile } from './recording.js'

/** A message of a recorded server. */
export interface RecordedMessage {
  /** When it came, in ms since 1970. */
  readonly at: number
  readonly number: number
  readonly bytes: Uint8Array
}

const LOGIN_ACCEPTED = encodeServerPacket({ type: 'login', accepted: true })
const PASSWORD = encodeText('recorded')

/**
 * The messages of a capture as its clients emitted them: each client's datagrams go through a session of its own, which
 * knows a repeat. They are in the order of their times.
 */
export function recordedMessages(file: string, serverPort: number | undefined): readonly RecordedMessage[] {
  const suffix = `:${serverPort}`
  const isServer = serverPort === undefined ? undefined : (address: string) => address.endsWith(suffix)
  const sessions = new Map<string, ClientSession>()
  const messages: RecordedMessage[] = []
  for (const { at, from, to, bytes, side } of readDatagrams(readFile(file), isServer)) {
    if (side === 'client') continue
    const flow = `${to} ${from}`
    const session = sessions.get(flow) ?? loggedInSession(at)
    sessions.set(flow, session)
    session.receive(bytes, at)
    session.takeDatagrams()
    for (const event of session.takeEvents())
      if (event.type === 'message') messages.push({ at, number: event.number, bytes: event.bytes })
  }
  return messages.sort((a, b) => a.at - b.at)
}

/** A session that takes in what comes, from the beginning of a capture or from the middle of a login. */
function loggedInSession(now: number): ClientSession {
  const session = new ClientSession()
  session.login(PASSWORD, now)
  session.receive(LOGIN_ACCEPTED, now)
  session.takeEvents()
  return session
}
