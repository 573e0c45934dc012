import { connectGateway, hostConnection, RemoteConnection, type TextChannel } from '@bercon/remote'
import type { Provocation } from '../provocation.js'
import { Scene } from '../scene.js'

const never = (value: unknown) => value as never
const gateway = (url: string, options: unknown) => () => connectGateway(url, never(options))
const SECRET = 'hunter2'

/** A channel whose host says nothing. */
const silent: TextChannel = {
  onText: () => {},
  onClose: () => {},
  send: () => {},
  close: () => {},
  unsent: 0,
}

export const REMOTE: readonly Provocation[] = [
  {
    call: "connectGateway('rcon.example', { server: 'altis' })",
    provoke: gateway('rcon.example', { server: 'altis' }),
  },
  {
    call: "connectGateway('ftp://rcon.example', { server: 'altis' })",
    provoke: gateway('ftp://rcon.example', { server: 'altis' }),
  },
  {
    call: "connectGateway('https://rcon.example?token=…', { server: 'altis' })",
    provoke: gateway(`https://rcon.example?token=${SECRET}`, { server: 'altis' }),
  },
  {
    call: "connectGateway('https://rcon.example', { server: '' })",
    provoke: gateway('https://rcon.example', { server: '' }),
  },
  {
    call: "connectGateway('https://rcon.example', { server: 'altis', token: 'two words' })",
    provoke: gateway('https://rcon.example', { server: 'altis', token: `${SECRET} ${SECRET}` }),
  },
  {
    call: "connectGateway('https://rcon.example', { server: 'altis', WebSocket: 5 })",
    provoke: gateway('https://rcon.example', { server: 'altis', WebSocket: 5 }),
  },
  { call: 'new RemoteConnection(channel)', provoke: () => new RemoteConnection(never(silent)) },
  {
    call: 'hostConnection(connection, channel, { alow: () => false })',
    provoke: () => hostConnection(never({}), silent, never({ alow: () => false })),
  },
  {
    call: 'connection.open(target)',
    when: 'the host of the channel says nothing',
    provoke: async () => {
      const scene = new Scene()
      const { clock, target } = scene
      const connection = new RemoteConnection(() => silent, { clock })
      return scene.settle(connection.open(target)).finally(() => connection.close())
    },
  },
]
