import { describe, expect, it } from 'vitest'
import { AnonymousTexts } from './anonymous-texts.js'

const GUID = '00112233445566778899aabbccddeeff'
const INVENTED = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1'
const joined = (name: string, slot = 0) => `Player #${slot} ${name} (203.0.113.77:2304) connected`

/** What becomes of messages, once all of them are known. */
function messages(...texts: string[]): readonly string[] {
  const anonymous = new AnonymousTexts()
  anonymous.learn(texts)
  return texts.map((text) => anonymous.message(text))
}

/** What becomes of chat of a player called `a`, after these players have joined. */
const chatAfter = (names: readonly string[], chat: string) =>
  messages(...names.map(joined), `(Side) a: ${chat}`).at(-1)

describe('names in a text that is made anonymous', () => {
  it.each([
    ['a part of another', ['Bobby', 'Big Bobby'], 'Big Bobby and Bobby', 'Player 2 and Player 1'],
    ['in another case', ['Tamsin'], 'TAMSIN or tamsin', 'Player 1 or Player 1'],
    ['within a word', ['Tamsin'], "Tamsin's, Tamsins, xTamsinx", "Player 1's, Player 1s, xPlayer 1x"],
    ['beside its tag, and without it', ['[TAG]Tamsin'], 'go[TAG]Tamsin, Tamsin', 'goPlayer 1, Player 1'],
    ['in a script without spaces', ['漢字'], 'ah漢字さん', 'ahPlayer 1さん'],
    ['with characters of patterns', ['$& (.*)'], 'x $& (.*) y', 'x Player 1 y'],
    ['of three letters, as a word only', ['Bob'], 'Bob, bob and Bobs', 'Player 1, bob and Bobs'],
    ['of one letter, which is a word', ['I'], 'I am', 'I am'],
    ['that is a number', ['0'], '203.0.113.9 scored 0', '198.18.0.2 scored 0'],
    ['of hexadecimal digits', ['deadbeef'], 'deadbeef', 'Player 1'],
  ])('is replaced %s', (_, names, chat, expected) => {
    expect(chatAfter(names, chat)).toMatch(new RegExp(`: ${expected.replace(/[.$()*&]/g, '\\$&')}$`))
  })

  it.each([
    [joined('Player'), 'Player #0 Player 1 (198.18.0.1:2304) connected'],
    ['Player #1 disconnected disconnected', 'Player #1 Player 1 disconnected'],
    ['(Side) Side: hello', '(Side) Player 1: hello'],
    [`Verified GUID (${GUID}) of player #0 player`, `Verified GUID (${INVENTED}) of player #0 Player 1`],
    ['RCon admin #3: (To admin) hello admin', 'RCon admin #3: (To Player 1) hello Player 1'],
    [
      `Player #2 has been (${GUID}) has been kicked by BattlEye: Admin Kick (has been rude)`,
      `Player #2 Player 1 (${INVENTED}) has been kicked by BattlEye: Admin Kick (Player 1 rude)`,
    ],
    [
      'Scripts Log: #3 Log Log (00112233445566778899aabbccddeeff) - #1 "Log"',
      /^Scripts Log: #3 Player 1 \(a{31}1\) - #1 "Log"$/,
    ],
  ])('leaves the words of the game around a name like them: %s', (text, expected) => {
    const [changed] = messages(text)
    if (typeof expected === 'string') expect(changed).toBe(expected)
    else expect(changed).toMatch(expected)
  })

  it('leaves the words and the numbers of lists and commands where players are called like them', () => {
    const row = (slot: number, name: string) => `${slot}   203.0.113.77:2304     31   ${GUID}(OK) ${name}`
    const names = ['players', 'OK', '31', 'in total', 'kick']
    const list = `Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n${'-'.repeat(50)}\n${names
      .map((name, slot) => row(slot, name))
      .join('\n')}\n(5 players in total)`
    const anonymous = new AnonymousTexts()
    anonymous.learn([list])
    expect(anonymous.reply(list).split('\n')).toEqual([
      'Players on server:',
      '[#] [IP Address]:[Port] [Ping] [GUID] [Name]',
      '-'.repeat(50),
      ...names.map((_, slot) => `${slot}   198.18.0.1:2304     31   ${INVENTED}(OK) Player ${slot + 1}`),
      '(5 players in total)',
    ])
    expect(anonymous.command('players')).toBe('players')
    expect(anonymous.command('kick 31 kick players')).toBe('kick 31 Player 5 Player 1')
    expect(anonymous.reply(`GUID Bans:\n0  ${GUID} perm in total`)).toBe(
      `GUID Bans:\n0  ${INVENTED} perm Player 4`,
    )
  })

  it('are those of Reforger, with their identities', () => {
    const uuid = 'b6955d91-4749-4cdb-9a51-e69f630ec435'
    const list = `Players on server: [Player#] ; [Player UID] ; [Player Name]\n1 ; ${uuid} ; Rook Two`
    const anonymous = new AnonymousTexts()
    anonymous.learn([list])
    expect(anonymous.message(list)).toBe(
      'Players on server: [Player#] ; [Player UID] ; [Player Name]\n1 ; 00000000-0000-4000-8000-000000000001 ; Player 1',
    )
    expect(anonymous.command('ban create rook two')).toBe('ban create Player 1')
  })

  it('decide how a doubtful line is read, whichever comes first', () => {
    expect(messages('(Side) Bobby: Two: hello', joined('Bobby: Two'))[0]).toBe('(Side) Player 1: hello')
  })

  it('are found in a line that was made to be slow', () => {
    const text = `Player #0 ${'ab '.repeat(10_000)}(203.0.113.77:2304) connected`
    expect(messages(text)[0]).not.toContain('203.0.113')
  })
})

