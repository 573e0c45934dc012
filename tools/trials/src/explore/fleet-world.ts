import {
  type Bus,
  FleetDirectory,
  FleetWorker,
  type Leases,
  MemoryBus,
  MemoryLeases,
  MemoryServerList,
  type WorkerEvent,
} from '@bercon/fleet'
import { busOf, FleetProcess, leasesOf } from './fleet-process.js'
import { History } from './history.js'
import { type GameCommand, HostedGame } from './hosted-game.js'
import { follow, type Ledger, newCommand, newLedger, replyOf } from './ledger.js'
import { drained, passUntil, StepClock } from './step-clock.js'
import { ToldUser } from './told-user.js'
import type { Step, World } from './world.js'

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

/** The parts of a world that a seeded bug replaces. */
export interface FleetParts {
  /** How fast the clock of each worker goes. */
  readonly paces: readonly number[]
  readonly leases: (leases: Leases) => Leases
  readonly bus: (bus: Bus) => Bus
}

interface Member {
  readonly process: FleetProcess
  readonly worker: FleetWorker
  readonly games: HostedGame[]
}

interface Waiting extends GameCommand {
  readonly number: number
  readonly process: FleetProcess
}

const LEASE_MS = 6_000
const STEP_MS = LEASE_MS / 4
const PAUSES: Readonly<Record<Pause, number>> = { lease: LEASE_MS, wait: STEP_MS, hop: 21 }
const SERVER = 'altis'
const TIMEOUT_MS = 9_000
const RECOVERY_STEPS = 8
const WORKERS = 2
const REAL: FleetParts = { paces: [0.98, 1.02], leases: (leases) => leases, bus: (bus) => bus }

