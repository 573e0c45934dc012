import { type Command, Option } from 'commander'
import { FORMATS } from '../output/listing.js'
import { GAMES } from '../settings/checks.js'

/** The flags of every command that talks to a server. */
export function withConnectionOptions(command: Command): Command {
  return command
    .optionsGroup('Connection:')
    .option('-H, --host <host>', 'name or address of the server (RCON_HOST; default 127.0.0.1)')
    .option('-p, --port <port>', 'RConPort, not the game port (RCON_PORT)')
    .option('--password-file <file>', 'file with the password (or RCON_PASSWORD)')
    .option('--password-stdin', 'read the password from standard input')
    .option('-P, --profile <name>', 'profile of the config file (RCON_PROFILE)')
    .option('--config <file>', 'config file (RCON_CONFIG)')
    .option('--server-cfg <path>', 'BEServer_x64.cfg, or its folder (RCON_SERVER_CFG)')
    .addOption(new Option('--game <game>', 'whose RCON it is (RCON_GAME; default auto)').choices(GAMES))
    .option('--timeout <seconds>', 'how long to wait for each reply')
    .option('--login-timeout <seconds>', 'how long to wait for the login (default 20)')
    .option('--verbose', 'tell all that is known of an error')
}

/** The form in which lists are put out. */
export function formatOption(): Option {
  return new Option('-f, --format <format>', 'form of the output').choices(FORMATS).default('table')
}

/** Adds an example to a command's help. */
export function withExample(command: Command, ...lines: readonly string[]): Command {
  const title = lines.length === 1 ? 'Example:' : 'Examples:'
  return command.addHelpText('after', `\n${title}\n${lines.map((line) => `  $ ${line}`).join('\n')}`)
}
