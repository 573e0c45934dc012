import { type ConnectionChoice, type ConnectionLimits, ConnectionWorld } from './connection-world.js'
import { type FleetChoice, type FleetLimits, FleetWorld } from './fleet-world.js'
import { type RemoteChoice, type RemoteLimits, RemoteWorld } from './remote-world.js'
import { type SessionChoice, SessionWorld } from './session-world.js'
import type { NewWorld, WorldLimits } from './world.js'

const NOTHING = { losses: 0, copies: 0, crashes: 0, closes: 0, commands: [], messages: 0 }
const NO_BREAK = { ...NOTHING, outages: 0, opens: 0, breaks: 0 }

/** Worlds of one kind, by name. */
type Worlds<Choice> = Readonly<Record<string, NewWorld<Choice>>>

/** The worlds of a client's session and a server's that are explored. */
export const SESSION_WORLDS: Worlds<SessionChoice> = {
  'one of each fault, two commands, a message': sessions({
    losses: 1,
    copies: 1,
    crashes: 1,
    crashesDuringLogin: true,
    closes: 1,
    commands: [true, false],
    messages: 1,
  }),
  'three commands that may be sent again, two losses': sessions({
    ...NOTHING,
    losses: 2,
    commands: [true, true, true],
  }),
  'three commands that may not, two losses, a close': sessions({
    ...NOTHING,
    losses: 2,
    closes: 1,
    commands: [false, false, false],
  }),
  'three messages, losses and copies': sessions({ ...NOTHING, losses: 2, copies: 2, messages: 3 }),
  'two restarts of the server': sessions({
    ...NOTHING,
    crashes: 2,
    crashesDuringLogin: true,
    losses: 1,
    commands: [true, false],
    messages: 1,
  }),
}

/** The worlds of a `ServerConnection` over many logins. */
export const CONNECTION_WORLDS: Worlds<ConnectionChoice> = {
  'two outages, two commands, a message': connection({
    ...NO_BREAK,
    outages: 2,
    losses: 1,
    commands: [true, false],
    messages: 1,
  }),
  'a close and another opening, while a command, a login and a message are under way': connection({
    ...NO_BREAK,
    closes: 1,
    opens: 1,
    copies: 1,
    commands: [true, false],
    messages: 1,
  }),
  'a restart, an outage, and a lookup or a socket that fails': connection({
    ...NO_BREAK,
    crashes: 1,
    outages: 1,
    breaks: 1,
    commands: [false],
    messages: 1,
  }),
}

const NO_CUT = { cuts: 0, refusals: 0, fails: 0, closes: 0, commands: [], messages: 0 }

/** The worlds of a connection over channels that break. */
export const REMOTE_WORLDS: Worlds<RemoteChoice> = {
  'two cuts, two commands, a message': remote({ ...NO_CUT, cuts: 2, commands: [true, false], messages: 1 }),
  'a cut, a channel that does not open, a lost login of the host': remote({
    ...NO_CUT,
    cuts: 1,
    refusals: 1,
    fails: 1,
    commands: [true, false],
  }),
  'a cut, a close, two messages': remote({ ...NO_CUT, cuts: 1, closes: 1, commands: [false], messages: 2 }),
}

const NO_TROUBLE = { hangs: 0, crashes: 0, cuts: 0, holds: 0, starts: 0, commands: [], messages: 0 }

/** The worlds of two workers, a directory, and a server that they share. */
export const FLEET_WORLDS: Worlds<FleetChoice> = {
  'one hang, one cut, a command that may be sent again and one that may not': fleet({
    ...NO_TROUBLE,
    hangs: 1,
    cuts: 1,
    commands: [true, false],
  }),
  'texts held back twice, two commands that may not be sent again': fleet({
    ...NO_TROUBLE,
    holds: 2,
    commands: [false, false],
  }),
  'a crash, a hang, another worker, two messages': fleet({
    ...NO_TROUBLE,
    crashes: 1,
    hangs: 1,
    starts: 1,
    commands: [false],
    messages: 2,
  }),
}

const MANY = Number.POSITIVE_INFINITY
const COMMANDS = Array.from({ length: 100 }, (_, index) => index % 3 !== 0)

/** A world of long random walks: its client does not give up, however long it hears nothing. */
export const WALKED_SESSION: NewWorld<SessionChoice> = () =>
  new SessionWorld({
    limits: { losses: MANY, copies: MANY, crashes: 1, closes: 1, commands: COMMANDS, messages: 100 },
    session: { loginTimeoutMs: 3_600_000, forgottenAfterMs: Number.POSITIVE_INFINITY },
  })

/** The same of a connection, which logs in again and again. */
export const WALKED_CONNECTION: NewWorld<ConnectionChoice> = connection({
  losses: MANY,
  copies: MANY,
  crashes: MANY,
  outages: MANY,
  breaks: MANY,
  closes: 2,
  opens: MANY,
  commands: COMMANDS,
  messages: 100,
})

/** The same of a connection over channels. */
export const WALKED_REMOTE: NewWorld<RemoteChoice> = remote({
  cuts: MANY,
  refusals: MANY,
  fails: MANY,
  closes: 1,
  commands: COMMANDS,
  messages: 100,
})

/** The same of a fleet. */
export const WALKED_FLEET: NewWorld<FleetChoice> = fleet({
  hangs: MANY,
  cuts: MANY,
  holds: MANY,
  crashes: 3,
  starts: 3,
  commands: COMMANDS,
  messages: 100,
})

function sessions(limits: WorldLimits): NewWorld<SessionChoice> {
  return () => new SessionWorld({ limits })
}

function connection(limits: ConnectionLimits): NewWorld<ConnectionChoice> {
  return () => ConnectionWorld.begin(limits)
}

function remote(limits: RemoteLimits): NewWorld<RemoteChoice> {
  return () => RemoteWorld.begin(limits)
}

function fleet(limits: FleetLimits): NewWorld<FleetChoice> {
  return () => FleetWorld.begin(limits)
}
