import { describe, expect, test } from 'vitest'
import { parseServerMessage } from './index.js'

const GUID = '0123456789abcdef0123456789abcdef'
const OTHER = 'fedcba9876543210fedcba9876543210'
const KICK = ' has been kicked by BattlEye: '

// A player can choose any of these.
const NAMES = [
  '',
  ' ',
  'Rook ',
  ' Rook',
  'x: y',
  'Rook: ',
  ': ',
  'Rook disconnected',
  'Rook connected',
  'A (192.0.2.1:5) connected',
  `X - BE GUID: ${OTHER} (unverified)`,
  `X (${OTHER})${KICK}Y`,
  `X (${OTHER})${KICK}Y (${OTHER})${KICK}Z`,
  `X (-)${KICK}Admin Kick (y)`,
  `X (${OTHER}) - #3 y`,
  'of player #3 Rook',
  '#3 Rook',
  '(Lobby)',
  'Rook (Lobby)',
  'Bob) Smith',
  ') ',
  'RCon admin #0',
  'has been kicked by BattlEye',
  'a\u2028b',
  'a\u0085b',
  'a\rb',
  'a\nb',
  '\u202Eevil\u202C',
  'Ze\u0301',
  '👾 战地',
  '\uFFFD\uFFFD177',
  '$&',
  '__proto__',
]

describe.each(NAMES)('a player called %j', (name) => {
  const known = { players: new Map([[3, name]]), names: [name] }

  test('is parsed from the lines decided by their end, without being known', () => {
    expect(parseServerMessage(`Player #3 ${name} (192.0.2.7:2304) connected`)).toMatchObject({
      type: 'playerConnect',
      name,
      ip: '192.0.2.7',
    })
    expect(parseServerMessage(`Player #3 ${name} disconnected`)).toMatchObject({
      type: 'playerDisconnect',
      name,
    })
    expect(parseServerMessage(`Player #3 ${name} - BE GUID: ${GUID}`)).toMatchObject({
      type: 'playerGuid',
      name,
      guid: GUID,
    })
    expect(parseServerMessage(`Verified GUID (${GUID}) of player #3 ${name}`)).toMatchObject({
      type: 'playerVerifyGuid',
      name,
      guid: GUID,
    })
  })

  test('is parsed from every other line, unambiguously, if known', () => {
    const lines = {
      chat: parseServerMessage(`(Side) ${name}: text: more`, known),
      whisper: parseServerMessage(`RCon admin #0: (To ${name}) text (a) b`, known),
      kick: parseServerMessage(`Player #3 ${name} (${GUID})${KICK}Admin Kick (why)`, known),
      bareKick: parseServerMessage(`Player #3 ${name}${KICK}Client not responding`, known),
      log: parseServerMessage(`Script Log: #3 ${name} (${GUID}) - #5 text (-) - #6`, known),
      leave: parseServerMessage(`Player #3 ${name} disconnected`, known),
    }
    expect(lines).toEqual({
      chat: expect.objectContaining({ type: 'playerMessage', name, message: 'text: more' }),
      whisper: expect.objectContaining({ type: 'adminMessage', to: name, message: 'text (a) b' }),
      kick: expect.objectContaining({ type: 'playerKick', name, guid: GUID, detail: 'why' }),
      bareKick: expect.objectContaining({ type: 'playerKick', name, guid: undefined }),
      log: expect.objectContaining({ type: 'filterLog', name, guid: GUID, filterIndex: 5 }),
      leave: expect.objectContaining({ type: 'playerDisconnect', name }),
    })
    for (const line of [lines.chat, lines.whisper, lines.kick, lines.log, lines.leave]) {
      expect(line).not.toHaveProperty('ambiguous')
    }
  })
})

