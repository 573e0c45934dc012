import { decodeClientPacket, decodeText, encodeServerPacket, encodeText } from '@bercon/protocol'
import type { MemoryPeer, MemorySocket } from '../src/testing/memory-transport.js'

/** A server that does what a test says, and sets no timer: what is left on the clock is the client's. */
export class ScriptedPeer implements MemoryPeer {
  password = 'hunter2'
  /** Hears everything and answers nothing. */
  isSilent = false
  /** The reply to a command; nothing for one that is to have none. A keep-alive has an empty one. */
  reply: (command: string) => string | undefined = () => ''
  /** Logins that came. */
  logins = 0
  /** Each command as often as it came. */
  readonly commands: string[] = []
  /** Sequences of the messages that were acknowledged. */
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

  /** Sends a message to who logged in last. */
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
