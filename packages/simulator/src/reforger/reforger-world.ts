import { createRandom, encodeText } from '@bercon/server/kit'
import { inventName } from '../bots/bot-names.js'
import { waitingTime } from '../world/chance.js'
import { Outbox } from '../world/outbox.js'
import { checkTime, Schedule, WORLD } from '../world/schedule.js'
import { isSimulatorCommand, runSimulatorCommand } from '../world/simulator-commands.js'
import type { GameAdmin, ServerAction, World } from '../world/world.js'
import { reforgerStage, runReforgerCommand } from './reforger-commands.js'
import { checkReforgerOptions, type ReforgerWorldOptions } from './reforger-options.js'
import {
  type ReforgerGameBan,
  type ReforgerGamePlayer,
  type ReforgerNewcomer,
  ReforgerState,
} from './reforger-state.js'

interface DueMessage {
  readonly at: number
  readonly admin: number
  readonly bytes: Uint8Array
}

const MOST_WAITING = 100_000

/**
 * A game of Arma Reforger that exists only in memory, as its built-in RCON shows it: a command gets an empty reply, and
 * its output follows as messages to the admin who sent it. Commands run one after another. The same seed and the same
 * calls at the same times produce the same messages.
 *
 * @example
 * ```ts
 * import { ReforgerWorld, SimulatorServer } from '@bercon/simulator'
 *
 * const world = new ReforgerWorld({ bots: false })
 * world.join({ name: 'Ann' })
 * const simulator = new SimulatorServer({ password: 'hunter2', world })
 * console.log((await simulator.listen()).port > 0) // true
 * await simulator.close()
 * ```
 */
export class ReforgerWorld implements World {
  readonly #game: ReforgerState
  readonly #admins = new Set<number>()
  readonly #schedule = new Schedule<'arrive' | 'leave'>()
  readonly #actions = new Outbox<ServerAction>(MOST_WAITING)
  #due: DueMessage[] = []
  #busyUntil = Number.NEGATIVE_INFINITY
  #listener: (() => void) | undefined

  /**
   * @param now the time to start at, in milliseconds
   * @throws `InvalidArgumentError` naming the option that is out of range or unknown, or `now`.
   */
  constructor(options: Partial<ReforgerWorldOptions> = {}, now = 0) {
    const checked = checkReforgerOptions(options)
    checkTime(now)
    this.#game = new ReforgerState(checked, createRandom(checked.seed), now)
    if (!checked.bots) return
    for (let bot = 0; bot < Math.min(checked.initialPlayers, checked.maxPlayers); bot++) this.#letBotJoin()
    this.#schedule.set(WORLD, 'arrive', now + waitingTime(this.#game.random, checked.joinIntervalMs))
  }

