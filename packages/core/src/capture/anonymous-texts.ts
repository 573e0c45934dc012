import { GUID_PIECE_PATTERN, ID_PATTERNS, InventedIds } from './invented-ids.js'
import { InventedNames, type Replacement } from './invented-names.js'
import { namesIn, piecesOfCommand, piecesOfMessage, piecesOfReply, type TextPiece } from './text-pieces.js'

const IDS = new RegExp(ID_PATTERNS.join('|'), 'giu')
const GUID_PIECES = new RegExp(GUID_PIECE_PATTERN, 'gi')

/** What is found in a text that people wrote, one kind of thing after the other; what is found is not looked at again. */
type Finder = (text: string) => readonly Replacement[]

/**
 * Replaces the names, GUIDs and addresses of players and admins in texts of one capture, each always by the same
 * invented one. The names are those that a list or a line of the server contains; a name that appears in chat alone
 * stays. The words of the game stay, also where a player is called like one.
 */
export class AnonymousTexts {
  readonly #names = new InventedNames()
  readonly #ids = new InventedIds()
  readonly #finders: readonly Finder[] = [
    (text) => this.#names.words(text),
    (text) => found(text, IDS, (id) => this.#ids.of(id)),
    (text) => this.#names.likeIds(text),
    (text) => found(text, GUID_PIECES, (piece) => this.#ids.guidPiece(piece) ?? piece),
  ]

  /** Learns the names and the GUIDs in a server's texts. Call it with all texts before the first is changed. */
  learn(texts: readonly string[]): void {
    // What has one reading decides how the others are read.
    const doubtful = texts.filter((text) => !this.#learnFrom(text, false))
    for (const text of doubtful) this.#learnFrom(text, true)
  }

  /** A client's command with invented names, GUIDs and addresses. */
  command(text: string): string {
    return this.#changed(piecesOfCommand(text))
  }

  /** The same of a server's reply. */
  reply(text: string): string {
    return this.#changed(piecesOfReply(text))
  }

  /** The same of a server's message. */
  message(text: string): string {
    return this.#changed(piecesOfMessage(text, this.#names.originals))
  }

  /** An invented address. */
  address(address: string): string {
    return this.#ids.address(address)
  }

  #learnFrom(text: string, evenIfInDoubt: boolean): boolean {
    const { names, isSure } = namesIn(text, this.#names.originals)
    if (isSure || evenIfInDoubt) for (const name of names) this.#names.add(name)
    for (const [id] of text.matchAll(IDS)) this.#ids.of(id)
    return isSure
  }

  #changed(pieces: readonly TextPiece[]): string {
    return pieces
      .map(({ kind, text }) => {
        if (kind === 'name') return this.#names.add(text)
        return kind === 'words' ? text.replace(IDS, (id) => this.#ids.of(id)) : replaced(text, this.#finders)
      })
      .join('')
  }
}

function found(text: string, pattern: RegExp, invent: (original: string) => string): readonly Replacement[] {
  return Array.from(text.matchAll(pattern), ({ 0: original, index }) => ({
    at: index,
    length: original.length,
    by: invent(original),
  }))
}

/** The text with what the first finder finds replaced, and between that what the next ones find. */
function replaced(text: string, [find, ...others]: readonly Finder[]): string {
  if (find === undefined) return text
  let done = 0
  let result = ''
  for (const { at, length, by } of find(text)) {
    result += replaced(text.slice(done, at), others) + by
    done = at + length
  }
  return result + replaced(text.slice(done), others)
}
