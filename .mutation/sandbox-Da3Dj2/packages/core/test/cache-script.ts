// @ts-nocheck
import { parsePlayers, parseServerMessage, RconClientCache } from '../src/index.js'

/** A cache with functions that pass it lines and lists. */
export function newCache() {
  const cache = new RconClientCache()
  let last = -1
  return {
    cache,
    /** Passes a line, numbered after the last one unless `number` is set. */
    say: (line: string, number: number = last + 1) => {
      last = Math.max(last, number)
      return cache.receiveMessage(parseServerMessage(line), number)
    },
    /** Passes a list of players; `sentAfter` is the newest line when it was requested. */
    list: (rows: readonly string[], sentAfter: number = last, total: number | string = rows.length) => {
      const head = 'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n'
      const reply = parsePlayers(
        [`${head}${'-'.repeat(50)}`, ...rows, `(${total} players in total)`].join('\n'),
      )
      if (reply === undefined) throw new Error('no list')
      cache.receivePlayers(reply, sentAfter)
    },
    names: () => Object.fromEntries([...cache.players].map(([slot, { name }]) => [slot, name])),
  }
}

/** A row of a list. */
export const row = (slot: number, name: string, guid = '-', ping = 31): string =>
  `${slot}   192.0.2.${slot}:2304   ${ping}   ${guid} ${name}`
