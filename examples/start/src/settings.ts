import { InvalidArgumentError } from '@bercon/client'

/** Where to connect: a real server, or `undefined` for the simulator. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly password: string
}

/** @throws {@link InvalidArgumentError} naming the variable that is missing or wrong. */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings | undefined {
  const { RCON_HOST: host, RCON_PORT: port, RCON_PASSWORD: password } = environment
  if (host === undefined && port === undefined && password === undefined) return undefined
  if (!host) throw new InvalidArgumentError('RCON_HOST', host, 'the name or address of the server')
  if (!port || !/^[0-9]{1,5}$/.test(port))
    throw new InvalidArgumentError('RCON_PORT', port, "a number, RConPort in the server's BEServer_x64.cfg")
  if (!password) throw new InvalidArgumentError('RCON_PASSWORD', password, 'set, to what RConPassword is')
  return { host, port: Number(port), password }
}
