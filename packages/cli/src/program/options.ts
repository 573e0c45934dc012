import { type Command, InvalidArgumentError } from 'commander'
import { FORMATS } from '../output/listing.js'
import { GAMES } from '../settings/checks.js'

/** Adds the flags of a command that talks to one server. */
export function addConnectionOptions(command: Command): Command {
  const profile = command.createOption('-P, --profile <name>', 'profile of the config file (RCON_PROFILE)')
  const onlyOne = (name: string, earlier: string | undefined) => {
    if (earlier === undefined) return name
    throw new InvalidArgumentError('This command applies to one server.')
  }
  addServerOptions(command.optionsGroup('Connection:').addOption(profile.argParser(onlyOne)))
  return command
}

/** Adds the flags of a command that talks to one server, or to several. */
export function addServersOptions(command: Command): Command {
  const profile = command.createOption(
    '-P, --profile <name>',
    'profile of the config file (RCON_PROFILE); repeat it for several servers',
  )
  const collect = (name: string, earlier: readonly string[] = []) => [...earlier, name]
  command
    .optionsGroup('Connection:')
    .addOption(profile.argParser(collect))
    .option('--all', 'use the servers of all profiles')
  return addServerOptions(command)
}

function addServerOptions(command: Command): Command {
  return command
    .option('-H, --host <host>', 'name or address of the server (RCON_HOST; default 127.0.0.1)')
    .option('-p, --port <port>', 'RConPort, not the game port (RCON_PORT)')
    .option('--password-file <file>', 'file with the password (or RCON_PASSWORD)')
    .option('--password-stdin', 'read the password from standard input')
    .option('--config <file>', 'config file (RCON_CONFIG)')
    .option('--server-cfg <path>', 'BEServer_x64.cfg, or its folder (RCON_SERVER_CFG)')
    .addOption(command.createOption('--game <game>', 'kind of RCON (RCON_GAME; default auto)').choices(GAMES))
    .option('--timeout <seconds>', 'time to wait for each reply (RCON_TIMEOUT)')
    .option('--login-timeout <seconds>', 'time to wait for the login (RCON_LOGIN_TIMEOUT; default 20)')
    .option('--encoding <name>', 'encoding of text that is not UTF-8 (RCON_ENCODING; default windows-1252)')
    .option('--verbose', 'show full error details')
}

/** Adds the form in which lists are put out. */
export function addFormatOption(command: Command): Command {
  const option = command.createOption('-f, --format <format>', 'output format (RCON_FORMAT; default table)')
  return command.addOption(option.choices(FORMATS))
}

/** Adds the form of lists, and how wide a table may be. */
export function addListOptions(command: Command): Command {
  return addFormatOption(command).option('--wide', 'do not cut table cells, whatever the width')
}

/** Adds the format of line-by-line output. */
export function addStreamFormatOption(command: Command): Command {
  const option = command.createOption('-f, --format <format>', 'output format')
  return command.addOption(option.choices(['text', 'ndjson']).default('text'))
}

/** Adds the database for a column of countries. */
export function addGeoipOption(command: Command): Command {
  return command.option('--geoip <file>', "show countries, from a database in MaxMind's format (RCON_GEOIP)")
}
