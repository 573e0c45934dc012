// The adapter of the blocking client: one order after the other, and messages in between.
import { createInterface } from 'node:readline'
import type { ClientOrder } from '@bercon/conformance'
import { SyncRconClient } from '@bercon/sync'
import { reasonOf, send } from './lines.js'

const POLL_MS = 20

const client = new SyncRconClient()
client.listen('message', ({ text }) => send({ report: 'message', text }))

function obey(order: ClientOrder): void {
  switch (order.do) {
    case 'login':
      try {
        client.connect(order.host, order.port, order.password)
        send({ report: 'logged-in' })
      } catch (error) {
        send({ report: 'login-failed', reason: reasonOf(error) })
      }
      break
    case 'command': {
      const { id, text, resend } = order
      try {
        send({ report: 'reply', id, text: client.sendCommand(text, { resend }) })
      } catch (error) {
        send({ report: 'failure', id, reason: reasonOf(error) })
      }
      break
    }
    case 'close':
      client.close()
      send({ report: 'closed' })
  }
}

createInterface({ input: process.stdin }).on('line', (line) => obey(JSON.parse(line)))
setInterval(() => client.isRunning() && client.poll(), POLL_MS)
