import type { ClientClock } from '@bercon/core'
import type { Connection } from '@bercon/core/kit'
import { hostConnection, RemoteConnection, type RemoteOptions, type TextChannel } from '@bercon/remote'
import { History } from './history.js'
import { type GameCommand, HostedGame } from './hosted-game.js'
import { follow, type Ledger, newCommand, newLedger, replyOf } from './ledger.js'
import { type End, MemoryChannel } from './memory-channel.js'
import { type CountedClock, countedClock, drained, passUntil, StepClock } from './step-clock.js'
import { ToldUser } from './told-user.js'
import type { Step, World } from './world.js'

/** One thing that can happen to a remote connection. */
export type RemoteChoice =
  /** The channel that the user waits for opens, or does not. */
  | { readonly do: 'open-channel' | 'refuse-channel' }
  /** The first text of one direction arrives. */
  | { readonly do: 'deliver'; readonly channel: number; readonly frame: number }
  /** A channel breaks: one end sees it now, the other one later. */
  | { readonly do: 'cut' | 'see-end'; readonly channel: number; readonly end: End }
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
  readonly host: (game: Connection, channel: TextChannel, clock: ClientClock) => void
}

/** A channel that the user waits for. */
interface Opening {
  readonly resolve: (channel: TextChannel) => void
  readonly reject: (error: Error) => void
}

interface Hosted {
  readonly channel: MemoryChannel
  readonly game: HostedGame
}

interface Waiting extends GameCommand {
  readonly number: number
  readonly hosted: Hosted
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
  readonly #parts: RemoteParts
  readonly #clock = new StepClock()
  readonly #userClock: CountedClock = countedClock(this.#clock)
  readonly #remote: Connection
  readonly #user = new ToldUser(this.ledger, (text) => this.#note(text))
  readonly #hosted: Hosted[] = []
  readonly #histories = { user: new History(), host: new History() }
  readonly #used = { cuts: 0, refusals: 0, fails: 0, closes: 0 }
  #opening: Opening | undefined
  #waiting: Waiting[] = []
  #lastCommand = 0

  private constructor(limits: RemoteLimits, parts: RemoteParts) {
    this.#limits = limits
    this.#parts = parts
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
    for (const { channel } of this.#hosted) {
      const { id } = channel
      for (const frame of channel.arriving) choices.push({ do: 'deliver', channel: id, frame: frame.id })
      for (const end of channel.closing) choices.push({ do: 'see-end', channel: id, end })
      const isWhole = channel.ends.host.state === 'open' && channel.ends.user.state === 'open'
      if (isWhole && used.cuts < cuts)
        for (const end of ['user', 'host'] as const) choices.push({ do: 'cut', channel: id, end })
    }
    for (const { number } of this.#waiting) {
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
      this.ledger.thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    }
  }

