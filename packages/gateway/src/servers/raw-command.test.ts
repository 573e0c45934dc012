import { AsyncRconClient } from '@bercon/client'
import { expect, it } from 'vitest'
import { sendRaw } from './raw-command.js'

it.each([
  ['players', {}, true],
  ['Players', {}, true],
  ['players now', {}, false],
  ['kick 3', {}, false],
  ['kick 3', { resend: true }, true],
  ['players', { resend: false }, false],
])('sends %s as it is, and again only if that does no harm, with %j', async (text, options, resend) => {
  const client = new AsyncRconClient()
  const sent: unknown[] = []
  Object.assign(client, {
    perform: (steps: () => Iterator<unknown>) => {
      sent.push(steps().next().value)
      return Promise.resolve('')
    },
  })
  await sendRaw(client, text, options)
  expect(sent).toEqual([{ text, resend, verifyEnd: undefined, hasTotal: undefined }])
})
