import type { Connection } from '@bercon/core/kit'
import { hostConnection, RemoteConnection, type RemoteOptions, type TextChannel } from '@bercon/remote'
import { HearingUser } from './hearing-user.js'
import { History } from './history.js'
import { type ChannelChoice, HostedChannels, type NewHost } from './hosted-channels.js'
import {
  follow,
  type Ledger,
  lastDeadline,
  newLedger,
  nextCommand,
  noteThrown,
  replyOf,
  sendingOf,
} from './ledger.js'
import type { End } from './memory-channel.js'
import { type CountedClock, countedClock, drained, passUntil, StepClock } from './step-clock.js'
import type { Step, World } from './world.js'

/** One thing that can happen to a remote connection. */
export type RemoteChoice =
  /** The channel that the user waits for opens, or does not. */
  | { readonly do: 'open-channel' | 'refuse-channel' }
  | ChannelChoice
  | { readonly do: 'wait'; readonly moreMs?: number }
  | { readonly do: 'ask' | 'say' | 'close' }
  /** The game executes a command and answers; or a lost login has kept it from being sent. */
  | { readonly do: 'answer' | 'fail'; readonly command: number }

/** How much may go wrong and be asked for. */
export interface RemoteLimits {
  readonly cuts: number
  /** Channels that cannot be opened. */
  readonly refusals: number
  /** Commands that the host's login has not sent. */
  readonly fails: number
  readonly closes: number
  readonly commands: readonly boolean[]
  readonly messages: number
}

/** The parts of a world that a seeded bug replaces. */
export interface RemoteParts {
  readonly newRemote: (open: () => Promise<TextChannel>, options: RemoteOptions) => Connection
  readonly host: NewHost
}

/** A channel that the user waits for. */
interface Opening {
  readonly resolve: (channel: TextChannel) => void
  readonly reject: (error: Error) => void
}

const LIMITS = { statisticsIntervalMs: 1e9 }
const REAL: RemoteParts = {
  newRemote: (open, options) => new RemoteConnection(open, options),
  host: (game, channel, clock) => {
    hostConnection(game, channel, { clock, limits: LIMITS })
  },
}
const RECOVERY_MS = 40_000
const MOST_RECOVERY_STEPS = 2_000

/** A real remote connection, a real host for each of its channels, and the channels between them. */
export class RemoteWorld implements World<RemoteChoice> {
  readonly ledger: Ledger = newLedger()
  readonly steps: Step[] = []
  readonly #limits: RemoteLimits
  readonly #channels: HostedChannels
  readonly #clock = new StepClock()
  readonly #userClock: CountedClock = countedClock(this.#clock)
  readonly #remote: Connection
  readonly #user = new HearingUser(this.ledger, (text) => this.#note(text))
  readonly #histories = { user: new History(), host: new History() }
  readonly #used = { cuts: 0, refusals: 0, fails: 0, closes: 0 }
  #opening: Opening | undefined

