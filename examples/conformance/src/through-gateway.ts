// The adapter of the gateway's own login, as a user over WebSocket sees it.
import { AsyncRconClient, RconPool, UdpTransport } from '@bercon/client'
import type { ClientOrder } from '@bercon/conformance'
import { createToken, Gateway, tokenHash } from '@bercon/gateway'
import { connectGateway, type WebSocketClass } from '@bercon/remote'
import { WebSocket } from 'ws'
import { orders, reasonOf, send } from './lines.js'

const SERVER = 'tried'
const token = createToken()
const udp = new UdpTransport()
// The gateway logs in once its user is there to hear everything.
let attach = () => {}
const attached = new Promise<void>((resolve) => {
  attach = resolve
})
const pool = new RconPool({
  client: {
    transport: {
      resolve: (host) => udp.resolve(host),
      open: async (...given) => {
        await attached
        return udp.open(...given)
      },
    },
  },
})
const gateway = new Gateway({
  servers: pool,
  games: { [SERVER]: 'arma3' },
  users: { ann: { tokenSha256: tokenHash(token), role: 'owner' } },
  roles: { owner: { servers: ['*'], commands: ['*'] } },
  audit: { append: () => {}, close: () => {} },
})
let client: AsyncRconClient | undefined

async function login({ host, port, password }: Extract<ClientOrder, { do: 'login' }>): Promise<void> {
  pool.listen('error', ({ error }) => send({ report: 'login-failed', reason: reasonOf(error) }))
  pool.add(SERVER, { host, port, password }).catch(() => {})
  const { http } = await gateway.listen({ http: { port: 0 } })
  const connection = connectGateway(http?.url ?? '', {
    server: SERVER,
    token,
    // The types of `ws` are stricter than those of the platform.
    WebSocket: WebSocket as unknown as WebSocketClass,
  })
  client = new AsyncRconClient({ connection })
  client.listen('message', ({ text }) => send({ report: 'message', text }))
  let isIn = false
  client.listen('connect', () => {
    if (!isIn) send({ report: 'logged-in' })
    isIn = true
  })
  const looking = setInterval(() => {
    if (connection.state === 'idle') return
    clearInterval(looking)
    attach()
  }, 10)
}

async function obey(order: ClientOrder): Promise<void> {
  switch (order.do) {
    case 'login':
      await login(order)
      break
    case 'command': {
      const { id, text, resend } = order
      try {
        send({ report: 'reply', id, text: (await client?.sendCommand(text, { resend })) ?? '' })
      } catch (error) {
        send({ report: 'failure', id, reason: reasonOf(error) })
      }
      break
    }
    case 'close':
      await client?.close()
      await gateway.close()
      await pool.close()
      send({ report: 'closed' })
  }
}

// Not awaited: several commands are under way at the same time.
for await (const order of orders()) void obey(order)
