import { expect, it } from 'vitest'
import { recordedMessages } from '../src/captures/recorded-messages.js'
import { recordedReplies } from '../src/captures/recorded-replies.js'
import { recordThrough } from '../src/captures/recording.js'
import { serveReplay } from '../src/captures/replay-server.js'
import { bercon, serverEnv, start } from './bercon-process.js'
import { newFile } from './new-folder.js'
import { startSmallWorld } from './small-world.js'

// What is typed, and the line that shows that it is done.
const TYPED: readonly (readonly [line: string, until: RegExp])[] = [
  ['version', /^1\.217$/m],
  ['players', /漢字/],
  ['bans', /198\.51\.100\.7/],
  ['say hello there', /\(Global\) hello there$/m],
  ['dance', /The server does not know the command "dance"/],
  ['kick rook afk', /Player #0 Rook \(.*\) has been kicked/],
  ['players', /漢字.*漢字/s],
]

// It starts three programs.
const ANY_MACHINE = { timeout: 120_000 }

/** Everything that a shell prints at that port. */
async function screenAt(port: number): Promise<string> {
  const child = start(['shell'], serverEnv(port))
  let screen = ''
  let look = () => {}
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text
    look()
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  for (const [line, until] of TYPED) {
    child.stdin.write(`${line}\n`)
    await new Promise<void>((resolve) => {
      look = () => until.test(screen) && resolve()
      look()
    })
  }
  child.stdin.end('exit\n')
  await ended
  return screen
}

// Events stand between the lines of replies, wherever they come. What a list shows of who came and left depends on whether
// it is older than the lines about that, which a server that says everything at once does not keep.
const EVENT = /^\d\d:\d\d:\d\d {2}/
const FROM_LISTS = / seen in the list of players$/
const linesOf = (screen: string) => screen.split('\n').filter((line) => line !== '')
const eventsOf = (screen: string) =>
  linesOf(screen)
    .filter((line) => EVENT.test(line) && !FROM_LISTS.test(line))
    .map((line) => line.replace(EVENT, ''))
const repliesOf = (screen: string) => linesOf(screen).filter((line) => !EVENT.test(line))

it(
  'a recorded session of the shell prints the same screen at the recorded server, and the same events without one',
  ANY_MACHINE,
  async () => {
    await using simulator = await startSmallWorld()
    const file = newFile('shell.pcapng', new Uint8Array(0))
    const end = new AbortController()
    let recording: Promise<number> = Promise.resolve(0)
    const port = await new Promise<number>((onListening) => {
      const server = { host: simulator.address, port: simulator.port }
      recording = recordThrough(server, 0, file, { signal: end.signal, onListening })
    })
    const screen = await screenAt(port)
    end.abort()
    await recording

    const played = new AbortController()
    const playedAt = await new Promise<number>((onListening) => {
      const messages = recordedMessages(file, undefined)
      const replies = recordedReplies(file, undefined)
      const speed = Number.POSITIVE_INFINITY
      void serveReplay(0, { messages, replies, speed, signal: played.signal, onListening }).catch(() => {})
    })
    const again = await screenAt(playedAt)
    played.abort()
    expect(repliesOf(again)).toEqual(repliesOf(screen))
    expect(eventsOf(again)).toEqual(eventsOf(screen))
    expect(repliesOf(screen).length).toBeGreaterThan(15)

    const { stdout } = await bercon(['replay', file])
    const shown = eventsOf(screen).filter((line) => !line.startsWith('connected to '))
    expect(eventsOf(stdout)).toEqual(shown)
    expect(shown.length).toBeGreaterThan(2)
  },
)
