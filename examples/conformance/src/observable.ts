// The adapter of the client whose operations are observables.
import type { ClientOrder } from '@bercon/conformance'
import { RxRconClient } from '@bercon/rx'
import { orders, reasonOf, send } from './lines.js'

const client = new RxRconClient()
client.listen('message', ({ text }) => send({ report: 'message', text }))

function obey(order: ClientOrder): void {
  switch (order.do) {
    case 'login':
      client.connect(order.host, order.port, order.password).subscribe({
        next: () => send({ report: 'logged-in' }),
        error: (error) => send({ report: 'login-failed', reason: reasonOf(error) }),
      })
      break
    case 'command': {
      const { id, text, resend } = order
      client.sendCommand(text, { resend }).subscribe({
        next: (reply) => send({ report: 'reply', id, text: reply }),
        error: (error) => send({ report: 'failure', id, reason: reasonOf(error) }),
      })
      break
    }
    case 'close':
      client.close().subscribe({ complete: () => send({ report: 'closed' }) })
  }
}

for await (const order of orders()) obey(order)
