// @ts-nocheck
import { InvalidArgumentError } from '@bercon/core'
import { checkNames, unshownArgument } from '@bercon/core/kit'
import { CommandRate } from '../roles/command-rate.js'
import type { Subject } from '../roles/judge.js'
import { createRole, type Role } from '../roles/role.js'
import { checkObject, type RoleOptions } from '../roles/role-options.js'
import { isSameHash, isTokenHash, tokenHash } from './token.js'

/** A user of the gateway. */
export interface UserOptions {
  /** The SHA-256 of their token, in hexadecimal; the token itself is kept nowhere. */
  readonly tokenSha256: string
  /** The name of a role. */
  readonly role: string
}

/** Who may do what. */
export interface AccessOptions {
  readonly users: Readonly<Record<string, UserOptions>>
  readonly roles: Readonly<Record<string, RoleOptions>>
}

/** A user who has shown their token. It holds no longer than the token: `Access.subject` says whether it still does. */
export interface Identity {
  readonly name: string
  readonly tokenSha256: string
}

interface User extends Identity {
  readonly role: Role
  readonly rate: CommandRate
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/
// Of nobody: where there are no users, a token is compared all the same.
const NOBODY = '0'.repeat(64)

/** The users and their roles, at one time; a reload makes another. */
export class Access {
  readonly #users: ReadonlyMap<string, User>
  readonly #roles: ReadonlyMap<string, Role>

  /**
   * @param earlier - whose counts of commands go on.
   * @throws {@link InvalidArgumentError} that names what is wrong.
   */
  constructor(options: AccessOptions, earlier?: Access) {
    checkObject('users', options.users)
    checkObject('roles', options.roles)
    const roles = Object.entries(options.roles).map(([name, role]) => [name, createRole(name, role)] as const)
    this.#roles = new Map(roles)
    const users = Object.entries(options.users).map(([name, user]) => this.#user(name, user, earlier))
    this.#users = new Map(users.map((user) => [user.name, user]))
    refuseSharedTokens(users)
  }

  /** Whose token it is. Every user's is compared, in constant time, so that the time says nothing. */
  identify(token: string): Identity | undefined {
    const hash = tokenHash(token)
    let found: Identity | undefined
    isSameHash(hash, NOBODY)
    for (const { name, tokenSha256 } of this.#users.values())
      if (isSameHash(hash, tokenSha256)) found = { name, tokenSha256 }
    return found
  }

  /** The user of that name, who has shown their token already. */
  identityOf(name: string): Identity | undefined {
    const user = this.#users.get(name)
    return user && { name, tokenSha256: user.tokenSha256 }
  }

  /** What the user may do now; `undefined` if they are no user any more, or have another token. */
  subject({ name, tokenSha256 }: Identity): Subject | undefined {
    const user = this.#users.get(name)
    if (user === undefined || user.tokenSha256 !== tokenSha256) return undefined
    return { user: name, role: user.role, rate: user.rate }
  }

  #rateOf(name: string): CommandRate {
    return this.#users.get(name)?.rate ?? new CommandRate()
  }

  #user(name: string, options: UserOptions, earlier: Access | undefined): User {
    const path = `users.${name}`
    if (!NAME.test(name))
      throw new InvalidArgumentError(
        'users',
        name,
        'named with 1 to 32 letters, digits, dots, dashes and underscores',
      )
    checkObject(path, options)
    checkNames(options, ['tokenSha256', 'role'])
    const { tokenSha256, role: roleName } = options
    // Not shown: it may be the token itself.
    if (!isTokenHash(tokenSha256))
      throw unshownArgument(
        `${path}.tokenSha256`,
        tokenSha256,
        'a SHA-256 of 64 hexadecimal digits in lower case',
      )
    const role = this.#roles.get(roleName)
    if (role === undefined)
      throw new InvalidArgumentError(
        `${path}.role`,
        roleName,
        `one of the roles: ${[...this.#roles.keys()].join(', ') || 'there are none'}`,
      )
    return {
      name,
      tokenSha256,
      role,
      rate: earlier === undefined ? new CommandRate() : earlier.#rateOf(name),
    }
  }
}

function refuseSharedTokens(users: readonly User[]): void {
  const owners = new Map<string, string>()
  for (const { name, tokenSha256 } of users) {
    const owner = owners.get(tokenSha256)
    if (owner !== undefined)
      throw unshownArgument(
        `users.${name}.tokenSha256`,
        tokenSha256,
        "another than anybody else's",
        `users.${name} has the same token as users.${owner}, so that nobody could tell them apart`,
      )
    owners.set(tokenSha256, name)
  }
}
