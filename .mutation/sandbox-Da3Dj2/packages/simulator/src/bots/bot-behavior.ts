// @ts-nocheck
import { GAME_KINDS } from '../arma/game-kinds.js'
import type { GamePlayer, Newcomer } from '../arma/game-player.js'
import type { GameState, PlayerTimer, WorldTimer } from '../arma/game-state.js'
import { between, type Choices, hexDigits, pick, waitingTime } from '../world/chance.js'
import { type DueTimer, WORLD } from '../world/schedule.js'
import { inventName } from './bot-names.js'
import { inventPhrase } from './bot-phrases.js'

type PlayerStep = (game: GameState, player: GamePlayer) => void
type WorldStep = (game: GameState) => void

const PLAYER_STEPS: { readonly [K in PlayerTimer]: PlayerStep } = {
  guid: announceGuid,
  verify,
  legacy: (game, { id: slot }) => game.announceLegacyGuid(slot, hexDigits(game.random, 32)),
  move,
  chat,
  ping: measurePing,
  leave,
}

const WORLD_STEPS: { readonly [K in WorldTimer]: WorldStep } = {
  arrive,
  'filter-log': logFilter,
  'master-trouble': loseMaster,
  'master-back': (game) => game.emit('Connected to BE Master'),
}

const MASTER_TROUBLES: Choices<string> = [
  'Disconnected from BE Master',
  'Failed to receive from BE Master (0)',
  'Failed to receive from BE Master (11)',
  'Ban check timed out, no response from BE Master',
  'Master query timed out, no response from BE Master',
]

/** Adds the initial bots and starts the timers. */
export function startBots(game: GameState): void {
  const { options, random, schedule } = game
  const initialPlayers = Math.min(options.initialPlayers, options.maxPlayers)
  for (let count = 0; count < initialPlayers; count += 1) {
    const ping = between(random, 15, 120)
    const { id: slot } = game.seat({ ...inventBot(game), ping, inLobby: random() < 0.2 }, true)
    startPlaying(game, slot)
  }
  schedule.set(WORLD, 'arrive', game.now + waitingTime(random, options.joinIntervalMs))
  schedule.set(WORLD, 'master-trouble', game.now + waitingTime(random, options.masterIntervalMs))
  if (GAME_KINDS[options.game].filterHits.length > 0) {
    schedule.set(WORLD, 'filter-log', game.now + waitingTime(random, options.filterLogIntervalMs))
  }
}

/** Handles a timer of the bots. */
export function moveBots(game: GameState, { owner, name }: DueTimer<PlayerTimer | WorldTimer>): void {
  if (isWorldTimer(name)) WORLD_STEPS[name](game)
  else PLAYER_STEPS[name](game, game.player(owner))
}

function isWorldTimer(name: PlayerTimer | WorldTimer): name is WorldTimer {
  return Object.hasOwn(WORLD_STEPS, name)
}

function inventBot({ options, players, random }: GameState): Newcomer {
  // Slots on real servers can be large and have gaps.
  const slot = players.freeSlot(random() < 0.3 ? between(random, 1, 120) : 0)
  const regulars = players.departed().filter(({ isBot }) => isBot)
  const regular = regulars[between(random, 0, regulars.length - 1)]
  // A returning player has the same GUID and address, so that a ban applies.
  if (regular !== undefined && random() < 0.4) {
    const { name, guid, ip, port } = regular
    return { name, guid, ip, port, slot }
  }
  const name = inventName(random, options.hostileNames, (taken) => players.hasName(taken))
  return { name, slot }
}

function arrive(game: GameState): void {
  const { options, players, random, schedule, now } = game
  schedule.set(WORLD, 'arrive', now + waitingTime(random, options.joinIntervalMs))
  const hasRoom = players.size < Math.min(options.targetPlayers, options.maxPlayers)
  if (game.isLocked || !hasRoom) return
  const newcomer = { ...inventBot(game), ping: -1, inLobby: true, guidStatus: 'unknown' } as const
  const slot = game.join(newcomer, true)
  // A banned player has already been kicked.
  if (players.get(slot) === undefined) return
  startPlaying(game, slot)
  // Any line after the first may be missing, like in captures.
  const next = random() < 0.04 ? 'verify' : 'guid'
  schedule.set(slot, next, now + between(random, 200, 3000))
}

function startPlaying({ options, random, schedule, now }: GameState, slot: number): void {
  schedule.set(slot, 'leave', now + waitingTime(random, options.stayMs))
  schedule.set(slot, 'chat', now + waitingTime(random, options.chatIntervalMs))
  schedule.set(slot, 'move', now + between(random, 5000, 90_000))
  schedule.set(slot, 'ping', now + options.pingIntervalMs)
}

function announceGuid(game: GameState, { id: slot }: GamePlayer): void {
  const isGone = game.announceGuid(slot)
  if (isGone || game.random() < 0.06) return
  game.schedule.set(slot, 'verify', game.now + between(game.random, 500, 8000))
}

function verify(game: GameState, { id: slot }: GamePlayer): void {
  game.verify(slot)
  if (game.players.get(slot) === undefined || !game.options.legacyGuids) return
  game.schedule.set(slot, 'legacy', game.now + between(game.random, 100, 1000))
}

function move(game: GameState, { id: slot, inLobby }: GamePlayer): void {
  const { options, random, schedule, now } = game
  game.move(slot, !inLobby)
  const stay = inLobby ? waitingTime(random, options.stayMs) : between(random, 5000, 90_000)
  schedule.set(slot, 'move', now + stay)
}

function chat(game: GameState, { id: slot }: GamePlayer): void {
  const { options, random, schedule, now } = game
  const channel = pick(random, GAME_KINDS[options.game].channels)
  game.chat(slot, channel, inventPhrase(random, options.hostileNames))
  schedule.set(slot, 'chat', now + waitingTime(random, options.chatIntervalMs))
}

function measurePing(game: GameState, { id: slot }: GamePlayer): void {
  const { options, random, schedule, now } = game
  schedule.set(slot, 'ping', now + options.pingIntervalMs)
  game.setPing(slot, random() < 0.03 ? between(random, 250, 900) : between(random, 0, 160))
}

function leave(game: GameState, { id: slot }: GamePlayer): void {
  const { options, random } = game
  if (random() < 0.05) game.kick(slot, pick(random, GAME_KINDS[options.game].kickReasons))
  else game.leave(slot)
}

function logFilter(game: GameState): void {
  const { options, players, random, schedule, now } = game
  schedule.set(WORLD, 'filter-log', now + waitingTime(random, options.filterLogIntervalMs))
  const { filterHits } = GAME_KINDS[options.game]
  const suspects = players.all().filter(({ isBot }) => isBot)
  const suspect = suspects[between(random, 0, suspects.length - 1)]
  const hit = filterHits[between(random, 0, filterHits.length - 1)]
  if (suspect !== undefined && hit !== undefined) game.logFilter(suspect.id, hit)
}

function loseMaster(game: GameState): void {
  const { options, random, schedule, now } = game
  schedule.set(WORLD, 'master-trouble', now + waitingTime(random, options.masterIntervalMs))
  game.emit(pick(random, MASTER_TROUBLES))
  schedule.set(WORLD, 'master-back', now + between(random, 1000, 30_000))
}
