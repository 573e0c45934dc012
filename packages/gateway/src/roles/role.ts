import type { ServerGame } from '../servers/game.js'
import type { CommandName } from './command-name.js'
import { anyOf, type NameCheck } from './glob.js'
import {
  entryOf,
  isAboutOwnLogin,
  normalEntry,
  type RoleOptions,
  type RoleSettings,
  roleSettings,
} from './role-options.js'

/** A role, ready to be asked. */
export interface Role {
  readonly name: string
  readonly settings: RoleSettings
  /** Whether the server exists for the role's users. */
  readonly knows: NameCheck
  readonly mayHear: NameCheck
  mayRun(command: CommandName, game: ServerGame): boolean
}

/** @throws {@link InvalidArgumentError} that names what is wrong. */
export function createRole(name: string, options: RoleOptions): Role {
  const settings = roleSettings(options, `roles.${name}.`)
  const all = settings.commands.includes('*')
  const named = new Set(settings.commands.map(normalEntry))
  // Reforger takes a command with and without #, so that one is as good as the other.
  const bare = new Set([...named].map(withoutHash))
  return {
    name,
    settings,
    knows: anyOf(settings.servers),
    mayHear: anyOf(settings.events),
    mayRun(command, game) {
      if (isAboutOwnLogin(command)) return false
      if (all) return true
      const names = [command.name, entryOf(command)]
      return game === 'reforger'
        ? names.some((one) => bare.has(withoutHash(one)))
        : names.some((one) => named.has(one))
    },
  }
}

function withoutHash(name: string): string {
  return name.replace(/^#/, '')
}
