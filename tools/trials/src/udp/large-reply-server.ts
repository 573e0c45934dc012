import { RconServer } from '@bercon/server'
import { LARGE_REPLY } from './large-reply-run.js'

// A separate process for large-reply-run.ts: sends its parent the port, and ends with it.
const server = new RconServer({ password: 'hunter2', onCommand: () => LARGE_REPLY })
const { port } = await server.listen()
process.send?.(port)
process.on('disconnect', () => process.exit())
