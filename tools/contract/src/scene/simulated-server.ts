import {
  type FilterHit,
  type GameAdmin,
  type GameBan,
  type GamePlayer,
  GameWorld,
  type NewBan,
  type Newcomer,
  SimulatorServer,
} from '@bercon/simulator'
import { SocketTap } from './socket-tap.js'

/** Settings of a test's server. */
export interface ServerSettings {
  /** @default 'hunter2' */
  readonly password?: string
  /** Whether `RestrictRCon` is on. @default false */
  readonly restricted?: boolean
  /** @default 0, any that is free */
  readonly port?: number
}

export const PASSWORD = 'hunter2'
export const MISSIONS: readonly string[] = ['co10_escape.altis.pbo', 'dm_stadium.vr.pbo']

interface Running {
  readonly simulator: SimulatorServer<ScriptedWorld>
  readonly tap: SocketTap
}

/**
 * A simulated game server with everything that a test can do to it. It exchanges only plain data, because it runs in
 * another thread.
 */
export class SimulatedServer {
  #running: Running | undefined

  /** Replaces the current server by a new one; returns its port. */
  async start(settings: ServerSettings = {}): Promise<number> {
    await this.stop()
    const tap = new SocketTap()
    const { password = PASSWORD, restricted = false, port: wanted = 0 } = settings
    const world = new ScriptedWorld({ bots: false, missions: MISSIONS, restricted })
    const simulator = new SimulatorServer({ world, password, openSocket: tap.openSocket })
    const { port } = await simulator.listen({ port: wanted })
    this.#running = { simulator, tap }
    return port
  }

  async stop(): Promise<void> {
    await this.#running?.simulator.close()
    this.#running = undefined
  }

  join(newcomer: Newcomer): number {
    return this.#world.join(newcomer)
  }

  leave(slot: number): void {
    this.#world.leave(slot)
  }

  /** Kicks a player as BattlEye itself does. */
  kick(slot: number, reason: string): void {
    this.#world.kick(slot, reason)
  }

  chat(slot: number, channel: string, text: string): void {
    this.#world.chat(slot, channel, text)
  }

  announceGuid(slot: number): void {
    this.#world.announceGuid(slot)
  }

  verify(slot: number): void {
    this.#world.verify(slot)
  }

  filterLog(slot: number, hit: FilterHit): void {
    this.#world.filterLog(slot, hit)
  }

  /** Sends any line to every client. */
  emit(line: string): void {
    this.#world.emit(line)
  }

  addBan(ban: NewBan): void {
    this.#world.addBan(ban)
  }

  players(): readonly GamePlayer[] {
    return this.#world.players
  }

  bans(): readonly GameBan[] {
    return this.#world.bans
  }

  admins(): readonly GameAdmin[] {
    return this.#world.admins
  }

  /** The texts of the received commands, without keep-alives. */
  commands(): readonly string[] {
    return this.#world.commands
  }

  /** Every received datagram. */
  datagrams(): readonly Uint8Array[] {
    return this.#now.tap.received
  }

  answerNext(answer: Answer): void {
    this.#world.answerNext(answer)
  }

  /** Sends any bytes to the client that sent the last datagram. */
  sendRaw(datagram: Uint8Array): void {
    this.#now.tap.answer(datagram)
  }

  setPassword(password: string): void {
    this.#now.simulator.server.setPassword(password)
  }

  /** Stops answering and forgets every client, until `revive`. */
  crash(): void {
    this.#now.simulator.crash()
  }

  revive(): void {
    this.#now.simulator.revive()
  }

  get #now(): Running {
    if (this.#running === undefined) throw new Error('no server was started')
    return this.#running
  }

  get #world(): ScriptedWorld {
    return this.#now.simulator.world
  }
}

/** Replaces the game's answer to a command. */
export type Answer = { readonly text: string } | 'silence'

/** A game that records every command, and answers with the configured text. */
export class ScriptedWorld extends GameWorld {
  readonly commands: string[] = []
  readonly #answers: Answer[] = []

  /** Sets the answer to the next command without one; the game does not receive that command. */
  answerNext(answer: Answer): void {
    this.#answers.push(answer)
  }

  override execute(command: string, admin: number | undefined, now: number): string {
    this.commands.push(command)
    const answer = this.#answers.shift()
    if (answer === undefined) return super.execute(command, admin, now)
    // A command that fails is not answered.
    if (answer === 'silence') throw new Error('set to be silent')
    return answer.text
  }
}
