import type { Palette } from '../output/colours.js'
import { isolated, oneLine } from '../output/safe-text.js'
import type { WatchedEvent } from './watched-event.js'

type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'magenta' | 'gray'

const COLOURS: Readonly<Record<string, Colour>> = {
  playerConnect: 'green',
  playerDisconnect: 'gray',
  playerKick: 'red',
  playerMessage: 'cyan',
  adminMessage: 'magenta',
  adminLogin: 'magenta',
  serverWarning: 'yellow',
  filterLog: 'yellow',
  connect: 'green',
  disconnect: 'red',
  reconnecting: 'yellow',
  malformed: 'yellow',
  gap: 'red',
}

/** One event as people are shown it: the time and the server's own line, in a colour by what it says. */
export function shownEvent(event: WatchedEvent, palette: Palette): string {
  const colour = COLOURS[event.type]
  const text = isolated(oneLine(textOf(event)))
  const time = new Date(event.at).toTimeString().slice(0, 'HH:MM:SS'.length)
  return `${palette.dim(time)}  ${colour === undefined ? text : palette[colour](text)}`
}

function textOf({ type, ...facts }: WatchedEvent): string {
  const { address, attempt, delayMs, from, length, problem, raw, reason, to } = facts
  switch (type) {
    case 'connect':
      return `connected to ${address}`
    case 'disconnect':
      return `connection lost: ${reason}`
    case 'reconnecting':
      return `attempt ${attempt} to come back in ${Math.round(Number(delayMs))} ms`
    case 'malformed':
      return `${length} bytes came that are no packet: ${problem}`
    case 'gap':
      return `lines may be missing from ${from} to ${to}`
    default:
      return String(raw)
  }
}
