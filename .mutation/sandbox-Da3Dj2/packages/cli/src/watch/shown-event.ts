// @ts-nocheck
import type { DisconnectReason } from '@bercon/client'
import type { Palette } from '../output/colors.js'
import { isolated, oneLine } from '../output/safe-text.js'
import type { WatchedEvent } from './watched-event.js'

type Color = 'green' | 'red' | 'yellow' | 'cyan' | 'magenta' | 'gray'

const COLORS: { readonly [Type in WatchedEvent['type']]?: Color } = {
  playerConnect: 'green',
  playerDisconnect: 'gray',
  playerKick: 'red',
  playerMessage: 'cyan',
  adminMessage: 'magenta',
  adminLogin: 'magenta',
  serverWarning: 'yellow',
  filterLog: 'yellow',
  connect: 'green',
  unresponsive: 'yellow',
  responsive: 'green',
  disconnect: 'red',
  reconnecting: 'yellow',
  malformed: 'yellow',
  gap: 'red',
  joinOrLeave: 'gray',
  listProblem: 'yellow',
  error: 'red',
}

const ENDS: { readonly [Reason in DisconnectReason]: string } = {
  closed: 'connection closed',
  'channel-lost': 'connection lost: the channel to the host was cut',
  forgotten: 'connection lost: the server stopped responding',
  refused: 'connection ended: the server refused the password',
}

/** One event as text for people. */
export interface ShownEvent {
  /** The time, and the server where there are several; what follows stands behind it. */
  readonly beginning: string
  /** The server's own line, colored by its kind. */
  readonly text: string
}

export function shownEvent(event: WatchedEvent, palette: Palette, server?: string): ShownEvent {
  const color = COLORS[event.type]
  const text = isolated(oneLine(textOf(event)))
  const place = server === undefined ? '' : `${oneLine(server)}  `
  return {
    beginning: `${palette.dim(timeOfDay(event.at))}  ${place}`,
    text: color === undefined ? text : palette[color](text),
  }
}

function timeOfDay(at: string): string {
  return new Date(at).toTimeString().slice(0, 'HH:MM:SS'.length)
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`
}

function textOf(event: WatchedEvent): string {
  switch (event.type) {
    case 'connect':
      return `connected to ${event.address}`
    case 'unresponsive':
      return `the server has not answered for ${seconds(event.silentMs)}`
    case 'responsive':
      return `the server answers again, after ${seconds(event.silentMs)}`
    case 'disconnect':
      return ENDS[event.reason]
    case 'reconnecting':
      return `reconnecting in ${Math.round(event.delayMs)} ms (attempt ${event.attempt})`
    case 'malformed':
      return `malformed packet (${event.length} bytes): ${event.problem}`
    case 'gap':
      return `lines may be missing from ${timeOfDay(event.from)} to ${timeOfDay(event.to)}`
    case 'joinOrLeave':
      return `${event.player.name} ${event.kind === 'join' ? 'joined' : 'left'}: seen in the list of players`
    case 'listProblem':
      return `the list of ${event.command} is faulty: ${event.problem}`
    case 'error':
      return `failed during "${event.during}": ${event.message}`
    default:
      return event.raw
  }
}
