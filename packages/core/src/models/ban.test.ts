import { expect, it } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client.js'

const GUID = 'a'.repeat(32)

it.each([
  ['perm', { isPermanent: true, isExpired: false, minutesLeft: undefined }],
  ['90', { isPermanent: false, isExpired: false, minutesLeft: 90 }],
  ['0', { isPermanent: false, isExpired: false, minutesLeft: 0 }],
  ['-', { isPermanent: false, isExpired: true, minutesLeft: undefined }],
])('a ban listed with %j shows how long it lasts', (left, shown) => {
  const [ban] = new ScriptedClient().parseBans(`GUID Bans:\n0  ${GUID} ${left} spam`)
  expect(ban).toMatchObject({ index: 0, id: GUID, kind: 'guid', reason: 'spam', ...shown })
})