describe('identities in a text that is made anonymous', () => {
  it.each([
    ['a GUID in capitals', GUID.toUpperCase(), INVENTED],
    ['a GUID beside letters', `x${GUID}y ${GUID}_`, `x${INVENTED}y ${INVENTED}_`],
    ['the beginning of a GUID', GUID.slice(0, 20), INVENTED.slice(0, 20)],
    ['the end of a GUID', GUID.slice(20), INVENTED.slice(20)],
    ['a Steam id', '76561198012345678', '76561190000000001'],
    ['an address with a port', '203.0.113.5:2304', '198.18.0.1:2304'],
    ['an address beside letters', 'v203.0.113.5.', 'v198.18.0.1.'],
    ['a short address of IPv6', 'fe80::5 [2001:DB8::5]:1', '2001:db8:0:0:0:0:0:1 [2001:db8:0:0:0:0:0:2]:1'],
    [
      'one address, written twice',
      '2001:db8::5 2001:db8:0:0::05',
      '2001:db8:0:0:0:0:0:1 2001:db8:0:0:0:0:0:1',
    ],
    ['an address of IPv4 in one of IPv6', '::ffff:203.0.113.5', '2001:db8:0:0:0:0:0:1'],
    ['neither a time of day nor a loopback', '12:34:56 ::1 127.0.0.1 ::', '12:34:56 ::1 127.0.0.1 ::'],
  ])('is replaced: %s', (_, text, expected) => {
    const [, chat] = messages(`Player #0 a - BE GUID: ${GUID}`, `(Side) a: ${text}`)
    expect(chat).toBe(`(Side) Player 1: ${expected}`)
  })
})

const listOf = (...rows: readonly string[]) =>
  ['Players on server:', ...rows, `(${rows.length} players in total)`].join('\n')
const row = (name: string, slot = 0) => `${slot}   203.0.113.77:2304     31   ${GUID}(OK) ${name}`

/** The text after these texts of a server were learned. */
function changed(text: string, ...learned: readonly string[]): string {
  const texts = new AnonymousTexts()
  texts.learn(learned)
  return texts.message(text)
}

