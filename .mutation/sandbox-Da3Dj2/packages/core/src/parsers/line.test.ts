// @ts-nocheck
import { encodeText } from '@bercon/protocol'
import { expect, test } from 'vitest'
import { parseBans, parseMissions, parsePlayers, parseServerMessage, parseVersion } from './index.js'

const GUID = '0123456789abcdef0123456789abcdef'
const IVAN = Uint8Array.of(0xc8, 0xe2, 0xe0, 0xed)
const RUSSIAN = { encoding: 'windows-1251' }

test('replies and messages are parsed from bytes, with the given encoding', () => {
  const bans = [...encodeText(`GUID Bans:\n0  ${GUID} perm `), ...IVAN]
  expect(parseBans(Uint8Array.from(bans), RUSSIAN)?.bans).toMatchObject([{ reason: 'Иван' }])
  const players = [...encodeText('Players on server:\n0   192.0.2.7:2304        31   - '), ...IVAN]
  const footer = encodeText('\n(1 players in total)')
  const list = parsePlayers(Uint8Array.from([...players, ...footer]), RUSSIAN)
  expect(list?.players).toMatchObject([{ name: 'Иван' }])
  const missions = [...encodeText('Missions on server:\n'), ...IVAN, ...encodeText('.Altis.pbo\n')]
  expect(parseMissions(Uint8Array.from(missions), RUSSIAN)?.missions).toMatchObject([
    { file: 'Иван.Altis.pbo' },
  ])
  expect(parseVersion(encodeText('1.217'), RUSSIAN)?.version).toBe('1.217')
  const chat = Uint8Array.from([...encodeText('(Side) '), ...IVAN, ...encodeText(': hi')])
  expect(parseServerMessage(chat, RUSSIAN)).toMatchObject({ name: 'Иван', raw: '(Side) Иван: hi' })
  expect(parseServerMessage(chat)).toMatchObject({ name: 'Èâàí' })
})

test('an encoding that does not exist is refused by name', () => {
  expect(() => parsePlayers(IVAN, { encoding: 'nope' })).toThrow('TextDecoder supports')
})
