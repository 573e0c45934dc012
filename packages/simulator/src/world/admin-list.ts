/** One RCON admin who is logged in. */
export interface GameAdmin {
  readonly id: number
  readonly address: string
  readonly port: number
}

/** The admins by id; an id is free again when its admin has left. */
export class AdminList {
  readonly #byId: Map<number, GameAdmin> = new Map()

  join(address: string, port: number): number {
    let id = 0
    while (this.#byId.has(id)) id += 1
    this.#byId.set(id, { id, address, port })
    return id
  }

  leave(id: number): void {
    this.#byId.delete(id)
  }

  /** Every admin, by id. */
  all(): readonly GameAdmin[] {
    return [...this.#byId.values()].sort((one, other) => one.id - other.id)
  }
}
