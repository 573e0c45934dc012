import { ACTION_TEXTS } from './action-output.js'
import { BAN_LIST_PENDING, NO_BANS } from './ban-list-output.js'

/** How much of a text has to be known for the questions below. */
export const KNOWN_FROM = 512

const LIST_TITLES = ['Players on server:', 'Total bans: ', 'Multiple users found!']
const TEXTS = [
  ...LIST_TITLES,
  ...ACTION_TEXTS,
  BAN_LIST_PENDING,
  NO_BANS,
  'unknown command',
  'Unknown command',
]
const ABOUT_PLAYER = /^Player '(?!.*' (?:kicked|banned)!$)/s

/** Whether a text begins as one of the lists does, whose rows may be cut anywhere. */
export function isListBegun(text: string): boolean {
  return LIST_TITLES.some((title) => text.startsWith(title))
}

/** Whether what is there of a text is the beginning of one that is known, and has more to come. */
export function isUnfinishedOutput(text: string): boolean {
  return ABOUT_PLAYER.test(text) || TEXTS.some((known) => known !== text && known.startsWith(text))
}
