import { decodeClientPacket, encodeText, type Receiver } from '@bercon/core/kit'
import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { encodeServerPacket } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../core/test/scripted-peer.js'
import { AsyncRconClient } from '../src/async-rcon-client.js'

// Defects of other clients that the layers below cannot show; the comment above each test says how to reintroduce one.

// In core's connection/live-session.ts, in `#pump`: emit the events before the datagrams are sent.
describe('8: user code is run after the acknowledgement', () => {
  /** A client on a socket that records at once what it sends and receives. */
  async function newClient() {
    const clock = new VirtualClock()
    const acknowledged: number[] = []
    let receiver: Receiver | undefined
    const transport = {
      resolve: async (host: string) => [host],
      open: async (_address: string, _port: number, owner: Receiver) => {
        receiver = owner
        const send = (datagram: Uint8Array) => {
          const packet = decodeClientPacket(datagram)
          if (packet.type === 'acknowledgement') acknowledged.push(packet.sequence)
        }
        return { send, close: () => {} }
      },
    }
    const client = new AsyncRconClient({ transport, clock })
    const connected = client.connect('192.0.2.1', 2306, 'hunter2')
    await clock.run(0)
    receiver?.onDatagram(encodeServerPacket({ type: 'login', accepted: true }))
    await connected
    const say = (sequence: number) =>
      receiver?.onDatagram(encodeServerPacket({ type: 'message', sequence, bytes: encodeText('hello') }))
    return { client, acknowledged, say }
  }

  it('so that a listener finds it sent', async () => {
    const { client, acknowledged, say } = await newClient()
    const found: number[][] = []
    client.listen('rawEvent', () => found.push([...acknowledged]))
    client.listen('unknownMessage', () => found.push([...acknowledged]))
    say(0)
    say(1)
    expect(found).toEqual([[0], [0], [0], [0, 1], [0, 1], [0, 1]].filter((_, index) => index % 3 !== 2))
  })

  it('so that one that throws, or sends commands, delays no other', async () => {
    const { client, acknowledged, say } = await newClient()
    client.listen('unknownMessage', () => {
      client.send('stop that').catch(() => {})
      throw new Error('broken')
    })
    say(0)
    say(0)
    say(1)
    expect(acknowledged).toEqual([0, 0, 1])
  })
})

describe('15: nobody and nothing is dropped', () => {
  async function newClient(replies: Readonly<Record<string, string>>) {
    const clock = new VirtualClock()
    const peer = new ScriptedPeer()
    peer.reply = (command) => replies[command] ?? ''
    const transport = new MemoryTransport(clock, new Map([['192.0.2.1', peer]]))
    const client = new AsyncRconClient({ transport, clock, playersIntervalMs: 0 })
    const connected = client.connect('192.0.2.1', 2306, 'hunter2')
    await clock.run(0)
    await connected
    const fetched = async <T>(call: Promise<T>) => {
      await clock.run(0)
      return call
    }
    return { client, peer, clock, fetched }
  }

  const GUID = 'a'.repeat(32)

  // In core's parsers/players-reply.ts: remove '(?)' or '' from STATUSES, do not read NO_GUID, or read the ping with
  // `wholeNumber`.
  it('players with (?), with -, without a remark, and with ping -1', async () => {
    const players = [
      'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n--------------------------------------------------',
      `0   192.0.2.1:2304        31   ${GUID}(OK) Ann`,
      `1   192.0.2.2:2304        47   ${GUID}(?)  Bob`,
      '2   192.0.2.3:2304        -1   - Eve (Lobby)',
      `3   192.0.2.4:2304        0    ${GUID} Dan`,
      '(4 players in total)',
    ].join('\n')
    const { client, fetched } = await newClient({ players })
    const rows = await fetched(client.fetchPlayers())
    expect(
      rows.map(({ name, ping, isGuidValid, guid }) => [name, ping, isGuidValid, guid !== undefined]),
    ).toEqual([
      ['Ann', 31, true, true],
      ['Bob', 47, false, true],
      ['Eve', -1, false, false],
      ['Dan', 0, true, true],
    ])
    expect(client.players).toEqual(rows)
  })

  // In core's parsers/bans-reply.ts: ask `firstFields` for 4 fields.
  it('bans without a reason, and expired ones', async () => {
    const bans = [
      'GUID Bans:\n[#] [GUID] [Minutes left] [Reason]\n----------------------------------------',
      `0  ${GUID} perm`,
      `1  ${GUID} -    over`,
      '\nIP Bans:\n[#] [IP Address] [Minutes left] [Reason]\n----------------------------------------------',
      '2  192.0.2.1       0',
    ].join('\n')
    const { client, fetched } = await newClient({ bans })
    const rows = await fetched(client.fetchBans())
    expect(
      rows.map(({ index, reason, isPermanent, isExpired, minutesLeft }) => [
        index,
        reason,
        isPermanent,
        isExpired,
        minutesLeft,
      ]),
    ).toEqual([
      [0, '', true, false, undefined],
      [1, 'over', false, true, undefined],
      [2, '', false, false, 0],
    ])
  })

  // In core's client/event-reader.ts: call `parseServerMessage` without the names.
  it('chat of a player whose name contains ": "', async () => {
    const { client, peer, clock } = await newClient({})
    const chat: string[][] = []
    client.listen('playerMessage', ({ name, message, player }) =>
      chat.push([name, message, String(player?.id)]),
    )
    peer.say('Player #5 AT: two (192.0.2.5:2304) connected')
    peer.say('(Side) AT: two: at the gate: now')
    await clock.run(0)
    expect(chat).toEqual([['AT: two', 'at the gate: now', '5']])
  })

  // In core's parsers/chat-line.ts and admin-lines.ts: require at least one character of text.
  it('lines without a text, and names without a letter', async () => {
    const { client, peer, clock } = await newClient({})
    const seen: string[] = []
    client.listen('playerMessage', ({ name, message }) => seen.push(`${name}|${message}`))
    client.listen('adminWhisper', ({ to, message }) => seen.push(`${to}|${message}`))
    client.listen('playerConnect', ({ name }) => seen.push(`${name}|joined`))
    peer.say('(Global) Joe: ')
    peer.say('RCon admin #1: (To MM Leon) ')
    peer.say('Player #5  (192.0.2.5:2304) connected')
    await clock.run(0)
    expect(seen).toEqual(['Joe|', 'MM Leon|', '|joined'])
  })
})
