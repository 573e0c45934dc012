import type { Format } from '../output/listing.js'
import { UsageError } from '../usage-error.js'
import { checkGame, checkPort, checkSeconds, formatOf, type Game, variable } from './checks.js'
import { findPassword } from './password.js'
import { refuseUnread, type ServerCfg } from './server-cfg.js'
import { encodingOf, type Sources } from './sources.js'

/** The settings of a login and of the output. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly password: string
  readonly game: Game
  /** For each command, in ms; `undefined` for the client's default. */
  readonly timeoutMs: number | undefined
  readonly loginTimeoutMs: number | undefined
  /** For text that is not UTF-8; `undefined` for the client's default. The client refuses an unknown one. */
  readonly encoding: string | undefined
  /** Of lists. */
  readonly format: Format
  /** Whether tables may be wider than the terminal. */
  readonly isWide: boolean
  readonly geoip: string | undefined
}

/**
 * Each setting from the first source that has it: flag, environment, profile, server cfg, default. At a terminal, asks
 * for a missing password.
 *
 * @throws {@link UsageError}
 */
export async function resolveSettings(sources: Sources): Promise<Settings> {
  const { flags, profile, serverCfg } = sources
  const { host, port } = resolveAddress(sources)
  const settings = {
    host,
    port,
    game: checkGame(
      'the game',
      flags.game ?? variable('RCON_GAME') ?? profile.game ?? serverCfg?.game ?? 'auto',
    ),
    ...resolveTimes(sources),
    encoding: encodingOf(flags, profile),
    format: formatOf(flags, profile),
    isWide: flags.wide === true,
    geoip: flags.geoip ?? variable('RCON_GEOIP') ?? profile.geoip,
  }
  return { ...settings, password: await findPassword(sources, `${host}:${port}`) }
}

/** Host and port. @throws {@link UsageError} */
export function resolveAddress(sources: Sources): Pick<Settings, 'host' | 'port'> {
  const { flags, profile, serverCfg } = sources
  const port = flags.port ?? variable('RCON_PORT') ?? profile.port ?? portOfCfg(serverCfg)
  if (port === undefined)
    throw new UsageError(
      'no port: use --port (RConPort, not the game port), RCON_PORT, a profile or --server-cfg',
    )
  const host = chosenHost(sources) ?? addressOfCfg(serverCfg) ?? '127.0.0.1'
  return { host, port: checkPort('the port', port) }
}

/** The timeouts of replies and of the login, if set. @throws {@link UsageError} */
export function resolveTimes({ flags, profile }: Sources): Pick<Settings, 'timeoutMs' | 'loginTimeoutMs'> {
  return {
    timeoutMs: secondsOf('--timeout', flags.timeout, 'RCON_TIMEOUT') ?? profile.timeoutMs,
    loginTimeoutMs:
      secondsOf('--login-timeout', flags.loginTimeout, 'RCON_LOGIN_TIMEOUT') ?? profile.loginTimeoutMs,
  }
}

/** The host that the user named, rather than a server's own file. */
export function chosenHost({ flags, profile }: Omit<Sources, 'serverCfg'>): string | undefined {
  return flags.host ?? variable('RCON_HOST') ?? profile.host
}

function portOfCfg(cfg: ServerCfg | undefined): number | undefined {
  refuseUnread(cfg, 'port')
  return cfg?.port
}

function addressOfCfg(cfg: ServerCfg | undefined): string | undefined {
  refuseUnread(cfg, 'address')
  return cfg?.ip
}

/** Of a flag or else a variable, in ms. */
function secondsOf(flag: string, value: string | undefined, name: string): number | undefined {
  if (value !== undefined) return checkSeconds(flag, value)
  const known = variable(name)
  return known === undefined ? undefined : checkSeconds(name, known)
}
