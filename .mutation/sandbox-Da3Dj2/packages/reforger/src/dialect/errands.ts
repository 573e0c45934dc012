// @ts-nocheck
import type { Session } from '@bercon/core/kit'
import type { Turn } from './turn.js'
import type { Sending } from './turn-action.js'
import type { TurnRequest } from './turn-queue.js'

/** The purpose of a sent command: a turn, or, with BattlEye's RCON, its caller. */
export type Errand =
  | { readonly for: 'turn'; readonly turn: Turn; readonly sending: Sending }
  | { readonly for: 'caller'; readonly id: TurnRequest['id'] }

/** The commands that the inner session has not answered yet. */
export class Errands {
  readonly #session: Pick<Session, 'sendCommand' | 'cancel'>
  readonly #byId = new Map<number, Errand>()

  constructor(session: Pick<Session, 'sendCommand' | 'cancel'>) {
    this.#session = session
  }

  send(errand: Errand, request: Pick<TurnRequest, 'bytes' | 'resend' | 'deadline'>, now: number): void {
    const { bytes, resend, deadline } = request
    const options = { resend, timeoutMs: Math.max(0, deadline - now) }
    this.#byId.set(this.#session.sendCommand(bytes, options, now), errand)
  }

  /** Stops sending the matching commands; their failures still follow. */
  stop(matches: (errand: Errand) => boolean, now: number): void {
    for (const [id, errand] of this.#byId) if (matches(errand)) this.#session.cancel(id, now)
  }

  /** Removes the command that was answered. */
  take(id: number): Errand | undefined {
    const errand = this.#byId.get(id)
    this.#byId.delete(id)
    return errand
  }
}
