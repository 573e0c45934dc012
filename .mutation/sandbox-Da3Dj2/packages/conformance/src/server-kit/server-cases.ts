// @ts-nocheck
import { COMMAND_CASES } from './command-cases.js'
import { FRAME_CASES } from './frame-cases.js'
import { LOGIN_CASES } from './login-cases.js'
import { MESSAGE_CASES } from './message-cases.js'
import { PATIENCE_CASES } from './patience-cases.js'
import { REPLY_CASES } from './reply-cases.js'
import type { ServerCase } from './server-world.js'

/** Every case that tries a server, in the order in which they run. */
export const SERVER_CASES: readonly ServerCase[] = [
  ...LOGIN_CASES,
  ...FRAME_CASES,
  ...COMMAND_CASES,
  ...REPLY_CASES,
  ...MESSAGE_CASES,
  ...PATIENCE_CASES,
]
