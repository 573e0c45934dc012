// @ts-nocheck
import { decodeClientPacket, decodeText, encodeServerPacket, encodeText } from '@bercon/protocol'
import type { MemoryPeer, MemorySocket } from '../src/testing/memory-transport.js'

/** A server that a test controls. It sets no timers, so those on the clock are the client's. */
export class ScriptedPeer implements MemoryPeer {
  password = 'hunter2'
  /** Receives everything and answers nothing. */
  isSilent = false
  /** The reply to a command; `undefined` for none. A keep-alive is answered with an empty one. */
  reply: (command: string) => string | undefined = () => ''
  /** Number of logins received. */
  logins = 0
  /** Every command received, including repeats. */
  readonly commands: string[] = []
  /** Sequences of the acknowledged messages. */
  readonly acknowledged: number[] = []
  #socket: MemorySocket | undefined
  #sequence = 0

  readonly onDatagram = (datagram: Uint8Array, from: MemorySocket): void => {
    const packet = decodeClientPacket(datagram)
    if (packet.type === 'login') this.#logIn(decodeText(packet.bytes), from)
    if (packet.type === 'acknowledgement') this.acknowledged.push(packet.sequence)
    if (packet.type !== 'command') return
    const command = decodeText(packet.bytes)
    if (command !== '') this.commands.push(command)
    const reply = this.isSilent ? undefined : this.reply(command)
    if (reply === undefined) return
    const { sequence } = packet
    from.deliver(encodeServerPacket({ type: 'response', sequence, bytes: encodeText(reply) }))
  }

  /** Sends a message to the client that logged in last. */
  say(text: string, sequence: number = this.#sequence++): void {
    const bytes = encodeText(text)
    this.#socket?.deliver(encodeServerPacket({ type: 'message', sequence: sequence % 256, bytes }))
  }

  #logIn(password: string, from: MemorySocket): void {
    this.logins++
    if (this.isSilent) return
    const accepted = password === this.password
    if (accepted) {
      this.#socket = from
      this.#sequence = 0
    }
    from.deliver(encodeServerPacket({ type: 'login', accepted }))
  }
}
