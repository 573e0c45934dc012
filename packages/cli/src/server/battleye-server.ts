import {
  type AdminRow,
  ask,
  type BanRow,
  type Command,
  commands,
  type MissionRow,
  type PlayerRow,
  type Steps,
  UnexpectedReplyError,
} from '@bercon/client'
import { playersProblem } from '@bercon/core/kit'
import { UsageError } from '../usage-error.js'
import type { Connected } from './connected.js'
import type { BanTime, GameServer, Rcon } from './game-server.js'
import type { BanRecord, PlayerRecord, Reading } from './records.js'

const MINUTE_S = 60

const BATTLEYE: Rcon = {
  name: "BattlEye's RCON",
  lists: ['players', 'bans', 'admins', 'missions'],
  playerColumns: ['id', 'name', 'ping', 'guid', 'isGuidValid', 'ip', 'port', 'inLobby'],
  banColumns: ['kind', 'target', 'expiresAt', 'reason'],
  hasAddresses: true,
}

/** A server with BattlEye's RCON. */
export function battleyeServer({ client, call }: Connected): GameServer {
  return {
    client,
    rcon: BATTLEYE,
    players: () => client.perform(listedPlayers, call),
    bans: () =>
      client.run(
        reading(commands.bans(), ({ bans: rows, badRows }) => ({
          rows: rows.map(banRecord),
          missing: badRows.length,
        })),
        call,
      ),
    kick: (id, reason) => client.kick(id, reason, call),
    ban: async (target, time, reason) => client.ban(target, minutesOf(time), reason, call),
    unban: (target) => client.unban(target, call),
    unbanRow: ({ target, reason = '' }) => client.unban({ id: target, reason }, call),
    say: (message, player) =>
      player === undefined ? client.send(message, call) : client.whisper(player, message, call),
  }
}

/** The players, requested again if the list is incomplete; finally, the readable rows. */
function* listedPlayers(): Steps<Reading<PlayerRecord>> {
  let raw = ''
  const command = commands.players()
  const read = {
    ...command,
    parse: (reply: string) => {
      raw = reply
      return command.parse(reply)
    },
  }
  let list = yield* ask(read)
  if (playersProblem(list) !== undefined) list = yield* ask(read)
  const { players: rows, badRows } = list
  const problem = playersProblem(list)
  const doubt = problem && new UnexpectedReplyError({ command: command.text, reply: raw, problem, rows })
  return { rows: rows.map(playerRecord), raw, missing: badRows.length, doubt }
}

const ADMINS = reading(commands.admins(), ({ admins: rows, badRows }) => ({
  rows: rows.toSorted((a, b) => a.id - b.id),
  missing: badRows.length,
}))
const MISSIONS = reading(commands.missions(), ({ missions: rows }) => ({ rows, missing: 0 }))

/** The admins, requested again if a row is unreadable. */
export function* listedAdmins(): Steps<Reading<AdminRow>> {
  const first = yield* ask(ADMINS)
  return first.missing === 0 ? first : yield* ask(ADMINS)
}

/** The missions, as they are listed. */
export function* listedMissions(): Steps<Reading<MissionRow>> {
  return yield* ask(MISSIONS)
}

/** A command that returns its rows together with the reply. */
export function reading<Reply, Row>(
  command: Command<Reply>,
  read: (reply: Reply) => Omit<Reading<Row>, 'raw'>,
): Command<Reading<Row>> {
  return { ...command, parse: (raw) => ({ ...read(command.parse(raw)), raw }) }
}

/** Whole minutes, or `undefined` for a permanent ban. @throws {@link UsageError} for anything else. */
function minutesOf(time: BanTime): number | undefined {
  if (time === 'permanent') return undefined
  if (time.seconds % MINUTE_S === 0) return time.seconds / MINUTE_S
  throw new UsageError(`BattlEye bans for whole minutes only, and ${time.seconds} s is not a whole minute`)
}

function playerRecord({ guidStatus, lobby, ...row }: PlayerRow): PlayerRecord {
  return { ...row, isGuidValid: guidStatus === 'ok', inLobby: lobby }
}

function banRecord({ id, ...row }: BanRow): BanRecord {
  return { ...row, number: id }
}
