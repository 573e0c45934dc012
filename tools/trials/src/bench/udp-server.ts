import { RconServer } from '@bercon/server'

// Answers at once, executes every command, and never checks for repeats: the cheapest possible server.
const server = new RconServer({
  password: 'hunter2',
  // The floor acknowledges no message, so one would cost its login.
  announceLogins: false,
  onCommand: () => 'done',
})
const { port } = await server.listen({ port: 0 })
process.send?.(port)
process.on('disconnect', () => void server.close())
