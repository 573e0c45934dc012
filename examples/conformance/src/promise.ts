// The adapter of the promise client.
import { AsyncRconClient } from '@bercon/client'
import type { ClientOrder } from '@bercon/conformance'
import { orders, reasonOf, send } from './lines.js'

const client = new AsyncRconClient()
client.listen('message', ({ text }) => send({ report: 'message', text }))

async function obey(order: ClientOrder): Promise<void> {
  switch (order.do) {
    case 'login':
      try {
        await client.connect(order.host, order.port, order.password)
        send({ report: 'logged-in' })
      } catch (error) {
        send({ report: 'login-failed', reason: reasonOf(error) })
      }
      break
    case 'command': {
      const { id, text, resend } = order
      try {
        send({ report: 'reply', id, text: await client.sendCommand(text, { resend }) })
      } catch (error) {
        send({ report: 'failure', id, reason: reasonOf(error) })
      }
      break
    }
    case 'close':
      await client.close()
      send({ report: 'closed' })
  }
}

// Not awaited: several commands are under way at the same time.
for await (const order of orders()) void obey(order)
