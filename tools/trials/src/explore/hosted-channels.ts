import type { ClientClock } from '@bercon/core'
import type { Connection } from '@bercon/core/kit'
import type { TextChannel } from '@bercon/remote'
import { HostedGame } from './hosted-game.js'
import type { Ledger } from './ledger.js'
import { type End, MemoryChannel } from './memory-channel.js'
import { ReceivedCommands } from './received-commands.js'

/** One thing that can happen to a channel. */
export type ChannelChoice =
  /** The first text of one direction arrives. */
  | { readonly do: 'deliver'; readonly channel: number; readonly frame: number }
  /** A channel breaks: one end sees it now, the other one later. */
  | { readonly do: 'cut' | 'see-end'; readonly channel: number; readonly end: End }

/** Hosts a game for a user at the other end of a channel. */
export type NewHost = (game: Connection, channel: TextChannel, clock: ClientClock) => void

/** What the channels need of their world. */
export interface ChannelsOptions {
  readonly clock: ClientClock
  readonly host: NewHost
  readonly ledger: Ledger
  readonly note: (text: string) => void
  /** Called with all that an end is given. */
  readonly given: (end: End, what: string) => void
}

interface Hosted {
  readonly channel: MemoryChannel
  readonly game: HostedGame
}

/** The channels between a user and a host, each with a game of its own behind the host. */
export class HostedChannels {
  readonly received: ReceivedCommands<MemoryChannel>
  readonly #options: ChannelsOptions
  readonly #hosted: Hosted[] = []

  constructor(options: ChannelsOptions) {
    this.#options = options
    this.received = new ReceivedCommands(options.ledger)
  }

  /** Equal if the same texts are on their way between ends of the same states. */
  get fingerprint(): string {
    const channels = this.#hosted.map(({ channel }) => {
      const ends = `${channel.ends.host.state} ${channel.ends.user.state}`
      return `${ends} ${JSON.stringify(channel.frames.map(({ to, text }) => [to, text]))}`
    })
    return `${channels} ${this.received.waiting.map(({ text, place }) => `${text}/${place.id}`)}`
  }

  /** Number of channels whose end at the user is open. */
  get openAtUser(): number {
    return this.#hosted.filter(({ channel }) => channel.ends.user.state === 'open').length
  }

  /** A command at a host whose channel has ended, unless the host has abandoned it. */
  get keptCommand(): string | undefined {
    return this.received.waiting.find(
      ({ place, isAbandoned }) => place.ends.host.state === 'ended' && !isAbandoned(),
    )?.text
  }

  /** What is still on its way between the ends. */
  get goodbye(): ChannelChoice | undefined {
    return this.choices(false)[0]
  }

  choices(canCut: boolean): readonly ChannelChoice[] {
    const choices: ChannelChoice[] = []
    for (const { channel } of this.#hosted) {
      const { id } = channel
      for (const frame of channel.arriving) choices.push({ do: 'deliver', channel: id, frame: frame.id })
      for (const end of channel.closing) choices.push({ do: 'see-end', channel: id, end })
      const isWhole = channel.ends.host.state === 'open' && channel.ends.user.state === 'open'
      if (isWhole && canCut)
        for (const end of ['user', 'host'] as const) choices.push({ do: 'cut', channel: id, end })
    }
    return choices
  }

  /** Opens another channel, and returns the user's end. */
  open(): TextChannel {
    const { clock, host, note } = this.#options
    const channel = new MemoryChannel(this.#hosted.length)
    const game = new HostedGame(clock, (command) => {
      this.received.add(channel, command)
      note(`                          the host sends ${command.text}`)
    })
    note(`      channel ${channel.id} opens`)
    this.#hosted.push({ channel, game })
    void game.open()
    host(game, channel.ends.host, clock)
    return channel.ends.user
  }

  take(choice: ChannelChoice): void {
    const { note, given } = this.#options
    const channel = this.#channel(choice.channel)
    if (choice.do === 'deliver') this.#deliver(channel, choice.frame)
    if (choice.do === 'cut') {
      note(`      channel ${channel.id} is cut, and the ${choice.end} sees it`)
      given(choice.end, `cut ${channel.id}`)
      channel.cut(choice.end)
    }
    if (choice.do === 'see-end') {
      note(`      the ${choice.end} sees the end of channel ${channel.id}`)
      given(choice.end, `end ${channel.id}`)
      channel.seeEnd(choice.end)
    }
  }

  /** Every game sends a message. */
  say(text: string): void {
    for (const { game } of this.#hosted) game.say(text)
  }

  #deliver(channel: MemoryChannel, id: number): void {
    const frame = channel.arriving.find((each) => each.id === id)
    if (frame === undefined) throw new Error(`frame ${id} is not the next one of channel ${channel.id}`)
    const { type } = JSON.parse(frame.text) as { readonly type: string }
    const way = frame.to === 'host' ? 'user ---> host' : 'user <--- host'
    this.#options.note(`${way}  channel ${channel.id}: ${type}`)
    this.#options.given(frame.to, `${channel.id} ${frame.text}`)
    channel.deliver(id)
  }

  #channel(id: number): MemoryChannel {
    const { channel } = this.#hosted[id] ?? {}
    if (channel === undefined) throw new Error(`there is no channel ${id}`)
    return channel
  }
}