/** Real workers and a real directory, with a server that they share; leases and bus are in memory. */
export class FleetWorld implements World<FleetChoice> {
  readonly ledger: Ledger = newLedger()
  readonly steps: Step[] = []
  readonly #limits: FleetLimits
  readonly #parts: FleetParts
  readonly #clock = new StepClock()
  readonly #hub = new MemoryBus(this.#clock)
  readonly #store = new MemoryLeases(LEASE_MS, this.#clock)
  readonly #list = new MemoryServerList([
    { name: SERVER, host: '192.0.2.1', port: 2306, game: 'arma3', password: 'hunter2' },
  ])
  readonly #members: Member[] = []
  readonly #user: FleetProcess
  readonly #directory: FleetDirectory
  readonly #told = new ToldUser(this.ledger, (text) => this.#note(text))
  readonly #game = new History()
  readonly #used = { hangs: 0, crashes: 0, cuts: 0, holds: 0, starts: 0 }
  #waiting: Waiting[] = []
  #lastCommand = 0
  #epoch = 0

  private constructor(limits: FleetLimits, parts: FleetParts) {
    this.#limits = limits
    this.#parts = parts
    this.#store.watch((change) => {
      if (change.type === 'held') this.#epoch = change.lease.epoch
    })
    for (let count = 0; count < WORKERS; count++) this.#startWorker()
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
    world.#directory.connection(SERVER)?.subscribe(world.#told.hear)
    // Until one of them owns the server.
    await world.#pass(3 * STEP_MS)
    return world
  }

  choices(): readonly FleetChoice[] {
    const { hangs, crashes, cuts, holds, starts, commands, messages } = this.#limits
    const used = this.#used
    const choices: FleetChoice[] = [{ do: 'lease' }, { do: 'wait' }, { do: 'hop' }]
    if (this.ledger.commands.length < commands.length) choices.push({ do: 'ask' })
    if (this.ledger.messages.length < messages) choices.push({ do: 'say' })
    for (const { number } of this.#waiting) choices.push({ do: 'answer', command: number })
    const running = this.#members.filter(({ process }) => process.state === 'running').length
    for (const [worker, { process }] of this.#members.entries()) {
      const { state, network } = process
      if (state === 'crashed') continue
      if (state === 'hung') choices.push({ do: 'resume', worker })
      else if (used.hangs < hangs) choices.push({ do: 'hang', worker })
      if (network !== 'whole') choices.push({ do: 'heal', worker })
      else {
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
      await this.#look()
    } catch (error) {
      this.ledger.thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    }
  }

  fingerprint(): string {
    const members = this.#members.map(
      ({ process: { state, network, history } }) => `${state} ${network} ${history.hash}`,
    )
    const waiting = this.#waiting.map(({ text, process }) => `${text}/${process.name}`)
    const games = this.#game.hash
    return `${this.#clock.now()} ${members} ${this.#user.history.hash} ${games} ${waiting} ${Object.values(this.#used)}`
  }

  async finish(): Promise<void> {
    for (const { process } of this.#members) {
      process.heal()
      process.resume()
    }
    await this.#look()
    for (let step = 0; step < RECOVERY_STEPS; step++) {
      for (const { number } of this.#waiting) await this.take({ do: 'answer', command: number })
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

  get #owners(): readonly Member[] {
    return this.#members.filter(
      ({ process, worker }) => process.state === 'running' && worker.owned.has(SERVER),
    )
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
        this.#startWorker()
        break
      default:
        this.#trouble(choice.do, choice.worker)
    }
  }

  #trouble(what: Fault | 'resume' | 'heal', index: number): void {
    const process = this.#members[index]?.process
    if (process === undefined) return
    const used = this.#used
    if (what === 'hang') used.hangs++
    if (what === 'crash') used.crashes++
    if (what === 'cut') used.cuts++
    if (what === 'hold') used.holds++
    this.#note(TROUBLES[what](process.name))
    process.history.add(this.#clock.now(), what)
    process[what]()
  }

  #startWorker(): void {
    const index = this.#members.length
    const process = new FleetProcess(`w${index}`, this.#clock, this.#parts.paces[index] ?? 1)
    const games: HostedGame[] = []
    const worker = new FleetWorker({
      id: process.name,
      bus: this.#parts.bus(busOf(process, this.#hub)),
      leases: this.#parts.leases(leasesOf(process, this.#store)),
      servers: this.#list,
      clock: process.clock,
      random: () => 0.5,
      connect: () => {
        const game = new HostedGame(process.clock, (command) => this.#received(process, command))
        games.push(game)
        return game
      },
      onEvent: (event) => this.#workerEvent(process, event),
    })
    this.#members.push({ process, worker, games })
    worker.start()
  }

  #workerEvent(process: FleetProcess, event: WorkerEvent): void {
    if (event.type === 'taken') this.#note(`${process.name} owns the server, epoch ${event.epoch}`)
    if (event.type === 'ended') this.#note(`${process.name} owns it no more: ${event.reason}`)
    if (event.type !== 'command') return
    this.#note(`${process.name} begins ${event.text}`)
    if (event.epoch < this.#epoch)
      this.ledger.usurpers.push(
        `${process.name} begins ${event.text} in epoch ${event.epoch} of ${this.#epoch}`,
      )
  }

  #received(process: FleetProcess, command: GameCommand): void {
    const number = ++this.#lastCommand
    this.#waiting.push({ ...command, number, process })
    this.ledger.commands.find(({ text }) => text === command.text)?.sequences.push(number)
  }

  #ask(): void {
    const { commands } = this.ledger
    const resend = this.#limits.commands[commands.length] ?? false
    const command = newCommand(`c${commands.length}`, resend, this.#clock.now(), TIMEOUT_MS)
    commands.push(command)
    const { text, timeoutMs } = command
    this.#note(`the user sends ${text}${resend ? '' : ', once'}`)
    this.#user.receive(text, () => {
      const connection = this.#directory.connection(SERVER)
      if (connection !== undefined) follow(command, connection.exchange({ text, resend }, { timeoutMs }))
    })
  }

  #say(text: string): void {
    this.ledger.messages.push({ text, told: 0, acknowledged: false, owed: this.#told.isUp })
    this.#note(`the game says ${text}`)
    for (const { process, games } of this.#members)
      for (const game of games) process.receive(text, () => game.say(text))
  }

  #answer(number: number): void {
    const command = this.#waiting.find((each) => each.number === number)
    if (command === undefined) return
    this.#waiting = this.#waiting.filter((each) => each !== command)
    const record = this.ledger.commands.find(({ text }) => text === command.text)
    if (record === undefined) return
    this.#note(`the game executes ${command.text} for ${command.process.name}`)
    const reply = replyOf(record.text, record.executions++)
    this.#game.add(this.#clock.now(), reply)
    command.process.receive(reply, () => command.reply(reply))
  }

  async #pass(ms: number): Promise<void> {
    const until = this.#clock.now() + ms
    while (this.#clock.next <= until) {
      await passUntil(this.#clock, this.#clock.next)
      await this.#look()
    }
    this.#clock.jumpTo(until)
    await this.#look()
  }

  async #look(): Promise<void> {
    await drained()
    const { ledger } = this
    ledger.now = this.#clock.now()
    ledger.client.nextTimeout = 0
    const owners = this.#owners
    if (owners.length > 1)
      ledger.usurpers.push(`${owners.map(({ process }) => process.name).join(' and ')} own ${SERVER} at once`)
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
