import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

await using simulator = await startSimulator({ password: 'hunter2', bots: false })
const { address: host, port } = simulator

// #region page
const client = new AsyncRconClient()
try {
  await client.connect(host, port, 'hunter3')
} catch (error) {
  if (codeOf(error) !== 'login-refused') throw error
  console.log('wrong password')
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
// #endregion page
