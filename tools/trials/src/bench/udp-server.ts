import { RconServer } from '@bercon/server'

// Answers at once, executes whatever comes, and never asks whether it came before: the cheapest server there is.
const server = new RconServer({
  password: 'hunter2',
  // The floor acknowledges no message, and would be forgotten for one.
  announceLogins: false,
  onCommand: () => 'done',
})
const { port } = await server.listen({ port: 0 })
process.send?.(port)
process.on('disconnect', () => void server.close())
