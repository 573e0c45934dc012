import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.js'
import { Access } from '../../users/access.js'
import { tokenHash } from '../../users/token.js'
import { auditRoutes } from './audit-routes.js'
import type { Env } from './http-parts.js'
import { problemOf } from './problem.js'

const ACCESS = new Access({
  users: {
    ann: { tokenSha256: tokenHash('ann'), role: 'owner' },
    bob: { tokenSha256: tokenHash('bob'), role: 'guest' },
    cid: { tokenSha256: tokenHash('cid'), role: 'altis' },
  },
  roles: {
    owner: { servers: ['*'], commands: ['*'], audit: true },
    guest: { servers: ['*'], commands: ['*'] },
    altis: { servers: ['altis'], commands: ['*'], audit: true },
  },
})

/** An audit of 1,200 entries, the last of them one about no server. */
function folder(): string {
  const directory = join(temporaryFolder(), 'audit')
  mkdirSync(directory)
  const lines = Array.from({ length: 1_200 }, (_, index) => {
    const server = index === 1_199 ? null : index % 2 === 0 ? 'altis' : 'tanoa'
    const facts = { user: index % 3 === 0 ? 'ann' : 'bob', outcome: index % 5 === 0 ? 'refused' : 'answered' }
    return JSON.stringify({ id: index, event: 'outcome', server, ...facts })
  })
  writeFileSync(join(directory, '2026-01-01T00-00-00.000Z.ndjson'), `${lines.join('\n')}\n`)
  return directory
}

interface Page {
  readonly entries: readonly { readonly id: number }[]
  readonly next: string
}

/** What the user gets to read. */
async function ask(user: string, query = '', directory: string | null = folder()): Promise<Page> {
  const app = new Hono<Env>()
  app.use(async (context, next) => {
    const identity = ACCESS.identityOf(user)
    const subject = identity && ACCESS.subject(identity)
    if (identity && subject) context.set('visitor', { identity, subject, from: '192.0.2.1:1' })
    await next()
  })
  app.route('/', auditRoutes({ auditDirectory: directory ?? undefined }))
  app.onError((error) => problemOf(error).response)
  return (await app.request(`/${query}`)).json() as Promise<Page>
}

const idsOf = ({ entries }: Page) => entries.map(({ id }) => id)

it('reads a page of the newest entries, and the next from where it ended', async () => {
  const directory = folder()
  const first = await ask('ann', '', directory)
  expect(idsOf(first)).toEqual(Array.from({ length: 100 }, (_, index) => 1_199 - index))
  const next = await ask('ann', `?limit=1000&before=${encodeURIComponent(first.next)}`, directory)
  expect([idsOf(next)[0], idsOf(next).length]).toEqual([1_099, 1_000])
})

it('reads what is asked for', async () => {
  const found = await ask('ann', '?server=tanoa&user=bob&outcome=refused&limit=2')
  expect(idsOf(found)).toEqual([1_195, 1_175])
  expect(idsOf(await ask('ann', '?limit=1'))).toEqual([1_199])
})

it('shows entries about servers that the role names, and about none, and no other', async () => {
  expect(idsOf(await ask('cid', '?limit=3'))).toEqual([1_199, 1_198, 1_196])
  expect(idsOf(await ask('cid', '?server=tanoa'))).toEqual([])
})

it('is read by nobody whose role may not, whatever they ask for', async () => {
  const forbidden = { status: 403, code: 'forbidden', detail: 'The role guest may not read the audit' }
  expect(await ask('bob')).toMatchObject(forbidden)
  expect(await ask('bob', '?limit=x')).toMatchObject(forbidden)
})

it.each(['0', '1001', '99999', '1e2', '-1', 'x5', '5x', '', '1.5'])('refuses the limit %j', async (limit) => {
  expect(await ask('ann', `?limit=${limit}`)).toMatchObject({
    status: 400,
    code: 'invalid-argument',
    detail: 'limit must be a whole number from 1 to 1000',
  })
})

it('refuses a filter that does not exist, and says where there is nothing to read', async () => {
  expect(await ask('ann', '?role=owner')).toMatchObject({
    detail: 'There is no field "role"; there are server, user, outcome, limit, before',
  })
  expect(await ask('ann', '', null)).toMatchObject({
    status: 404,
    code: 'not-found',
    detail: 'The audit of this gateway cannot be read here',
  })
})
