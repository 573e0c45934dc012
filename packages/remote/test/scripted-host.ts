import { type ConnectionEvent, HostUnreachableError, LoginRefusedError } from '@bercon/core'
import { errorToData, idleStatistics } from '@bercon/core/kit'
import { VirtualClock } from '@bercon/core/testing'
import { RemoteConnection, type RemoteOptions } from '../src/index.js'
import { type ChannelPair, channelPair } from '../src/testing/index.js'
import type { ClientMessage, HostMessage } from '../src/wire/message.js'

type StateMessage = Extract<HostMessage, { type: 'state' }>

export const TARGET = { host: '192.0.2.1', port: 2306, password: 'hunter2' }

const FACTS = { host: TARGET.host, port: TARGET.port, attempts: 1, elapsedMs: 5 }
export const REFUSAL = new LoginRefusedError(FACTS)
export const UNREACHABLE = new HostUnreachableError({ ...FACTS, detail: 'ENOTFOUND' })
/** The first message about a login. */
export const OPEN = { type: 'open', id: 1, target: TARGET }

/** A remote connection whose host says what a test wants, message by message. */
export class ScriptedHost {
  readonly clock = new VirtualClock()
  readonly remote: RemoteConnection
  readonly events: ConnectionEvent[] = []
  readonly pairs: ChannelPair[] = []
  /** By channel: what the user's side said after its greeting. */
  readonly said: ClientMessage[][] = []
  /** An error in place of the next channel. */
  failure: Error | undefined

  constructor(options: RemoteOptions = {}) {
    const open = () => {
      if (this.failure !== undefined) throw this.failure
      const pair = channelPair(this.clock)
      const said: ClientMessage[] = []
      pair.ends[0].onText((text) => {
        const message = JSON.parse(text) as ClientMessage
        if (message.type !== 'hello') said.push(message)
      })
      this.pairs.push(pair)
      this.said.push(said)
      return pair.ends[1]
    }
    this.remote = new RemoteConnection(open, { clock: this.clock, random: () => 0, ...options })
    this.remote.subscribe((event) => this.events.push(event))
  }

  /** What the newest channel heard. */
  get heard(): readonly ClientMessage[] {
    return this.said.at(-1) ?? []
  }

  /** The newest of these on the newest channel; its id is 0 if there is none. */
  idOf(type: 'open' | 'exchange'): number {
    const message = this.heard.findLast((said) => said.type === type)
    return message !== undefined && 'id' in message ? message.id : 0
  }

  get types(): readonly string[] {
    return this.events.map(({ type }) => type)
  }

  /** Says on the newest channel how things stand: logged in by itself, by default. */
  async state(changes: Partial<StateMessage> = {}): Promise<void> {
    await this.say({
      type: 'state',
      version: 1,
      at: this.clock.wallNow(),
      state: 'connected',
      control: false,
      window: 8,
      statistics: idleStatistics(),
      ...changes,
    })
  }

  /** Of a connection that its users control. */
  async controlled(state: StateMessage['state']): Promise<void> {
    await this.state({ state, control: true })
  }

  async answer(id: number, outcome: string | Error): Promise<void> {
    if (typeof outcome === 'string') await this.say({ type: 'answer', id, reply: outcome })
    else await this.say({ type: 'answer', id, error: errorToData(outcome) })
  }

  async connected(): Promise<void> {
    await this.say({
      type: 'event',
      event: { type: 'connect', at: this.clock.wallNow(), address: TARGET.host, attempts: 1, elapsedMs: 5 },
    })
  }

  async say(message: HostMessage): Promise<void> {
    await this.clock.run(0)
    this.pairs.at(-1)?.ends[0].send(JSON.stringify(message))
    await this.clock.run(0)
  }

  cut(): void {
    this.pairs.at(-1)?.cut()
  }

  /** Cuts the channel, and waits for the next one. */
  async replace(): Promise<void> {
    this.cut()
    await this.clock.run(1_000)
  }

  /** Logs in through the channel, as a user does. */
  async login(): Promise<void> {
    const opened = this.remote.open(TARGET)
    await this.controlled('idle')
    await this.controlled('connected')
    await this.connected()
    await this.answer(this.idOf('open'), '')
    await opened
  }
}
