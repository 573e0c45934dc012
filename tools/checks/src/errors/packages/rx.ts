import { bufferAnnouncements, chatCommand, connectRcon, pollPlayers, RxRconClient } from '@bercon/rx'
import { firstValueFrom, type Observable } from 'rxjs'
import type { Provocation } from '../provocation.js'
import { NONE, Scene } from '../scene.js'

const never = (value: unknown) => value as never
const client = new RxRconClient()
const failed = (value$: Observable<unknown>) => () => firstValueFrom(value$)

export const RX: readonly Provocation[] = [
  { call: 'new RxRconClient({ keepAlive: 3 })', provoke: () => new RxRconClient(never({ keepAlive: 3 })) },
  {
    call: "client.connect('192.0.2.9', 2306, 'hunter2', { onLost: 'retry' })",
    provoke: failed(client.connect('192.0.2.9', 2306, 'hunter2', { onLost: never('retry') })),
  },
  {
    call: 'connectRcon({ host, port, password, shared: true })',
    provoke: failed(connectRcon(never({ host: '192.0.2.9', port: 2306, password: 'hunter2', shared: true }))),
  },
  { call: "chatCommand('')", provoke: () => chatCommand('') },
  { call: 'pollPlayers(0)', provoke: () => pollPlayers(0) },
  { call: 'bufferAnnouncements(-1)', provoke: () => bufferAnnouncements(-1) },
  { call: "client.player$('Rook')", provoke: () => client.player$('Rook') },
  {
    call: "connectRcon({ …, onLost: 'error' })",
    when: 'the server stops responding',
    provoke: async () => {
      const scene = new Scene()
      const server = await scene.serve(NONE)
      const { target, transport, clock } = scene
      const soon = {
        keepAliveMs: 1_000,
        unresponsiveAfterMs: 2_000,
        forgottenAfterMs: 5_000,
        forgottenAfterPackets: 1,
      }
      const session$ = connectRcon({ ...target, ...soon, transport, clock, onLost: 'error' })
      const ended = new Promise((_, reject) => {
        session$.subscribe({ next: () => server.pause(), error: reject })
      })
      return scene.settle(ended)
    },
  },
]
