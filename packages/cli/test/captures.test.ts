import { existsSync, readFileSync } from 'node:fs'
import { AsyncRconClient, type RconEvents } from '@bercon/client'
import { encodeText } from '@bercon/protocol'
import { startSimulator } from '@bercon/simulator'
import { describe, expect, it, vi } from 'vitest'
import { recordedMessages } from '../src/captures/recorded-messages.js'
import { recordedReplies } from '../src/captures/recorded-replies.js'
import { copyCaptures, recordThrough } from '../src/captures/recording.js'
import { serveReplay } from '../src/captures/replay-server.js'
import { replayMessages } from '../src/captures/replayed-client.js'
import { type ReplayFlags, replay } from '../src/commands/replay.js'
import { type WatchedEvent, watchEvents } from '../src/watch/watched-event.js'
import { bercon } from './bercon-process.js'
import { newFile } from './new-folder.js'
import { outputOf } from './output-of.js'

const PASSWORD = 'open-sesame'
const NAME = 'Quetzalcoatl [XYZ]'

/** A session with some players in a capture, the events that its client emitted, and what must not be in the file. */
async function recorded() {
  await using simulator = await startSimulator({ password: PASSWORD, bots: false })
  const file = newFile('session.pcapng', new Uint8Array(0))
  const end = new AbortController()
  let listening = (_port: number) => {}
  const port = new Promise<number>((resolve) => {
    listening = resolve
  })
  const recording = recordThrough({ host: simulator.address, port: simulator.port }, 0, file, {
    signal: end.signal,
    onListening: listening,
  })
  const client = new AsyncRconClient()
  const events: WatchedEvent[] = []
  watchEvents(client, (event) => events.push(event))
  await client.connect('127.0.0.1', await port, PASSWORD)
  const slot = simulator.world.join({ name: NAME })
  for (let index = 0; index < 40; index++) simulator.world.join({ name: `Somebody else ${index}` })
  const chatted = client.waitFor('playerMessage', { timeoutMs: 20_000 })
  simulator.world.chat(slot, 'Side', 'hello')
  const chat: RconEvents<'promise'>['playerMessage'] = await chatted
  const players = await client.fetchPlayers()
  await client.close()
  end.abort()
  const packets = await recording
  return { file, packets, chat, events, players }
}

const MESSAGES = /^(?:player|admin|beMaster|filterLog|server|unknown)/

/** The lines of the server; what a list says of their players beside is not replayed. */
const linesOf = (events: readonly WatchedEvent[]) =>
  events
    .filter(({ type }) => MESSAGES.test(type))
    .map((event) => ({ ...event, at: undefined, player: undefined }))

