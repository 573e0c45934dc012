import { FleetDirectory, MemoryBus, MemoryServerList } from '@bercon/fleet'
import { busOf, FleetProcess } from './fleet-process.js'
import { type FleetParts, FleetWorkers, LEASE_MS } from './fleet-workers.js'
import { HearingUser } from './hearing-user.js'
import { History } from './history.js'
import { follow, type Ledger, newLedger, nextCommand, noteThrown, replyOf, sendingOf } from './ledger.js'
import { ReceivedCommands } from './received-commands.js'
import { drained, StepClock } from './step-clock.js'
import type { Glimpse, Step, World } from './world.js'

/** One thing that can happen to a fleet. */
export type FleetChoice =
  /** As long passes as a lease lives, a quarter of that, or just as long as a text takes from one process to another. */
  | { readonly do: Pause }
  | { readonly do: 'ask' | 'say' }
  /** The game executes a command and answers. */
  | { readonly do: 'answer'; readonly command: number }
  /** A worker stops for a while, or for good; its network loses everything, or holds it back for a while. */
  | { readonly do: Fault; readonly worker: number }
  | { readonly do: 'resume' | 'heal'; readonly worker: number }
  /** Another worker starts. */
  | { readonly do: 'start' }

type Pause = 'lease' | 'wait' | 'hop'
type Fault = 'hang' | 'crash' | 'cut' | 'hold'

/** How much may go wrong and be asked for. */
export interface FleetLimits {
  readonly hangs: number
  readonly crashes: number
  readonly cuts: number
  readonly holds: number
  readonly starts: number
  readonly commands: readonly boolean[]
  readonly messages: number
}

const STEP_MS = LEASE_MS / 4
const PAUSES: Readonly<Record<Pause, number>> = { lease: LEASE_MS, wait: STEP_MS, hop: 21 }
const SERVER = 'altis'
const TIMEOUT_MS = 9_000
const RECOVERY_STEPS = 8
const WORKERS = 2
// At the same instant as trouble of a worker they lead to the same state before it as after it.
const COMES_FIRST: readonly FleetChoice['do'][] = ['ask', 'start', 'crash']
const COUNTED = { hang: 'hangs', crash: 'crashes', cut: 'cuts', hold: 'holds' } as const
const REAL: FleetParts = { paces: [0.98, 1.02], leases: (leases) => leases, bus: (bus) => bus }

