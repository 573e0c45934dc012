import { MAX_COMMAND_BYTES, utf8Length } from '@bercon/core/kit'
import type { ServerKind } from '../servers/game.js'
import { type CommandName, commandName } from './command-name.js'
import type { CommandRate } from './command-rate.js'
import type { Role } from './role.js'

/** Who wants something. */
export interface Subject {
  readonly user: string
  readonly role: Role
  readonly rate: CommandRate
}

/** Why a command is not sent; `detail` is a sentence for the user. */
export type Refusal =
  | { readonly code: 'command-disallowed' | 'not-found'; readonly detail: string }
  | { readonly code: 'rate-limited'; readonly detail: string; readonly retryAfterMs: number }

/** What is to be done with a command. */
export type Verdict =
  /** `text` is what is to be sent, in place of what the user wrote. */
  | { readonly type: 'allowed'; readonly text: string; readonly name: string }
  | { readonly type: 'refused'; readonly refusal: Refusal }

const SAY = /^([^ ]+ -?[0-9]+)[ \t]+([^ \t].*)$/

/**
 * Decides about a command by its name, as parsed; every front asks here. Whatever the role does not name is refused,
 * and so is what has no certain name.
 *
 * @param now - in ms, of any clock.
 */
export function judge(subject: Subject, server: ServerKind, text: unknown, now: number): Verdict {
  const { role, rate } = subject
  if (!role.knows(server.name)) return refused('not-found', noSuchServer(server.name))
  const { perMinute } = role.settings
  if (!rate.admits(perMinute, now)) return tooMany(role.name, perMinute, rate.waitMs(perMinute, now))
  return judgeAgain(subject, server, text)
}

/** Decides in the same words about a command that is counted already, because the role may have changed since. */
export function judgeAgain(subject: Subject, server: ServerKind, text: unknown): Verdict {
  const { role } = subject
  if (!role.knows(server.name)) return refused('not-found', noSuchServer(server.name))
  const command = commandName(text)
  if (command === undefined)
    return refused(
      'command-disallowed',
      `The command has no certain name: it must begin with a word of ASCII letters, without control characters, and have at most ${MAX_COMMAND_BYTES} bytes`,
    )
  if (!role.mayRun(command, server.game))
    return refused('command-disallowed', `The role ${role.name} does not allow ${command.name}`)
  return withPrefix(command, subject)
}

/** Whether the role may run such a command there, without counting it. */
export function mayRun(role: Role, server: ServerKind, text: unknown): boolean {
  const command = commandName(text)
  return command !== undefined && role.knows(server.name) && role.mayRun(command, server.game)
}

/** What a user reads about a server that the role does not name, and about one that does not exist. */
export function noSuchServer(name: string): string {
  return `There is no server ${JSON.stringify(name)}`
}

function withPrefix({ name, text }: CommandName, { user, role }: Subject): Verdict {
  const prefix = role.settings.sayPrefix.replaceAll('{user}', () => user)
  if (prefix === '' || name.replace(/^#/, '') !== 'say') return { type: 'allowed', text, name }
  const [, before, said] = SAY.exec(text) ?? []
  if (before === undefined)
    return refused('command-disallowed', 'A say must be "say SLOT TEXT", with -1 for everybody as the slot')
  const prefixed = `${before} ${prefix}${said}`
  if (utf8Length(prefixed) > MAX_COMMAND_BYTES)
    return refused('command-disallowed', `With ${prefix} before it, the text is too long by some bytes`)
  return { type: 'allowed', text: prefixed, name }
}

function tooMany(role: string, perMinute: number, retryAfterMs: number): Verdict {
  const detail = `The role ${role} allows ${perMinute === 1 ? 'one command' : `${perMinute} commands`} a minute; try again in ${Math.ceil(retryAfterMs / 1_000)} s`
  return { type: 'refused', refusal: { code: 'rate-limited', detail, retryAfterMs } }
}

function refused(code: 'command-disallowed' | 'not-found', detail: string): Verdict {
  return { type: 'refused', refusal: { code, detail } }
}