  /** Always returns an empty reply: the output follows as messages. */
  execute(command: string, admin: number | undefined, now: number): string {
    this.#advance(now)
    if (command === '') return ''
    if (isSimulatorCommand(command)) {
      this.#reportTo(admin, runSimulatorCommand(this.#stage(), command))
      return ''
    }
    if (command.toLowerCase() === '@logout' && admin !== undefined) {
      this.#actions.put({ type: 'logout', admin })
      return ''
    }
    if (/^#?(?:restart|shutdown)$/i.test(command))
      this.#actions.put({ type: 'game-command', text: command, admin })
    const outputs = runReforgerCommand(this.#game, command)
    if (admin !== undefined) this.#putOut(command, outputs, admin)
    return ''
  }

  get maxAdmins(): number {
    return this.#game.options.maxClients
  }

  adminJoined({ id }: GameAdmin, now: number): void {
    this.#advance(now)
    this.#admins.add(id)
    this.#send(id, encodeText(`Logged In! Client ID: #${id}`))
  }

  adminLeft(id: number, now: number): void {
    this.#advance(now)
    this.#admins.delete(id)
    this.#due = this.#due.filter(({ admin }) => admin !== id)
  }

  handleTimeout(now: number): void {
    this.#advance(now)
  }

  nextTimeout(): number | undefined {
    const at = Math.min(
      this.#due[0]?.at ?? Number.POSITIVE_INFINITY,
      this.#schedule.next() ?? Number.POSITIVE_INFINITY,
    )
    return at === Number.POSITIVE_INFINITY ? undefined : at
  }

  takeMessages(): readonly string[] {
    return []
  }

  takeActions(): readonly ServerAction[] {
    return this.#actions.take()
  }

  onWork(listener: () => void): void {
    this.#listener = listener
  }

  /** The players in the game, in the order in which they joined. */
  get players(): readonly ReforgerGamePlayer[] {
    return this.#game.players
  }

  /** The active bans. */
  get bans(): readonly ReforgerGameBan[] {
    return this.#game.bans
  }

  /**
   * Adds a player and returns their number; no message reports it.
   *
   * @throws `InvalidArgumentError` if the game is full or the UUID is invalid.
   */
  join(newcomer: ReforgerNewcomer): number {
    return this.#game.join(newcomer)
  }

  /** Removes a player who leaves. */
  leave(id: number): void {
    this.#game.leave(id)
  }

  /** Bans an identity; 0 seconds for a permanent ban. */
  addBan(identityId: string, name: string, seconds = 0): void {
    this.#game.ban(identityId, name, seconds, 'No reason provided')
  }

  /** Sends any line to all admins, also during an output. */
  emit(line: string): void {
    this.#stage().emit(line)
    this.#listener?.()
  }

  /**
   * Runs one of the simulator's own commands, like `sim.…` over RCON, and returns what it did: `join NAME`,
   * `leave NAME`, `line TEXT`.
   */
  simulate(command: string): string {
    const report = runSimulatorCommand(this.#stage(), command)
    this.#listener?.()
    return report
  }

  #stage() {
    const toAll = (line: string) => {
      for (const id of this.#admins) this.#send(id, encodeText(line))
    }
    return reforgerStage(this.#game, toAll)
  }

  #reportTo(admin: number | undefined, report: string): void {
    if (admin !== undefined) this.#send(admin, encodeText(report))
  }

  /** Queues the echo and the output in chunks, after the pending output of earlier commands. */
  #putOut(command: string, outputs: ReturnType<typeof runReforgerCommand>, admin: number): void {
    const { chunkBytes, chunkDelayMs } = this.#game.options
    let at = Math.max(this.#game.now, this.#busyUntil)
    this.#due.push({ at, admin, bytes: encodeText(`Processing Command: ${command}`) })
    for (const { text, afterMs } of outputs) {
      at += afterMs
      for (const bytes of piecesOf(encodeText(text), chunkBytes)) {
        at += chunkDelayMs
        this.#due.push({ at, admin, bytes })
      }
    }
    this.#busyUntil = at
    // Drops the oldest beyond this limit, like a real server's queue.
    if (this.#due.length > MOST_WAITING) this.#due.splice(0, this.#due.length - MOST_WAITING)
  }

  #send(admin: number, message: Uint8Array): void {
    this.#actions.put({ type: 'message', message, admin })
  }

  #letBotJoin(): void {
    const { random, options, players, now } = this.#game
    const name = inventName(random, options.hostileNames, (taken) =>
      players.some((one) => one.name === taken),
    )
    this.#schedule.set(this.#game.join({ name }), 'leave', now + waitingTime(random, options.stayMs))
  }

  /** Runs every event at its own time. */
  #advance(now: number): void {
    checkTime(now)
    const game = this.#game
    for (let due = this.#schedule.take(now); due !== undefined; due = this.#schedule.take(now)) {
      game.now = Math.max(game.now, due.at)
      if (due.name === 'leave') game.leave(due.owner)
      else {
        if (game.players.length < game.options.maxPlayers) this.#letBotJoin()
        this.#schedule.set(WORLD, 'arrive', game.now + waitingTime(game.random, game.options.joinIntervalMs))
      }
    }
    game.now = Math.max(game.now, now)
    const isDue = this.#due.findIndex(({ at }) => at > now)
    for (const { admin, bytes } of this.#due.splice(0, isDue < 0 ? this.#due.length : isDue))
      this.#send(admin, bytes)
  }
}

function piecesOf(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}
