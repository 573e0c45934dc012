// Run in Node for a test in a browser: a gateway in front of two servers, behind a relay that can be cut.
import { connect, createServer, type Server, type Socket } from 'node:net'
import { RconPool } from '@bercon/client'
import { createToken, Gateway, tokenHash } from '@bercon/gateway'
import { RconServer } from '@bercon/server'
import { type GameWorld, type Simulator, startSimulator } from '@bercon/simulator'

/** Where a page finds the gateway, and the tokens of its users. */
export interface PlayedGateway {
  readonly url: string
  /** Of ann, who may do everything, and of two users who may list the players twice a minute. */
  readonly tokens: { readonly ann: string; readonly promise: string; readonly observable: string }
}

interface Playing {
  readonly altis: Simulator<GameWorld>
  readonly sockets: Set<Socket>
  /** The commands that `echo` has. */
  readonly heard: readonly string[]
  close(): Promise<void>
}

const PASSWORD = 'hunter2'
const PLAYERS = 60
let playing: Playing | undefined

/** `altis` is a simulated game; `echo` answers commands with themselves, `wait` never and `twice` when it comes again. */
export async function startGateway(_context: unknown, origin: string): Promise<PlayedGateway> {
  const altis = await startSimulator({ password: PASSWORD, bots: false, seed: 1 })
  for (let index = 0; index < PLAYERS; index++) altis.world.join({ name: `Player ${index} é` })
  const heard: string[] = []
  const isFirst = (text: string) => heard.filter((each) => each === text).length % 2 === 1
  const echo = new RconServer({
    password: PASSWORD,
    onCommand: (text) => {
      heard.push(text)
      const isUnanswered = text === 'wait' || (text === 'twice' && isFirst(text))
      return isUnanswered ? new Promise<string>(() => {}) : text
    },
  })
  const { port } = await echo.listen()
  const pool = new RconPool({ client: { playersIntervalMs: 0 } })
  await pool.add('altis', { host: '127.0.0.1', port: altis.port, password: PASSWORD })
  await pool.add('echo', { host: '127.0.0.1', port, password: PASSWORD })
  const tokens = { ann: createToken(), promise: createToken(), observable: createToken() }
  const gateway = new Gateway({
    servers: pool,
    games: { altis: 'arma3', echo: 'arma3' },
    users: {
      ann: { tokenSha256: tokenHash(tokens.ann), role: 'owner' },
      promise: { tokenSha256: tokenHash(tokens.promise), role: 'slow' },
      observable: { tokenSha256: tokenHash(tokens.observable), role: 'slow' },
    },
    roles: {
      owner: { servers: ['*'], commands: ['*'] },
      slow: { servers: ['*'], commands: ['players'], perMinute: 2 },
    },
    audit: { append: () => {}, close: () => {} },
  })
  const { http } = await gateway.listen({ http: { port: 0, allowedOrigins: [origin] } })
  const sockets = new Set<Socket>()
  const relay = await startRelay(http?.port ?? 0, sockets)
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    relay.close()
    await gateway.close()
    await pool.close()
    await altis.close()
    await echo.close()
  }
  playing = { altis, sockets, heard, close }
  const address = relay.address()
  return { url: `http://127.0.0.1:${Object(address).port}`, tokens }
}

/** Cuts every connection of the page, as a network does. */
export function cutChannels(): void {
  for (const socket of playing?.sockets ?? []) socket.resetAndDestroy()
}

/** How often `echo` has had a command. */
export function countHeard(_context: unknown, text: string): number {
  return (playing?.heard ?? []).filter((each) => each === text).length
}

export function joinGame(_context: unknown, name: string): void {
  playing?.altis.world.join({ name })
}

export async function stopGateway(): Promise<void> {
  await playing?.close()
  playing = undefined
}

function startRelay(port: number, sockets: Set<Socket>): Promise<Server> {
  const relay = createServer((from) => {
    const to = connect(port, '127.0.0.1')
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  return new Promise((resolve) => relay.listen(0, '127.0.0.1', () => resolve(relay)))
}
