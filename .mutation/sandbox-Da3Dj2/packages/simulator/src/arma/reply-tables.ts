// @ts-nocheck
import { endpoint } from '@bercon/server/kit'
import type { GameAdmin } from '../world/world.js'
import { type GameBan, isExpired, minutesLeft } from './ban-list.js'
import type { GamePlayer } from './game-player.js'

const PLAYERS_HEAD = ['Players on server:', '[#] [IP Address]:[Port] [Ping] [GUID] [Name]', '-'.repeat(50)]
const ADMINS_HEAD = ['Connected RCon admins:', '[#] [IP Address]:[Port]', '-'.repeat(29)]
const GUID_BANS_HEAD = ['GUID Bans:', '[#] [GUID] [Minutes left] [Reason]', '-'.repeat(40)]
const IP_BANS_HEAD = ['IP Bans:', '[#] [IP Address] [Minutes left] [Reason]', '-'.repeat(46)]

/** The reply to `players`. */
export function playersTable(players: readonly GamePlayer[]): string {
  return [...PLAYERS_HEAD, ...players.map(playerRow), `(${players.length} players in total)`].join('\n')
}

function playerRow(player: GamePlayer): string {
  const slot = String(player.id).padEnd(3)
  const address = endpoint(player.ip, player.port).padEnd(21)
  const ping = String(player.ping).padEnd(4)
  return `${slot} ${address} ${ping} ${guidField(player)}${player.name}${player.inLobby ? ' (Lobby)' : ''}`
}

/** Includes the spaces before the name: two after `(?)`, like in all captures. */
function guidField({ guid, guidStatus }: GamePlayer): string {
  if (guidStatus === 'unknown') return '- '
  return guidStatus === 'verified' ? `${guid}(OK) ` : `${guid}(?)  `
}

/** The reply to `admins`, which has no footer. */
export function adminsTable(admins: readonly GameAdmin[]): string {
  const rows = admins.map(({ id, address, port }) => `${id} ${endpoint(address, port)}`)
  return `${[...ADMINS_HEAD, ...rows].join('\n')}\n`
}

/** The reply to `bans`, numbered across both sections. */
export function bansTable(guidBans: readonly GameBan[], ipBans: readonly GameBan[], now: number): string {
  const guidRows = guidBans.map((ban, index) => banRow(index, 32, ban, now))
  const ipRows = ipBans.map((ban, index) => banRow(guidBans.length + index, 15, ban, now))
  const text = [...GUID_BANS_HEAD, ...guidRows, '', ...IP_BANS_HEAD, ...ipRows].join('\n')
  // An empty last section ends right after its dashes, a row with a line feed: seen on Arma 3.
  return ipRows.length === 0 ? text : `${text}\n`
}

function banRow(number: number, targetWidth: number, ban: GameBan, now: number): string {
  const head = `${String(number).padEnd(2)} ${ban.target.padEnd(targetWidth)}`
  const time = timeField(ban, now)
  // Without a reason the row ends after the time, without a space: seen on Arma 3.
  return ban.reason === '' ? `${head} ${time}` : `${head} ${time.padEnd(4)} ${ban.reason}`
}

function timeField(ban: GameBan, now: number): string {
  if (ban.expiresAt === undefined) return 'perm'
  return isExpired(ban, now) ? '-' : String(minutesLeft(ban.expiresAt, now))
}

/** The reply to `missions`. */
export function missionsList(missions: readonly string[]): string {
  return ['Missions on server:', ...missions, ''].join('\n')
}
