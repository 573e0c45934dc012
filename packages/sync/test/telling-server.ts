import { type Peer, RconServer } from '@bercon/server'

/**
 * A server that answers a command with its text, but `silence` with nothing. After the reply to `tell 3 hello` come
 * three messages, `hello 0` to `hello 2`.
 */
export function tellingServer(): RconServer {
  const server: RconServer = new RconServer({ password: 'hunter2', onCommand: answer })
  function answer(text: string, peer: Peer): string | Promise<string> {
    if (text === 'silence') return new Promise(() => {})
    const [word, count, line] = text.split(' ')
    if (word === 'tell') setImmediate(() => tell(peer, Number(count), line))
    return text
  }
  function tell(peer: Peer, count: number, line = ''): void {
    for (let index = 0; index < count; index++) server.send(peer, `${line} ${index}`)
  }
  return server
}
