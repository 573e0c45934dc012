// @ts-nocheck
import { encodeText, type Receiver, type Transport } from '@bercon/core/kit'
import type { VirtualClock } from '@bercon/core/testing'
import { ServerSession } from '@bercon/protocol'
import { Alarm } from '@bercon/protocol/driver'
import { Link, type LinkOptions } from '@bercon/protocol/link'
import { GameWorld } from '@bercon/simulator'

const PLENTY = 1_000_000_000

/** A game server at the other end of a bad link, in virtual time; it repeats messages until they are acknowledged. */
export class LossyGame {
  readonly world = new GameWorld({ bots: false, maxPlayers: 40, maxMessages: 1_000_000 })
  readonly session = new ServerSession(encodeText('hunter2'), {
    messageAttempts: Number.POSITIVE_INFINITY,
    maxQueuedMessages: PLENTY,
    maxQueuedBytes: PLENTY,
  })
  /** Lines that the world has said. */
  lines = 0
  readonly #clock: VirtualClock
  readonly #alarm: Alarm
  readonly #toServer: Link
  readonly #toClient: Link
  #receiver: Receiver | undefined

  constructor(clock: VirtualClock, faults: Partial<LinkOptions>) {
    this.#clock = clock
    this.#toServer = new Link({ ...faults, seed: 11 })
    this.#toClient = new Link({ ...faults, seed: 12 })
    this.#alarm = new Alarm(clock, () => this.#step())
  }

  readonly transport: Transport = {
    resolve: async (host) => [host],
    open: async (_address, _port, receiver) => {
      this.#receiver = receiver
      return {
        send: (datagram) => {
          this.#toServer.send(datagram, this.#clock.now())
          this.#arm()
        },
        close: () => {},
      }
    },
  }

  /** Sends the lines that the world has said meanwhile. */
  flush(): void {
    const { session, world } = this
    const now = this.#clock.now()
    for (const event of session.takeEvents()) {
      if (event.type === 'login') world.adminJoined({ id: 0, address: '192.0.2.9', port: 4_000 }, now)
      if (event.type !== 'command') continue
      const command = new TextDecoder().decode(event.bytes)
      session.reply(event.id, encodeText(world.execute(command, 0, now)))
    }
    for (const line of world.takeMessages()) {
      this.lines++
      session.sendMessage(encodeText(line), now)
    }
    for (const datagram of session.takeDatagrams()) this.#toClient.send(datagram, now)
    this.#arm()
  }

  #step(): void {
    const now = this.#clock.now()
    for (const datagram of this.#toServer.takeArrived(now)) {
      this.session.receive(datagram, now)
      this.flush()
    }
    this.session.handleTimeout(now)
    this.flush()
    for (const datagram of this.#toClient.takeArrived(now)) this.#receiver?.onDatagram(datagram)
    this.#arm()
  }

  #arm(): void {
    const times = [this.#toServer, this.#toClient, this.session].map((part) => part.nextTimeout())
    this.#alarm.set(Math.min(...times.map((at) => at ?? Number.POSITIVE_INFINITY)))
  }
}
