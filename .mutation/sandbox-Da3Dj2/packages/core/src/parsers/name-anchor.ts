// @ts-nocheck
import { bracketedGuidBefore } from './guid.js'

/** A position where a name can end, because ` (GUID)` and certain words follow. */
export interface NameAnchor {
  readonly nameEnd: number
  readonly guid: string | undefined
  /** Where the text after the words begins. */
  readonly textStart: number
}

/** The chosen anchor. */
export interface ChosenAnchor {
  readonly anchor: NameAnchor
  /** Whether another anchor was equally possible. */
  readonly ambiguous: boolean
}

/** Every position where the words follow a GUID in brackets. */
export function* bracketedAnchors(text: string, words: string): Generator<NameAnchor> {
  for (const at of placesOf(text, words)) {
    const found = bracketedGuidBefore(text, at)
    if (found !== undefined) {
      yield { nameEnd: found.start, guid: found.guid, textStart: at + words.length }
    }
  }
}

/** Every position of the words, whatever precedes them. */
export function* bareAnchors(text: string, words: string): Generator<NameAnchor> {
  for (const at of placesOf(text, words)) {
    yield { nameEnd: at, guid: undefined, textStart: at + words.length }
  }
}

/**
 * Chooses an anchor. Name and text are both free, so either can contain the separator. The name known for the slot
 * decides; otherwise the first position, which is right if the text is the hostile part.
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
