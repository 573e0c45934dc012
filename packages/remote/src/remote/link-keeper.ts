import type { ClientClock } from '@bercon/core'
import { BackOff } from '@bercon/core/kit'
import type { TextChannel } from '../channels/text-channel.js'
import { ChannelLink, type LinkOwner } from './channel-link.js'
import type { RemoteSettings } from './remote-options.js'

/** Opens channels to a host: one at a time, and after each that was lost the next, with growing waits. */
export class LinkKeeper {
  readonly #open: () => TextChannel | Promise<TextChannel>
  readonly #clock: ClientClock
  readonly #settings: RemoteSettings
  readonly #owner: LinkOwner
  readonly #backOff: BackOff
  #link: ChannelLink | undefined
  #last: ChannelLink | undefined
  #begunAt = 0
  /** Why the last channel was lost or could not be opened; nothing while there is one. */
  error: Error | undefined

  constructor(
    open: () => TextChannel | Promise<TextChannel>,
    { settings, clock, random }: { settings: RemoteSettings; clock: ClientClock; random: () => number },
    owner: LinkOwner,
  ) {
    this.#open = open
    this.#clock = clock
    this.#settings = settings
    this.#owner = owner
    this.#backOff = new BackOff(clock, settings, random)
  }

  /** The present channel, from its opening to its loss. */
  get link(): ChannelLink | undefined {
    return this.#link
  }

  /** Time since the present channel began to open, in ms. */
  get elapsedMs(): number {
    return this.#clock.now() - this.#begunAt
  }

  /** Opens a channel, instead of waiting longer, unless there is one. */
  begin(): void {
    if (this.#link !== undefined) return
    this.#backOff.end()
    this.#openNext()
  }

  /** Opens the next channel after a wait. Returns that wait in ms, and its number from 1. */
  wait(): { readonly attempt: number; readonly delayMs: number } {
    return this.#backOff.begin(() => this.#openNext())
  }

  /** Notes that the present channel has a host. */
  attached(): void {
    this.error = undefined
  }

  /** Notes that all is well: the next wait is short again. */
  endWaits(): void {
    this.#backOff.end()
  }

  /** Notes that the present channel is lost. */
  lose(error: Error): void {
    this.#link = undefined
    this.error = error
  }

  /** Says goodbye, and opens no more. */
  leave(): void {
    const link = this.#link
    this.#link = undefined
    this.#backOff.end()
    link?.leave()
  }

  #openNext(): void {
    this.#begunAt = this.#clock.now()
    const left = this.#last?.over
    const open = async () => {
      // A host must not hear of a login before the end of the one before.
      await left
      return this.#open()
    }
    this.#link = new ChannelLink(open, this.#clock, this.#settings, this.#owner)
    this.#last = this.#link
  }
}
