import { type AsyncRconClient, codeOf, visibleText } from '@bercon/client'

/** Carries out each line as a command and prints its reply; `#players` prints the players that the client knows. */
export async function repl(
  client: AsyncRconClient,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  client.listen('adminLogin', ({ adminId }) => console.log(`Admin #${adminId} logged in`))
  client.listen('playerConnect', ({ player }) => print(`Player #${player.id} ${player.name} connected`))
  client.listen('playerDisconnect', ({ player }) => print(`Player #${player.id} ${player.name} disconnected`))
  client.listen('playerKick', ({ player, reason }) =>
    print(`Player #${player.id} ${player.name} was kicked: ${reason}`),
  )
  client.listen('adminMessage', ({ adminId, to, message }) =>
    print(`(${to === undefined ? 'Global' : `To ${to}`}) Admin #${adminId}: ${message}`),
  )
  client.listen('playerMessage', ({ channel, name, message }) => print(`(${channel}) ${name}: ${message}`))
  for await (const line of lines) {
    if (line.toLowerCase() === '#players') {
      for (const { id, name, ping } of client.players) print(`${id} ${name} ${ping} ms`)
      continue
    }
    try {
      print(await client.sendCommand(line))
    } catch (error) {
      // Only bercon's own errors have a code.
      if (codeOf(error) === undefined || !client.isRunning()) throw error
      print(String(error))
    }
  }
}

function print(text: string): void {
  console.log(visibleText(text))
}
