import { AsyncRconClient, RconPool } from '@bercon/client'
import { encodeServerPacket, encodeText } from '@bercon/protocol'

// Each run is a process of its own, which says how long its work took, and the most memory that it had.
const ROWS = 100_000
const SERVERS = 1_000
const PARTS = 250
const SEQUENCE_AT = 8

/** A list of bans over a transport in memory, in parts as a server sends them. */
async function bans(): Promise<number> {
  const lines = Array.from({ length: ROWS }, (_, id) => {
    return `${id} ${id.toString(16).padStart(32, '0')} perm Cheater, case ${id}`
  })
  const reply = encodeText(
    `GUID Bans:\n[#] [GUID] [Minutes left] [Reason]\n${'-'.repeat(40)}\n${lines.join('\n')}\n\nIP Bans:\n`,
  )
  const size = Math.ceil(reply.length / PARTS)
  let receive = (_datagram: Uint8Array): void => {}
  const send = (datagram: Uint8Array): void => {
    if (datagram[SEQUENCE_AT - 1] !== 1) return
    const sequence = datagram[SEQUENCE_AT] as number
    for (let index = 0; index < PARTS; index++) {
      const bytes = reply.slice(index * size, (index + 1) * size)
      receive(encodeServerPacket({ type: 'response-part', sequence, total: PARTS, index, bytes }))
    }
  }
  const transport = {
    resolve: async (host: string) => [host],
    open: async (_host: string, _port: number, receiver: { readonly onDatagram: typeof receive }) => {
      receive = receiver.onDatagram
      return { send: (datagram: Uint8Array) => setImmediate(send, datagram), close: () => {} }
    },
  }
  const client = new AsyncRconClient({ transport, playersIntervalMs: 0 })
  const connected = client.connect('192.0.2.7', 2306, 'hunter2')
  setTimeout(() => receive(encodeServerPacket({ type: 'login', accepted: true })), 1)
  await connected
  const start = performance.now()
  const { length } = await client.fetchBans()
  const ms = performance.now() - start
  if (length !== ROWS) throw new Error(`${length} bans of ${ROWS}`)
  await client.close()
  return ms
}

/** Logins to as many servers, which one server at a port plays. */
async function logins(port: number): Promise<number> {
  const pool = new RconPool({ client: { playersIntervalMs: 0 } })
  const names = Array.from({ length: SERVERS }, (_, index) => `server ${index}`)
  const start = performance.now()
  await Promise.all(names.map((name) => pool.add(name, { host: '127.0.0.1', port, password: 'hunter2' })))
  const ms = performance.now() - start
  await pool.close()
  return ms
}

const [name, port] = process.argv.slice(2)
const ms = await (name === 'bans' ? bans() : logins(Number(port)))
const { user, system } = process.cpuUsage()
const maxRssMb = process.resourceUsage().maxRSS / 1_024
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1_000, maxRssMb }))