  private constructor(limits: RemoteLimits, parts: RemoteParts) {
    this.#limits = limits
    this.#channels = new HostedChannels({
      clock: this.#clock,
      host: parts.host,
      ledger: this.ledger,
      note: (text) => this.#note(text),
      given: (end, what) => this.#given(end, what),
    })
    const open = () =>
      new Promise<TextChannel>((resolve, reject) => {
        this.#opening = { resolve, reject }
      })
    this.#remote = parts.newRemote(open, { clock: this.#userClock, random: () => 0 })
    this.#remote.subscribe(this.#user.hear)
  }

  static async begin(limits: RemoteLimits, parts: Partial<RemoteParts> = {}): Promise<RemoteWorld> {
    const world = new RemoteWorld(limits, { ...REAL, ...parts })
    await world.#settle()
    return world
  }

  choices(): readonly RemoteChoice[] {
    const { cuts, refusals, fails, closes, commands, messages } = this.#limits
    const used = this.#used
    const choices: RemoteChoice[] = []
    if (this.#opening !== undefined) {
      choices.push({ do: 'open-channel' })
      if (used.refusals < refusals) choices.push({ do: 'refuse-channel' })
    }
    choices.push(...this.#channels.choices(used.cuts < cuts))
    for (const { number } of this.#channels.received.waiting) {
      choices.push({ do: 'answer', command: number })
      if (used.fails < fails) choices.push({ do: 'fail', command: number })
    }
    if (this.#clock.next < Number.POSITIVE_INFINITY) choices.push({ do: 'wait' })
    const isOpen = this.#remote.state !== 'closed'
    if (isOpen && this.ledger.commands.length < commands.length) choices.push({ do: 'ask' })
    if (this.ledger.messages.length < messages) choices.push({ do: 'say' })
    if (isOpen && used.closes < closes) choices.push({ do: 'close' })
    return choices
  }

  async take(choice: RemoteChoice): Promise<void> {
    try {
      await this.#act(choice)
      await this.#settle()
    } catch (error) {
      noteThrown(this.ledger, error)
    }
  }

  fingerprint(): string {
    const isOpening = this.#opening !== undefined
    const { user, host } = this.#histories
    return `${this.#clock.now()} ${user.hash} ${host.hash} ${isOpening} ${this.#channels.fingerprint} ${Object.values(this.#used)}`
  }

  async finish(): Promise<void> {
    const until = lastDeadline(this.ledger, this.#clock.now()) + RECOVERY_MS
    for (let step = 0; step < MOST_RECOVERY_STEPS; step++) {
      const next = this.#recovery(until)
      if (next === undefined || this.ledger.thrown !== undefined) break
      await this.take(next)
    }
    const { state } = this.#remote
    if (this.#user.wasUp && state !== 'connected') this.ledger.missing = `the connection is ${state}`
    this.ledger.isOver = true
    this.#remote.close()
    await this.#settle()
    for (let { goodbye } = this.#channels; goodbye !== undefined; { goodbye } = this.#channels)
      await this.take(goodbye)
    await passUntil(this.#clock, this.#clock.now() + 2_000)
    const open = this.#channels.openAtUser
    if (this.#userClock.timers + open > 0)
      this.ledger.left = `${this.#userClock.timers} timers and ${open} channels of a connection that is closed`
  }

  #recovery(until: number): RemoteChoice | undefined {
    if (this.#opening !== undefined) return { do: 'open-channel' }
    const { goodbye, received } = this.#channels
    if (goodbye !== undefined) return goodbye
    const [waiting] = received.waiting
    if (waiting !== undefined) return { do: 'answer', command: waiting.number }
    return this.#clock.next <= until ? { do: 'wait' } : undefined
  }

  async #act(choice: RemoteChoice): Promise<void> {
    switch (choice.do) {
      case 'open-channel':
        this.#openChannel()
        break
      case 'refuse-channel':
        this.#used.refusals++
        this.#note('      the channel cannot be opened')
        this.#given('user', 'refused')
        this.#takeOpening()?.reject(new Error('no channel'))
        break
      case 'cut':
        this.#used.cuts++
        this.#channels.take(choice)
        break
      case 'deliver':
      case 'see-end':
        this.#channels.take(choice)
        break
      case 'wait':
        for (const side of ['user', 'host'] as const) this.#given(side, 'wait')
        await passUntil(this.#clock, this.#clock.next + (choice.moreMs ?? 0))
        break
      case 'ask':
        this.#ask()
        break
      case 'say':
        this.#say()
        break
      case 'close':
        this.#used.closes++
        this.#note('the user closes the connection')
        this.#given('user', 'close')
        this.#user.wasUp = false
        this.#remote.close()
        break
      default:
        this.#settleCommand(choice.command, choice.do)
    }
  }

  #takeOpening(): Opening | undefined {
    const opening = this.#opening
    this.#opening = undefined
    return opening
  }

  #openChannel(): void {
    for (const side of ['user', 'host'] as const) this.#given(side, 'opens')
    const channel = this.#channels.open()
    this.#takeOpening()?.resolve(channel)
  }

  #ask(): void {
    const command = nextCommand(this.ledger, this.#limits.commands, this.#clock.now())
    const { text, resend, timeoutMs } = command
    this.#note(sendingOf(command))
    this.#given('user', text)
    follow(command, this.#remote.exchange({ text, resend }, { timeoutMs }))
  }

  #say(): void {
    const { messages } = this.ledger
    const text = `m${messages.length}`
    messages.push({ text, heard: 0, acknowledged: false, owed: this.#user.isUp })
    this.#note(`                          the game says ${text}`)
    this.#given('host', text)
    this.#channels.say(text)
  }

  #settleCommand(number: number, how: 'answer' | 'fail'): void {
    const { command, record } = this.#channels.received.take(number) ?? {}
    if (command === undefined || record === undefined) return
    this.#given('host', `${how} ${command.text} ${command.place.id}`)
    if (how === 'answer') {
      this.#note(`                          the game executes ${command.text}`)
      command.reply(replyOf(record.text, record.executions++))
      return
    }
    this.#used.fails++
    this.#note(`                          a lost login keeps ${command.text} from being sent`)
    record.sequences.splice(record.sequences.indexOf(number), 1)
    command.fail()
  }

  async #settle(): Promise<void> {
    await drained()
    const { ledger } = this
    ledger.now = this.#clock.now()
    ledger.client.nextTimeout = 0
    ledger.client.state = this.#remote.state === 'closed' ? 'ended' : 'logging-in'
    const { keptCommand } = this.#channels
    if (keptCommand !== undefined) ledger.left = `${keptCommand} at a host whose channel has ended`
  }

  #given(side: End, what: string): void {
    this.#histories[side].add(this.#clock.now(), what)
  }

  #note(text: string): void {
    this.steps.push({ atMs: this.#clock.now(), text })
  }
}