describe('an ambiguous line', () => {
  test('is marked, and lists its readings, if no name decides', () => {
    expect(parseServerMessage('(Side) x: y: hello')).toMatchObject({
      name: 'x',
      message: 'y: hello',
      ambiguous: true,
      candidates: [
        ['x', 'y: hello'],
        ['x: y', 'hello'],
      ],
    })
    expect(parseServerMessage('(Side) x: y: hello', { names: ['z'] })).toMatchObject({ ambiguous: true })
  })

  test('uses the longest of several known names, and is marked', () => {
    expect(parseServerMessage('(Side) x: y: z: hello', { names: ['x: y', 'x', 'x: y'] })).toMatchObject({
      name: 'x: y',
      message: 'z: hello',
      ambiguous: true,
      candidates: [
        ['x', 'y: z: hello'],
        ['x: y', 'z: hello'],
      ],
    })
  })

  test('uses the names of the slots if no others are passed', () => {
    for (const players of [{ 3: 'x: y' }, new Map([[3, 'x: y']])]) {
      const message = parseServerMessage('(Side) x: y: hello', { players })
      expect(message).toMatchObject({ name: 'x: y', message: 'hello' })
      expect(message).not.toHaveProperty('ambiguous')
    }
  })

  test('does not use inherited object properties as the name of a slot', () => {
    const players = Object.create({ 3: 'Rook' }) as Record<number, string>
    const line = `Player #3 Rook (-)${KICK}x (-)${KICK}y`
    expect(parseServerMessage(line, { players })).toMatchObject({ ambiguous: true })
  })

  test('lists a limited number of readings', () => {
    const message = parseServerMessage(`(Side) ${'a: '.repeat(1000)}`)
    expect(message.type === 'playerMessage' && message.candidates?.length).toBe(16)
    const names = Array.from({ length: 20 }, (_, count) => `a${': a'.repeat(count)}`)
    const known = parseServerMessage(`(Side) ${'a: '.repeat(1000)}`, { names })
    expect(known).toMatchObject({ name: names.at(-1) })
    expect(known.type === 'playerMessage' && known.candidates?.length).toBe(16)
  })

  test('is parsed as a kick at the first position if the slot is unknown', () => {
    const line = `Player #4 X (${GUID})${KICK}Y (${OTHER})${KICK}Client not responding`
    expect(parseServerMessage(line)).toMatchObject({ name: 'X', guid: GUID, ambiguous: true })
    expect(parseServerMessage(line, { players: { 4: 'Z' } })).toMatchObject({ name: 'X', ambiguous: true })
  })

  test('is decided by its end if it could be a kick, unless the slot is known', () => {
    const line = `Player #4 X (${GUID})${KICK}Y disconnected`
    expect(parseServerMessage(line)).toMatchObject({ type: 'playerDisconnect', ambiguous: true })
    const kick = parseServerMessage(line, { players: { 4: 'X' } })
    expect(kick).toMatchObject({ type: 'playerKick', reason: 'Y disconnected', ambiguous: true })
    expect(parseServerMessage(line, { players: { 4: `X (${GUID})${KICK}Y` } })).not.toHaveProperty(
      'ambiguous',
    )
  })

  test.each([
    ['connects', `Player #4 Rook (${GUID})${KICK}Global Ban #9f52bd (192.0.2.7:2304) connected`],
    ['connects, without a GUID', `Player #4 Rook${KICK}Global Ban #9f52bd (192.0.2.7:2304) connected`],
    ['gets a GUID', `Player #4 Rook (${GUID})${KICK}Admin Kick - BE GUID: ${OTHER}`],
    ['leaves', `Player #4 Rook (${GUID})${KICK}Admin Ban (x) disconnected`],
    ['loses connection', `Player #4 Rook (${GUID})${KICK}Client not responding is losing connection`],
  ])('is not a certain kick of a player whose leave was lost, if a forger in the slot %s', (_, line) => {
    const message = parseServerMessage(line, { players: { 4: 'Rook' } })
    expect(message).toMatchObject({ type: 'playerKick', name: 'Rook', guid: undefined, ambiguous: true })
  })

  test('has the recipient whose brackets match, if an admin whispers', () => {
    const message = parseServerMessage('RCon admin #3: (To (BIH) X (a) Y) hello (b) c')
    expect(message).toMatchObject({ to: '(BIH) X (a) Y', message: 'hello (b) c', ambiguous: true })
    expect(parseServerMessage('RCon admin #3: (To ((BIH X) hello) c')).toMatchObject({
      to: '((BIH X',
      ambiguous: true,
    })
  })

  test('is marked if it is a filter log', () => {
    const line = `Script Log: #4 X (${GUID}) - #1 Y (${OTHER}) - #2 z`
    expect(parseServerMessage(line)).toMatchObject({ name: 'X', filterIndex: 1, ambiguous: true })
  })
})

describe('a reason or a text that imitates a line', () => {
  test.each(['disconnected', `x (${OTHER})`, '(192.0.2.1:5) connected', `- BE GUID: ${OTHER}`])(
    'is only a reason: %j',
    (text) => {
      const message = parseServerMessage(`Player #4 X (${GUID})${KICK}Admin Kick (${text})`)
      expect(message).toMatchObject({ type: 'playerKick', name: 'X', guid: GUID, detail: text })
      expect(message).not.toHaveProperty('ambiguous')
    },
  )

  test.each(['Player #3 Rook disconnected', 'RCon admin #0 (192.0.2.7:5) logged in', 'Config entry: x'])(
    'is only chat: %j',
    (text) => {
      expect(parseServerMessage(`(Global) X: ${text}`, { names: ['X'] })).toMatchObject({
        type: 'playerMessage',
        name: 'X',
        message: text,
      })
    },
  )
})
