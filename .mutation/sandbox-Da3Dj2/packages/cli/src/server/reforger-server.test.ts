// @ts-nocheck
import { AsyncRconClient } from '@bercon/client'
import { expect, it, vi } from 'vitest'
import { reforgerServer } from './reforger-server.js'

it('players verifies the end of the list, so that a lost last message does not shorten it', async () => {
  const client = new AsyncRconClient()
  const run = vi.spyOn(client, 'run').mockResolvedValue({ rows: [], missing: 0 })
  const call = { signal: new AbortController().signal }
  await reforgerServer({ client, call }).players()
  const request = { text: 'players', resend: true, verifyEnd: true }
  expect(run).toHaveBeenCalledWith(expect.objectContaining(request), call)
})