/** Real workers and a real directory, with a server that they share; leases and bus are in memory. */
export class FleetWorld implements World<FleetChoice> {
  readonly ledger: Ledger = newLedger()
  readonly steps: Step[] = []
  readonly #limits: FleetLimits
  readonly #clock = new StepClock()
  readonly #hub = new MemoryBus(this.#clock)
  readonly #list = new MemoryServerList([
    { name: SERVER, host: '192.0.2.1', port: 2306, game: 'arma3', password: 'hunter2' },
  ])
  readonly #workers: FleetWorkers
  readonly #user: FleetProcess
  readonly #directory: FleetDirectory
  readonly #heard = new HearingUser(this.ledger, (text) => this.#note(text))
  readonly #game = new History()
  readonly #used = { hangs: 0, crashes: 0, cuts: 0, holds: 0, starts: 0 }
  readonly #received = new ReceivedCommands<FleetProcess>(this.ledger)

  private constructor(limits: FleetLimits, parts: FleetParts) {
    this.#limits = limits
    this.#workers = new FleetWorkers({
      parts,
      clock: this.#clock,
      hub: this.#hub,
      servers: this.#list,
      ledger: this.ledger,
      note: (text) => this.#note(text),
      onCommand: (process, command) => this.#received.add(process, command),
    })
    for (let count = 0; count < WORKERS; count++) this.#workers.start()
    this.#user = new FleetProcess('user', this.#clock, 1)
    this.#directory = new FleetDirectory({
      bus: busOf(this.#user, this.#hub),
      servers: this.#list,
      clock: this.#user.clock,
    })
  }

  static async begin(limits: FleetLimits, parts: Partial<FleetParts> = {}): Promise<FleetWorld> {
    const world = new FleetWorld(limits, { ...REAL, ...parts })
    await drained()
    world.#directory.connection(SERVER)?.subscribe(world.#heard.hear)
    while (!world.#heard.isUp) {
      world.#clock.ring()
      await drained()
      world.#look()
    }
    return world
  }

  choices(): readonly FleetChoice[] {
    const { hangs, crashes, cuts, holds, starts, commands, messages } = this.#limits
    const used = this.#used
    const choices: FleetChoice[] = [{ do: 'lease' }, { do: 'wait' }, { do: 'hop' }]
    if (this.ledger.commands.length < commands.length) choices.push({ do: 'ask' })
    if (this.ledger.messages.length < messages) choices.push({ do: 'say' })
    for (const { number } of this.#received.waiting) choices.push({ do: 'answer', command: number })
    const running = this.#workers.processes.filter(({ state }) => state === 'running').length
    for (const [worker, { state, network, hasWaiting, hasMissed }] of this.#workers.processes.entries()) {
      if (state === 'crashed') continue
      // The end of trouble that nobody has noticed leads to where others have been without it.
      if (hasWaiting) choices.push({ do: 'resume', worker })
      else if (state === 'running' && used.hangs < hangs) choices.push({ do: 'hang', worker })
      if (hasMissed) choices.push({ do: 'heal', worker })
      else if (network === 'whole') {
        if (used.cuts < cuts) choices.push({ do: 'cut', worker })
        if (used.holds < holds) choices.push({ do: 'hold', worker })
      }
      if (used.crashes < crashes && running > 1) choices.push({ do: 'crash', worker })
    }
    if (used.starts < starts) choices.push({ do: 'start' })
    return choices
  }

  async take(choice: FleetChoice): Promise<void> {
    try {
      await this.#act(choice)
      await drained()
      this.#look()
    } catch (error) {
      noteThrown(this.ledger, error)
    }
  }

  glimpse(choice: FleetChoice): Glimpse<FleetChoice> | undefined {
    if (choice.do !== 'hang' && choice.do !== 'cut' && choice.do !== 'hold') return undefined
    const count = COUNTED[choice.do]
    this.#used[count]++
    const seen = this.#workers.processes[choice.worker]?.glimpsed(choice.do, () => ({
      fingerprint: this.fingerprint(),
      next: this.choices()
        .filter((after) => !COMES_FIRST.includes(after.do))
        .map((after) => ({ choice: after, glimpse: this.glimpse(after) })),
    }))
    this.#used[count]--
    return seen
  }

  fingerprint(): string {
    const members = this.#workers.processes.map(
      ({ state, network, history }) => `${state} ${network} ${history.hash}`,
    )
    const waiting = this.#received.waiting.map(({ text, place }) => `${text}/${place.name}`)
    const games = this.#game.hash
    return `${this.#clock.now()} ${members} ${this.#user.history.hash} ${games} ${waiting} ${Object.values(this.#used)}`
  }

  async finish(): Promise<void> {
    for (const process of this.#workers.processes) {
      process.heal()
      process.resume()
    }
    await drained()
    this.#look()
    for (let step = 0; step < RECOVERY_STEPS; step++) {
      for (const { number } of this.#received.waiting) await this.take({ do: 'answer', command: number })
      await this.take({ do: 'wait' })
    }
    // A server may be on its way from one owner to a better one.
    if (this.#owners.length === 0) await this.take({ do: 'wait' })
    const { state } = this.#directory.connection(SERVER) ?? {}
    if (this.#owners.length !== 1) this.ledger.unowned = `${this.#owners.length} workers own ${SERVER}`
    else if (state !== 'connected') this.ledger.missing = `the connection is ${state}`
    // A gap shows at the latest with the message after it.
    this.#say('last')
    await this.#pass(STEP_MS)
    this.ledger.isOver = true
    await this.#directory.close()
  }

  get #owners(): readonly FleetProcess[] {
    return this.#workers.ownersOf(SERVER)
  }

  async #act(choice: FleetChoice): Promise<void> {
    switch (choice.do) {
      case 'lease':
      case 'wait':
      case 'hop':
        await this.#pass(PAUSES[choice.do])
        break
      case 'ask':
        this.#ask()
        break
      case 'say':
        this.#say(`m${this.ledger.messages.length}`)
        break
      case 'answer':
        this.#answer(choice.command)
        break
      case 'start':
        this.#used.starts++
        this.#workers.start()
        break
      default:
        this.#trouble(choice.do, choice.worker)
    }
  }

  #trouble(what: Fault | 'resume' | 'heal', index: number): void {
    const process = this.#workers.processes[index]
    if (process === undefined) return
    if (what !== 'resume' && what !== 'heal') this.#used[COUNTED[what]]++
    this.#note(TROUBLES[what](process.name))
    process.history.add(this.#clock.now(), what)
    process[what]()
  }

  #ask(): void {
    const command = nextCommand(this.ledger, this.#limits.commands, this.#clock.now(), TIMEOUT_MS)
    const { text, resend, timeoutMs } = command
    this.#note(sendingOf(command))
    this.#user.receive(text, () => {
      const connection = this.#directory.connection(SERVER)
      if (connection !== undefined) follow(command, connection.exchange({ text, resend }, { timeoutMs }))
    })
  }

  #say(text: string): void {
    this.ledger.messages.push({ text, heard: 0, acknowledged: false, owed: this.#heard.isUp })
    this.#note(`the game says ${text}`)
    this.#workers.say(text)
  }

  #answer(number: number): void {
    const { command, record } = this.#received.take(number) ?? {}
    if (command === undefined || record === undefined) return
    this.#note(`the game executes ${command.text} for ${command.place.name}`)
    const reply = replyOf(record.text, record.executions++)
    this.#game.add(this.#clock.now(), reply)
    command.place.receive(reply, () => command.reply(reply))
  }

  async #pass(ms: number): Promise<void> {
    const until = this.#clock.now() + ms
    while (this.#clock.next <= until) {
      this.#clock.ring()
      await drained()
      this.#look()
    }
    this.#clock.jumpTo(until)
    this.#look()
  }

  /** To be called when every promise has settled. */
  #look(): void {
    const { ledger } = this
    ledger.now = this.#clock.now()
    ledger.client.nextTimeout = 0
    const owners = this.#owners
    if (owners.length > 1)
      ledger.usurpers.push(`${owners.map(({ name }) => name).join(' and ')} own ${SERVER} at once`)
  }

  #note(text: string): void {
    this.steps.push({ atMs: this.#clock.now(), text })
  }
}

const TROUBLES: Readonly<Record<Fault | 'resume' | 'heal', (name: string) => string>> = {
  hang: (name) => `      ${name} hangs`,
  crash: (name) => `      ${name} crashes`,
  cut: (name) => `      the network loses what ${name} sends and should receive`,
  hold: (name) => `      the network holds back what ${name} sends and should receive`,
  resume: (name) => `      ${name} goes on`,
  heal: (name) => `      the network of ${name} works again`,
}
