import type { BerconCommand } from '../program/bercon-command.js'
import { command as admins } from './admins.js'
import { command as ban } from './ban.js'
import { command as bans } from './bans.js'
import { command as completion } from './completion.js'
import { command as decode } from './decode.js'
import { command as doctor } from './doctor.js'
import { command as exec } from './exec.js'
import { command as kick } from './kick.js'
import { command as missions } from './missions.js'
import { command as players } from './players.js'
import { command as profiles } from './profiles.js'
import { command as record } from './record.js'
import { command as replay } from './replay.js'
import { command as say } from './say.js'
import { commandWith as shellWith } from './shell.js'
import { command as simulate } from './simulate.js'
import { command as unban } from './unban.js'
import { command as watch } from './watch.js'

/** The commands that the prompt of `bercon shell` has as well. */
const AT_PROMPT = [players, bans, admins, missions, say, kick, ban, unban]

/** Every command, in the order in which they are listed. */
export const COMMANDS: readonly BerconCommand[] = [
  ...AT_PROMPT,
  exec,
  watch,
  shellWith(AT_PROMPT),
  doctor,
  simulate,
  decode,
  record,
  replay,
  profiles,
  completion,
]
