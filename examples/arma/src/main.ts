import { arma, beGuid, type Departure } from '@bercon/arma'
import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

/** What an evening's end on an Arma 3 server looks like: lock it, choose a mission, restart, shut it down. */
export async function endOfEvening(say: (line: string) => void): Promise<Departure> {
  const heard: string[] = []
  const simulator = await startSimulator({
    password: 'hunter2',
    game: 'arma3',
    onGameCommand: (text) => heard.push(text),
  })
  const client = await new AsyncRconClient().connect(simulator.address, simulator.port, 'hunter2')
  try {
    const server = arma(client)
    await client.send('The server closes in 5 minutes')
    await server.lockServer()
    const [mission] = await client.fetchMissions()
    if (mission !== undefined) await server.selectMission(mission, 'regular')
    await server.restartMission()
    await client.ban(beGuid('76561198017965694'), 60, 'until tomorrow')
    const departure = await server.shutdownServer()
    say(`The game received ${heard.join(', ')}`)
    return departure
  } finally {
    await client.close()
    await simulator.close()
  }
}