async function replayed(file: string, flags: Partial<ReplayFlags> = {}): Promise<readonly WatchedEvent[]> {
  const { stdout } = await outputOf(() =>
    replay(file, { format: 'ndjson', ...flags }, new AbortController().signal),
  )
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('a recorded session', () => {
  it('has every packet but no password, and replays the events that the client emitted', async () => {
    const { file, packets, chat, events } = await recorded()
    expect(packets).toBeGreaterThan(50)
    expect(readFileSync(file).includes(PASSWORD)).toBe(false)
    expect(chat.name).toBe(NAME)
    const again = await replayed(file)
    expect(linesOf(again)).toEqual(linesOf(JSON.parse(JSON.stringify(events))))
    expect(again.length).toBeGreaterThan(40)
    const { stdout, code } = await bercon(['replay', file])
    expect(code).toBe(0)
    expect(stdout).toContain(`${NAME}: hello`)
  })

  it('has no name, GUID or address of a player any more once it is anonymous', async () => {
    const { file, players } = await recorded()
    const other = newFile('anonymous.pcapng', new Uint8Array(0))
    const { code } = await bercon(['record', other, '--from', file, '--anonymize'])
    expect(code).toBe(0)
    const text = readFileSync(other).toString('latin1')
    for (const { name, guid, ip } of players) {
      expect(text).not.toContain(name)
      expect(text).not.toContain(ip)
      if (guid !== undefined) expect(text).not.toContain(guid)
    }
    const again = await replayed(other)
    expect(again.map(({ type }) => type)).toEqual((await replayed(file)).map(({ type }) => type))
    expect(again.filter(({ type }) => type === 'playerMessage')).toEqual([
      expect.objectContaining({ name: expect.stringMatching(/^Player \d+$/), message: 'hello' }),
    ])
    expect(copyCaptures([file], other, false)).toEqual({ packets: expect.any(Number), left: 0 })
  })

  it('is put together with others, in which a player has the same invented name', async () => {
    const [first, second] = [await recorded(), await recorded()]
    const other = newFile('together.pcapng', new Uint8Array(0))
    const { code, stdout } = await bercon([
      'record',
      '--from',
      first.file,
      '--from',
      second.file,
      '--anonymize',
      other,
    ])
    expect(code).toBe(0)
    expect(stdout).toContain(`${first.packets + second.packets} packets`)
    const chat = (await replayed(other)).filter(({ type }) => type === 'playerMessage')
    expect(chat).toHaveLength(2)
    expect(new Set(chat.map((event) => /"name":"[^"]*"/.exec(JSON.stringify(event))?.[0])).size).toBe(1)
  })

  it('is played by a server to any client: the same messages and the same lists', async () => {
    const { file, events, players } = await recorded()
    const end = new AbortController()
    const port = new Promise<number>((resolve) => {
      void serveReplay(0, {
        messages: recordedMessages(file, undefined),
        replies: recordedReplies(file, undefined),
        speed: Number.POSITIVE_INFINITY,
        signal: end.signal,
        onListening: resolve,
      }).catch(() => {})
    })
    const client = new AsyncRconClient()
    const again: WatchedEvent[] = []
    watchEvents(client, (event) => again.push(event))
    const chatted = client.waitFor('playerMessage', { timeoutMs: 20_000 })
    await client.connect('127.0.0.1', await port, 'whatever')
    await chatted
    const shown = await client.fetchPlayers()
    await client.close()
    end.abort()
    const facts = (list: typeof players) => list.map(({ id, name, guid, ip }) => ({ id, name, guid, ip }))
    expect(facts(shown)).toEqual(facts(players))
    expect(linesOf(again)).toEqual(linesOf(events))
  })

  it('is not begun, and the file of an earlier one is kept, where the port is taken', async () => {
    await using simulator = await startSimulator({ password: PASSWORD, bots: false })
    const file = newFile('kept.pcapng', Uint8Array.of(1, 2, 3))
    const port = String(simulator.port)
    const { stderr, code } = await bercon([
      'record',
      file,
      '--host',
      '127.0.0.1',
      '--port',
      port,
      '--listen',
      port,
    ])
    expect(code).toBe(1)
    expect(stderr).toContain(`cannot listen on 127.0.0.1 port ${port}`)
    expect([...readFileSync(file)]).toEqual([1, 2, 3])
  })

  it('waits longer than a timer can, where it is replayed very slowly', async () => {
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const end = new AbortController()
    const message = (at: number, number: number) => ({
      at,
      number,
      bytes: encodeText('Player #0 Rook disconnected'),
    })
    const shown: WatchedEvent[] = []
    const options = { speed: 1e-300, encoding: undefined, signal: end.signal }
    const replaying = replayMessages([message(0, 0), message(1_000, 1)], options, (event) =>
      shown.push(event),
    )
    end.abort()
    await expect(replaying).rejects.toThrow()
    expect(shown).toHaveLength(1)
    expect(warning).not.toHaveBeenCalled()
    warning.mockRestore()
  })

  it('says so where no message of a server is in it', async () => {
    const { file } = await recorded()
    const { stderr, stdout, code } = await bercon(['replay', file, '--port', '99'])
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain('contains no message of a server from port 99')
  })

  it.runIf(existsSync('/dev/full'))('ends by name where the disk is full', async () => {
    const { stderr, code } = await bercon([
      'record',
      '/dev/full',
      '--host',
      '127.0.0.1',
      '--port',
      '1',
      '--listen',
      '0',
    ])
    expect(code).toBe(1)
    expect(stderr).toContain('cannot write /dev/full')
  })

  it('is refused by name where something is wrong', async () => {
    expect((await bercon(['record', 'out.pcapng'])).stderr).toContain(
      'give --host and --port of the server, or --from',
    )
    expect((await bercon(['replay', 'no-such-file'])).stderr).toContain('cannot read no-such-file')
    const nothing = newFile('nothing.pcapng', new Uint8Array(0))
    expect((await bercon(['replay', nothing, '--speed', '0'])).stderr).toMatch(/--speed|neither pcap/)
  })
})
