import type { AdminRow, AdminsReply } from '../parsers/admins-reply.js'

/** An RCON client that is logged in. */
export type Admin = AdminRow

/** The admins of a reply, in the order of their numbers. */
export function adminsInOrder({ admins }: AdminsReply): readonly Admin[] {
  return [...admins].sort((a, b) => a.id - b.id)
}
