// @ts-nocheck
import { endpoint } from '@bercon/server/kit'

/** The player that a line is about; `guid` is `undefined` until BattlEye has announced it. */
export interface LineSubject {
  readonly id: number
  readonly name: string
  readonly guid: string | undefined
}

/** The wording of a joining player's GUID in versions of BattlEye, newest first. */
export type GuidLabel = 'BE GUID' | 'GUID' | 'GUID (unverified)'

export function connectedLine(slot: number, name: string, address: string, port: number): string {
  return `Player #${slot} ${name} (${endpoint(address, port)}) connected`
}

export function guidLine(label: GuidLabel, slot: number, name: string, guid: string): string {
  if (label === 'GUID (unverified)') return `Player #${slot} ${name} - GUID: ${guid} (unverified)`
  return `Player #${slot} ${name} - ${label}: ${guid}`
}

export function verifiedLine(slot: number, name: string, guid: string): string {
  return `Verified GUID (${guid}) of player #${slot} ${name}`
}

export function legacyGuidLine(slot: number, name: string, guid: string): string {
  return `Player #${slot} ${name} - Legacy GUID: ${guid}`
}

export function disconnectedLine(slot: number, name: string): string {
  return `Player #${slot} ${name} disconnected`
}

export function kickedLine({ id: slot, name, guid }: LineSubject, reason: string): string {
  return `Player #${slot} ${name} (${guid ?? '-'}) has been kicked by BattlEye: ${reason}`
}

/** The reason of a kick by an admin: `Admin Kick`, `Admin Ban (griefing)`. */
export function adminReason(act: 'Kick' | 'Ban', reason: string): string {
  return reason === '' ? `Admin ${act}` : `Admin ${act} (${reason})`
}

/** No capture shows this text; it is reported by authors of clients. */
export function highPingReason(ping: number): string {
  return `Ping too high (${ping})`
}

export function chatLine(channel: string, name: string, text: string): string {
  return `(${channel}) ${name}: ${text}`
}

export function filterLogLine(filter: string, subject: LineSubject, index: number, text: string): string {
  return `${filter} Log: #${subject.id} ${subject.name} (${subject.guid ?? '-'}) - #${index} ${text}`
}

export function announcementLine(id: number, text: string): string {
  return `RCon admin #${id}: (Global) ${text}`
}

export function whisperLine(id: number, name: string, text: string): string {
  return `RCon admin #${id}: (To ${name}) ${text}`
}

export const UNDELIVERABLE_LINE = 'Player is unable to receive the message'
