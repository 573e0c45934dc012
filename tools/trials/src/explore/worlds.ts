import { SessionWorld, type SessionWorldOptions } from './session-world.js'

const NOTHING = { losses: 0, copies: 0, crashes: 0, closes: 0, commands: [], messages: 0 }

/** The worlds that are explored, by name. */
export const WORLDS: Readonly<Record<string, SessionWorldOptions['limits']>> = {
  'one of each fault, two commands, a message': {
    losses: 1,
    copies: 1,
    crashes: 1,
    crashesDuringLogin: true,
    closes: 1,
    commands: [true, false],
    messages: 1,
  },
  'three commands that may be sent again, two losses': {
    ...NOTHING,
    losses: 2,
    commands: [true, true, true],
  },
  'three commands that may not, two losses, a close': {
    ...NOTHING,
    losses: 2,
    closes: 1,
    commands: [false, false, false],
  },
  'three messages, losses and copies': { ...NOTHING, losses: 2, copies: 2, messages: 3 },
  'two restarts of the server': {
    ...NOTHING,
    crashes: 2,
    crashesDuringLogin: true,
    losses: 1,
    commands: [true, false],
    messages: 1,
  },
}

/** The world of long random walks: its client does not give up, however long it hears nothing. */
export const WALKED: SessionWorldOptions = {
  limits: {
    losses: Number.POSITIVE_INFINITY,
    copies: Number.POSITIVE_INFINITY,
    crashes: 1,
    closes: 1,
    commands: Array.from({ length: 100 }, (_, index) => index % 3 !== 0),
    messages: 100,
  },
  session: { loginTimeoutMs: 3_600_000, forgottenAfterMs: Number.POSITIVE_INFINITY },
}

export function newWorld(limits: SessionWorldOptions['limits'] | undefined): SessionWorld {
  if (limits === undefined) throw new Error('there is no world of this name')
  return new SessionWorld({ limits })
}