  fingerprint(): string {
    const channels = this.#hosted.map(({ channel }) => {
      const ends = `${channel.ends.host.state} ${channel.ends.user.state}`
      return `${ends} ${JSON.stringify(channel.frames.map(({ to, text }) => [to, text]))}`
    })
    const waiting = this.#waiting.map(({ text, hosted }) => `${text}/${hosted.channel.id}`)
    const isOpening = this.#opening !== undefined
    const { user, host } = this.#histories
    return `${this.#clock.now()} ${user.hash} ${host.hash} ${isOpening} ${channels} ${waiting} ${Object.values(this.#used)}`
  }

  async finish(): Promise<void> {
    const longest = Math.max(0, ...this.ledger.commands.map(({ askedAt, timeoutMs }) => askedAt + timeoutMs))
    const until = Math.max(this.#clock.now(), longest) + RECOVERY_MS
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
    for (let next = this.#goodbye(); next !== undefined; next = this.#goodbye()) await this.take(next)
    await passUntil(this.#clock, this.#clock.now() + 2_000)
    const open = this.#hosted.filter(({ channel }) => channel.ends.user.state === 'open').length
    if (this.#userClock.timers + open > 0)
      this.ledger.left = `${this.#userClock.timers} timers and ${open} channels of a connection that is closed`
  }

  #recovery(until: number): RemoteChoice | undefined {
    if (this.#opening !== undefined) return { do: 'open-channel' }
    const goodbye = this.#goodbye()
    if (goodbye !== undefined) return goodbye
    const [waiting] = this.#waiting
    if (waiting !== undefined) return { do: 'answer', command: waiting.number }
    return this.#clock.next <= until ? { do: 'wait' } : undefined
  }

  /** What is still on its way between the ends. */
  #goodbye(): RemoteChoice | undefined {
    for (const { channel } of this.#hosted) {
      const [frame] = channel.arriving
      if (frame !== undefined) return { do: 'deliver', channel: channel.id, frame: frame.id }
      const [end] = channel.closing
      if (end !== undefined) return { do: 'see-end', channel: channel.id, end }
    }
    return undefined
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
      case 'deliver':
        this.#deliver(this.#channel(choice.channel), choice.frame)
        break
      case 'cut':
        this.#used.cuts++
        this.#note(`      channel ${choice.channel} is cut, and the ${choice.end} sees it`)
        this.#given(choice.end, `cut ${choice.channel}`)
        this.#channel(choice.channel).cut(choice.end)
        break
      case 'see-end':
        this.#note(`      the ${choice.end} sees the end of channel ${choice.channel}`)
        this.#given(choice.end, `end ${choice.channel}`)
        this.#channel(choice.channel).seeEnd(choice.end)
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
    const channel = new MemoryChannel(this.#hosted.length)
    const hosted: Hosted = {
      channel,
      game: new HostedGame(this.#clock, (command) => this.#received(hosted, command)),
    }
    this.#note(`      channel ${channel.id} opens`)
    for (const side of ['user', 'host'] as const) this.#given(side, 'opens')
    this.#hosted.push(hosted)
    void hosted.game.open()
    this.#parts.host(hosted.game, channel.ends.host, this.#clock)
    this.#takeOpening()?.resolve(channel.ends.user)
  }

  #received(hosted: Hosted, command: GameCommand): void {
    const number = ++this.#lastCommand
    this.#waiting.push({ ...command, number, hosted })
    this.ledger.commands.find(({ text }) => text === command.text)?.sequences.push(number)
    this.#note(`                          the host sends ${command.text}`)
  }

  #deliver(channel: MemoryChannel, id: number): void {
    const frame = channel.arriving.find((each) => each.id === id)
    if (frame === undefined) throw new Error(`frame ${id} is not the next one of channel ${channel.id}`)
    const { type } = JSON.parse(frame.text) as { readonly type: string }
    const way = frame.to === 'host' ? 'user ---> host' : 'user <--- host'
    this.#note(`${way}  channel ${channel.id}: ${type}`)
    this.#given(frame.to, `${channel.id} ${frame.text}`)
    channel.deliver(id)
  }

  #ask(): void {
    const { commands } = this.ledger
    const resend = this.#limits.commands[commands.length] ?? false
    const command = newCommand(`c${commands.length}`, resend, this.#clock.now(), resend ? 30_000 : 10_000)
    const { text, timeoutMs } = command
    commands.push(command)
    this.#note(`the user sends ${text}${resend ? '' : ', once'}`)
    this.#given('user', text)
    follow(command, this.#remote.exchange({ text, resend }, { timeoutMs }))
  }

  #say(): void {
    const { messages } = this.ledger
    const text = `m${messages.length}`
    messages.push({ text, told: 0, acknowledged: false, owed: this.#user.isUp })
    this.#note(`                          the game says ${text}`)
    this.#given('host', text)
    for (const { game } of this.#hosted) game.say(text)
  }

  #settleCommand(number: number, how: 'answer' | 'fail'): void {
    const command = this.#waiting.find((each) => each.number === number)
    if (command === undefined) return
    this.#waiting = this.#waiting.filter((each) => each !== command)
    const record = this.ledger.commands.find(({ text }) => text === command.text)
    if (record === undefined) return
    this.#given('host', `${how} ${command.text} ${command.hosted.channel.id}`)
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
    const kept = this.#waiting.find(
      ({ hosted, isAbandoned }) => hosted.channel.ends.host.state === 'ended' && !isAbandoned(),
    )
    if (kept !== undefined) ledger.left = `${kept.text} at a host whose channel has ended`
  }

  #channel(id: number): MemoryChannel {
    const { channel } = this.#hosted[id] ?? {}
    if (channel === undefined) throw new Error(`there is no channel ${id}`)
    return channel
  }

  #given(side: End, what: string): void {
    this.#histories[side].add(this.#clock.now(), what)
  }

  #note(text: string): void {
    this.steps.push({ atMs: this.#clock.now(), text })
  }
}
