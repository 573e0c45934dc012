import { describe, expect, it } from 'vitest'
import { AnonymousTexts } from './anonymous-texts.js'
import { piecesOfCommand, piecesOfMessage, piecesOfReply, type TextPiece } from './text-pieces.js'

const GUID = '00112233445566778899aabbccddeeff'
const UUID = 'b6955d91-4749-4cdb-9a51-e69f630ec435'

/** The pieces in short: the words of the game as they are, a name in brackets, what people wrote in braces. */
const shown = (pieces: readonly TextPiece[]) =>
  pieces
    .filter(({ text }) => text !== '')
    .map(({ kind, text }) => (kind === 'words' ? text : kind === 'name' ? `[${text}]` : `{${text}}`))
    .join('')

describe('a message of a server', () => {
  it.each([
    ['(Side) Rook: hello: you', '(Side) [Rook]: {hello: you}'],
    ['(Side) Rook: ', '(Side) [Rook]: '],
    ['(Side) : hello', '(Side) : {hello}'],
    ['Player #12 Rook (203.0.113.77:2304) connected', 'Player #12 [Rook] (203.0.113.77:2304) connected'],
    ['Player #12 Player disconnected', 'Player #12 [Player] disconnected'],
    ['Player #12 12 is losing connection', 'Player #12 [12] is losing connection'],
    [`Player #1 Rook - BE GUID: ${GUID}`, `Player #1 [Rook] - BE GUID: ${GUID}`],
    [`Verified GUID (${GUID}) of player #1 0`, `Verified GUID (${GUID}) of player #1 [0]`],
    [`Verified GUID (${GUID}) of player #1 `, `Verified GUID (${GUID}) of player #1 `],
    ['RCon admin #0 (203.0.113.77:2304) logged in', 'RCon admin #0 (203.0.113.77:2304) logged in'],
    ['RCon admin #0: (Global) hello', 'RCon admin #0: (Global) {hello}'],
    ['RCon admin #0: (To To) hello', 'RCon admin #0: (To [To]) {hello}'],
    [`Scripts Log: #3 Rook (${GUID}) - #1 "x"`, `Scripts Log: #3 [Rook] (${GUID}) - #1 {"x"}`],
    ['Connected to BE Master', 'Connected to BE Master'],
    ['Rook: hello', '{Rook: hello}'],
  ])('is divided into words, a name and what people wrote: %s', (text, expected) => {
    expect(shown(piecesOfMessage(text, []))).toBe(expected)
  })

  it.each([
    ['Admin Kick (rude to Rook)', 'Admin Kick ({rude to Rook})'],
    ['Admin Kick', 'Admin Kick'],
    ['Admin Kick ()', 'Admin Kick ()'],
    ['Admin Ban #for that', 'Admin Ban #{for that}'],
    ['Client not responding', 'Client not responding'],
    ['Global Ban #9f52bd', 'Global Ban {#9f52bd}'],
    ['SetVariable Value Restriction #5', 'SetVariable Value Restriction #5'],
    ['Rude to Rook', '{Rude to Rook}'],
  ])('is a kick, with the words of people in its reason: %s', (reason, expected) => {
    const kick = `Player #2 Player (${GUID}) has been kicked by BattlEye: `
    expect(shown(piecesOfMessage(`${kick}${reason}`, []))).toBe(
      `Player #2 [Player] (${GUID}) has been kicked by BattlEye: ${expected}`,
    )
  })

  it('has the name that is known, where a line can be read in two ways', () => {
    expect(shown(piecesOfMessage('(Side) AT: two: hello', ['AT: two']))).toBe('(Side) [AT: two]: {hello}')
    expect(shown(piecesOfMessage('(Side) AT: two: hello', []))).toBe('(Side) [AT]: {two: hello}')
  })

  it('is what people wrote as a whole, if a password in it is hidden from the parser', () => {
    const text = `Scripts Log: #3 Rook (${GUID}) - #1 "x"\nConfig entry: RConPassword hunter2`
    expect(shown(piecesOfMessage(text, []))).toBe(`{${text}}`)
  })
})

