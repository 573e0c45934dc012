// @ts-nocheck
import { type Peer, RconServer } from '@bercon/server'

/**
 * A server that answers a command with its text, and leaves `silence` unanswered. After the reply to `emit 3 hello` it
 * sends three messages, `hello 0` to `hello 2`.
 */
export function emittingServer(): RconServer {
  const server: RconServer = new RconServer({ password: 'hunter2', onCommand: answer })
  function answer(text: string, peer: Peer): string | Promise<string> {
    if (text === 'silence') return new Promise(() => {})
    const [word, count, line] = text.split(' ')
    if (word === 'emit') setImmediate(() => emit(peer, Number(count), line))
    return text
  }
  function emit(peer: Peer, count: number, line = ''): void {
    for (let index = 0; index < count; index++) server.send(peer, `${line} ${index}`)
  }
  return server
}
