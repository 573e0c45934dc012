import { describe, expect, it } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client.js'

const [GUID, OTHER] = ['a'.repeat(32), 'b'.repeat(32)] as const
const JOINED = 'Player #3 Rook (192.0.2.7:2304) connected'
const verified = (guid: string) => `Verified GUID (${guid}) of player #3 Rook`

/** The player in slot 3 after some lines. */
function playerAfter(...lines: readonly string[]) {
  const client = new ScriptedClient()
  for (const line of lines) client.onMessage(line)
  const player = client.getPlayer(3)
  if (player === undefined) throw new Error('nobody is in slot 3')
  return { client, player }
}

describe('a player', () => {
  it('has an address once both halves are known', () => {
    expect(playerAfter(JOINED).player).toMatchObject({ addr: '192.0.2.7:2304', guid: undefined })
    expect(playerAfter(verified(GUID)).player).toMatchObject({ addr: undefined, ip: undefined, guid: GUID })
  })

  it.each([
    ['nothing happened', [JOINED], [], true],
    ['the GUID arrived', [JOINED], [verified(GUID)], true],
    ['another player of that name came', [JOINED, verified(GUID)], [verified(OTHER)], false],
    ['a player with another name came', [JOINED], ['Player #3 Leon (192.0.2.8:2304) connected'], false],
    ['the player left', [JOINED, verified(GUID)], ['Player #3 Rook disconnected'], false],
  ])('shows whether the client still knows them: %s', (_, before, after, isThere) => {
    const { client, player } = playerAfter(...before)
    for (const line of after) client.onMessage(line)
    expect(player.isConnected()).toBe(isThere)
  })

  it.each([
    ['guid', 'GUID', JOINED, 'banGuid'],
    ['ip', 'IP address', verified(GUID), 'banIp'],
  ] as const)(
    'cannot be banned by an unknown %s: the error says how to learn it',
    async (argument, word, line, ban) => {
      const { client, player } = playerAfter(line)
      await expect(player[ban]()).rejects.toMatchObject({
        argument,
        expected: 'known',
        message: `The ${word} of this player is not known yet; call fetchPlayers() and use the player that it returns`,
      })
      expect(client.sent).toEqual([])
    },
  )
})