describe('a reply of a server', () => {
  const players = 'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n---\n'

  it.each([
    [`0   203.0.113.77:2304     31   ${GUID}(OK) Rook`, `0   203.0.113.77:2304     31   ${GUID}(OK) [Rook]`],
    [
      `0   203.0.113.77:2304     31   ${GUID}(OK) Rook (Lobby)`,
      `0   203.0.113.77:2304     31   ${GUID}(OK) [Rook] (Lobby)`,
    ],
    [`1 ; ${UUID} ; Rook ; Two`, `1 ; ${UUID} ; [Rook ; Two]`],
    [`#10 | ${UUID} | Rook`, `#10 | ${UUID} | [Rook]`],
    [`0  ${GUID} perm rude`, `0  ${GUID} perm {rude}`],
    [`0  203.0.113.77     -1 rude`, `0  203.0.113.77     -1 {rude}`],
    [`12 203.0.113.77     59`, `12 203.0.113.77     59`],
    ['0   203.0.113.77:2304', '0   203.0.113.77:2304'],
    ['co-op.Altis.pbo', '{co-op.Altis.pbo}'],
    ['(1 players in total)', '(1 players in total)'],
  ])('is divided row by row: %s', (row, expected) => {
    expect(shown(piecesOfReply(`${players}${row}\n${row}`))).toBe(`${players}${expected}\n${expected}`)
  })
})

describe('a command of a client', () => {
  it.each([
    ['kick 3 rude to Rook', 'kick 3 {rude to Rook}'],
    ['say -1 31 hello', 'say -1 31 {hello}'],
    ['addBan 203.0.113.5 60 rude', 'addBan {203.0.113.5 60 rude}'],
    ['#exec ban Rook', '#exec {ban Rook}'],
    ['restart Rook', '{restart Rook}'],
    ['', ''],
  ])('is its word and its numbers, then what the admin wrote: %j', (text, expected) => {
    expect(shown(piecesOfCommand(text))).toBe(expected)
  })
})

describe('the names that a text shows', () => {
  /** What becomes of chat with the names, after these texts were learned. */
  function chatAfter(...learned: readonly string[]): string {
    const texts = new AnonymousTexts()
    texts.learn(learned)
    return texts.command('say -1 Rook (Lobby), Pawn')
  }
  const joining = (name: string) => `Players on server:\n0   -   -   -  ${name}`

  it.each([
    ['a line that can be read in two ways', '(Side) Rook: a: b'],
    ['a message of an admin', 'RCon admin #0: (To Rook) hello'],
    ['a list of Reforger', `Players on server: [Player#]\n1 ; ${UUID} ; Bishop\n2 ; ${UUID} ; Rook`],
    ['such a list with other line ends', `Players on server: [Player#]\r\n1 ; ${UUID} ; Rook\r\n`],
    ['the row of a player who is joining', joining('Rook (Lobby)')],
  ])('are those of %s', (_, learned) => {
    expect(chatAfter(learned)).toMatch(/^say -1 Player [12] \(Lobby\), Pawn$/)
  })

  it.each([
    ['a message of an admin to all', 'RCon admin #0: (Global) Rook (Lobby), Pawn'],
    ['a row without a name', joining('').trimEnd()],
  ])('are none in %s', (_, learned) => {
    expect(chatAfter(learned)).toBe('say -1 Rook (Lobby), Pawn')
  })

  it('do not contain the mark of the lobby, which stays in the row of a player who is joining', () => {
    const texts = new AnonymousTexts()
    texts.learn([joining('Rook (Lobby)')])
    expect(texts.reply(joining('Rook (Lobby)'))).toBe(joining('Player 1 (Lobby)'))
  })
})
