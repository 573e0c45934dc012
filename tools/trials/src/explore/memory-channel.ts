import type { TextChannel } from '@bercon/remote'

/** One side of a channel. */
export type End = 'host' | 'user'

/** A text on its way. */
export interface Frame {
  readonly id: number
  readonly to: End
  readonly text: string
}

/** A channel whose texts come when the world wants them to, each direction in order, and whose ends see its end apart. */
export class MemoryChannel {
  readonly id: number
  readonly ends: { readonly [Side in End]: ChannelEnd }
  #frames: Frame[] = []
  #lastFrame = 0

  constructor(id: number) {
    this.id = id
    const end = (to: End) => new ChannelEnd((text) => this.#frames.push({ id: ++this.#lastFrame, to, text }))
    this.ends = { host: end('user'), user: end('host') }
  }

  /** The texts that can come next: the first of each direction. */
  get arriving(): readonly Frame[] {
    return (['host', 'user'] as const).flatMap((to) => {
      const first = this.#frames.find((frame) => frame.to === to)
      return first !== undefined && this.ends[to].state === 'open' ? [first] : []
    })
  }

  /** Everything that is on its way. */
  get frames(): readonly Frame[] {
    return this.#frames
  }

  /** The ends that do not know yet that the other one has closed, and have nothing more to hear before. */
  get closing(): readonly End[] {
    return (['host', 'user'] as const).filter(
      (side) =>
        this.ends[side].state === 'open' &&
        this.ends[other(side)].state !== 'open' &&
        !this.#frames.some(({ to }) => to === side),
    )
  }

  deliver(id: number): void {
    const frame = this.#frames.find((each) => each.id === id)
    this.#frames = this.#frames.filter((each) => each !== frame)
    if (frame !== undefined) this.ends[frame.to].hear(frame.text)
  }

  /** Loses what is on its way; that side sees it. The other one still sends into the void. */
  cut(seenBy: End): void {
    this.#frames = []
    this.ends[seenBy].end(new Error('the channel was cut'))
  }

  /** That side sees that the other one has gone. */
  seeEnd(side: End): void {
    this.ends[side].end(undefined)
  }
}

function other(side: End): End {
  return side === 'host' ? 'user' : 'host'
}

class ChannelEnd implements TextChannel {
  state: 'open' | 'ended' = 'open'
  readonly #carry: (text: string) => void
  #onText: (text: string) => void = () => {}
  #onClose: (error?: Error) => void = () => {}

  constructor(carry: (text: string) => void) {
    this.#carry = carry
  }

  send(text: string): void {
    if (this.state === 'open') this.#carry(text)
  }

  onText(listener: (text: string) => void): void {
    this.#onText = listener
  }

  onClose(listener: (error?: Error) => void): void {
    this.#onClose = listener
  }

  close(): void {
    this.state = 'ended'
  }

  hear(text: string): void {
    if (this.state === 'open') this.#onText(text)
  }

  end(error: Error | undefined): void {
    if (this.state === 'ended') return
    this.state = 'ended'
    this.#onClose(error)
  }
}
