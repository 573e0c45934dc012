import type { ClientCase } from './client-world.js'
import { CLOSE_CASES } from './close-cases.js'
import { COMMAND_CASES } from './command-cases.js'
import { LOGIN_CASES } from './login-cases.js'
import { MESSAGE_CASES } from './message-cases.js'
import { PART_CASES } from './part-cases.js'
import { PATIENCE_CASES } from './patience-cases.js'
import { REPLY_CASES } from './reply-cases.js'
import { RESEND_CASES } from './resend-cases.js'

/** Every case that tries a client, in the order in which they are listed. */
export const CLIENT_CASES: readonly ClientCase[] = [
  ...LOGIN_CASES,
  ...COMMAND_CASES,
  ...REPLY_CASES,
  ...RESEND_CASES,
  ...PART_CASES,
  ...MESSAGE_CASES,
  ...PATIENCE_CASES,
  ...CLOSE_CASES,
]
