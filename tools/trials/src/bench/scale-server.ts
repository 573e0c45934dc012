import { RconServer } from '@bercon/server'

// A thousand logins at one server look like a thousand servers to their clients, if it does not announce each to all.
const server = new RconServer({
  password: 'hunter2',
  maxPeers: 2_000,
  announceLogins: false,
  onCommand: () => '',
})
const { port } = await server.listen({ port: 0 })
process.send?.(port)
process.on('disconnect', () => void server.close())
