import { bracketedGuidBefore } from './guid.js'

/** A place where a name can end, because ` (GUID)` and certain words follow. */
export interface NameAnchor {
  readonly nameEnd: number
  readonly guid: string | undefined
  /** Where the text behind the words begins. */
  readonly textStart: number
}

/** The anchor that was chosen. */
export interface ChosenAnchor {
  readonly anchor: NameAnchor
  /** Whether another one would have done as well. */
  readonly ambiguous: boolean
}

/** Every place where the words stand behind a GUID in brackets. */
export function* bracketedAnchors(text: string, words: string): Generator<NameAnchor> {
  for (const at of placesOf(text, words)) {
    const found = bracketedGuidBefore(text, at)
    if (found !== undefined) {
      yield { nameEnd: found.start, guid: found.guid, textStart: at + words.length }
    }
  }
}

/** Every place where the words stand, whatever is before them. */
export function* bareAnchors(text: string, words: string): Generator<NameAnchor> {
  for (const at of placesOf(text, words)) {
    yield { nameEnd: at, guid: undefined, textStart: at + words.length }
  }
}

/**
 * Name and text are both free, so that either can hold what stands between them. The name known for the slot
 * decides; else the first place is taken, which is right when the text is the hostile one.
 */
export function chooseAnchor(
  anchors: Iterable<NameAnchor>,
  text: string,
  knownName: string | undefined,
): ChosenAnchor | undefined {
  let first: NameAnchor | undefined
  let ambiguous = false
  for (const anchor of anchors) {
    if (anchor.nameEnd === knownName?.length && text.startsWith(knownName)) {
      return { anchor, ambiguous: false }
    }
    if (first === undefined) first = anchor
    else ambiguous = true
    if (ambiguous && knownName === undefined) break
  }
  return first && { anchor: first, ambiguous }
}

function* placesOf(text: string, words: string): Generator<number> {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) yield at
}
