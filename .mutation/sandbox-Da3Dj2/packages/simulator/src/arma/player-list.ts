// @ts-nocheck
import type { GamePlayer } from './game-player.js'

/** Number of departed players who may come back. */
const REMEMBERED = 32

/** The players in the game by slot; a slot is free again once its player has left. */
export class PlayerList {
  readonly #bySlot: Map<number, GamePlayer> = new Map()
  readonly #departed: GamePlayer[] = []

  get size(): number {
    return this.#bySlot.size
  }

  get(slot: number): GamePlayer | undefined {
    return this.#bySlot.get(slot)
  }

  put(player: GamePlayer): void {
    this.#bySlot.set(player.id, player)
  }

  remove(slot: number): void {
    const player = this.#bySlot.get(slot)
    if (player === undefined) return
    this.#bySlot.delete(slot)
    this.#departed.push(player)
    if (this.#departed.length > REMEMBERED) this.#departed.shift()
  }

  /** The players who left last, except those whose name is in use. */
  departed(): readonly GamePlayer[] {
    return this.#departed.filter(({ name }) => !this.hasName(name))
  }

  /** Every player, by slot. */
  all(): readonly GamePlayer[] {
    return [...this.#bySlot.values()].sort((one, other) => one.id - other.id)
  }

  hasName(name: string): boolean {
    for (const player of this.#bySlot.values()) if (player.name === name) return true
    return false
  }

  /** The lowest free slot of at least `from`. */
  freeSlot(from = 0): number {
    let slot = from
    while (this.#bySlot.has(slot)) slot += 1
    return slot
  }
}