describe('a name is replaced', () => {
  it.each([
    ['a list', listOf(row('Rook'))],
    ['a list, in the lobby', listOf(row('Rook (Lobby)'))],
    ['a list, while they join', listOf('0   -   -   -  Rook (Lobby)')],
    ['a line', 'Player #0 Rook (203.0.113.77:2304) connected'],
    ['chat', '(Side) Rook: hello'],
    ['an admin’s message', 'RCon admin #0: (To Rook) hello'],
  ])('if %s contains it', (_, learned) => {
    expect(changed('Is Rook here?', learned)).toBe('Is Player 1 here?')
  })

  it('as a whole, whatever characters it has', () => {
    for (const name of ['[XYZ] Rook', 'a.b*c+d?', '^{1}$', '(a|b)', 'x/y\\z', 'Жук', 'Rook 🎉'])
      expect(changed(`<${name}> ab ${name}`, listOf(row(name)))).toBe(`<Player 1> ab Player 1`)
  })

  it('before one that it begins with', () => {
    const list = listOf(row('Rook'), row('Rook Two', 1), row('Rook Two Three', 2))
    expect(changed('Rook Two Three, Rook Two, Rook', list)).toBe('Player 3, Player 2, Player 1')
  })

  it('with what is in it as at the end of others, also while they join', () => {
    expect(changed('Is Rook (Lobby) Two here?', listOf('0   -   -   -  Rook (Lobby) Two'))).toBe(
      'Is Player 1 here?',
    )
  })

  it('as the list has it, if a line can be read in two ways', () => {
    const said = '(Side) AT: two: AT the gate'
    expect(changed(said, listOf(row('AT: two')), said)).toBe('(Side) Player 1: AT the gate')
  })

  it('after others were: one that is learned later too', () => {
    const texts = new AnonymousTexts()
    texts.learn([listOf(row('Rook'))])
    expect(texts.message('Rook and Pawn')).toBe('Player 1 and Pawn')
    texts.learn([listOf(row('Pawn'))])
    expect(texts.message('Rook and Pawn')).toBe('Player 1 and Player 2')
  })
})

describe('a text stays', () => {
  it.each([
    ['an admin’s message to all', 'RCon admin #0: (Global) hello'],
    ['a name of spaces', listOf(row('  '))],
    ['a line that is none', 'Rook'],
    ['a row without a name', listOf('0 -')],
  ])('if what was learned has no name in it: %s', (_, learned) => {
    expect(changed('Rook -  - undefined', learned)).toBe('Rook -  - undefined')
  })
})

describe('an address or GUID', () => {
  it('has one in its place everywhere, also in capitals', () => {
    const texts = new AnonymousTexts()
    const [first, second] = [texts.message(GUID), texts.message(GUID.replaceAll('0', '1'))]
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(second).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set([first, second, GUID]).size).toBe(3)
    expect(texts.message(GUID.toUpperCase())).toBe(first)
  })

  it('is of the ranges that nobody has', () => {
    const texts = new AnonymousTexts()
    expect(texts.message('at 203.0.113.77:2304, at 203.0.113.78')).toBe('at 198.18.0.1:2304, at 198.18.0.2')
    expect(texts.message('2001:DB8::7 is [2001:db8:1:2:3:4:5:6]:2304')).toBe(
      '2001:db8:0:0:0:0:0:3 is [2001:db8:0:0:0:0:0:4]:2304',
    )
    for (let host = 1; host <= 300; host++) texts.address(`203.0.${host >> 8}.${host & 0xff}`)
    expect(texts.address('203.0.113.200')).toBe('198.18.1.49')
  })

  it('stays if it is the machine’s own', () => {
    expect(changed('127.0.0.1:2306')).toBe('127.0.0.1:2306')
  })

  it.each(['12:30:45', '1.2.3', 'a::b'])('is not what only looks like it: %s', (text) => {
    expect(changed(text)).toBe(text)
  })
})
