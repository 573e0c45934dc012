// A bot over the gateway. Directly at the server, only the connection differs: new AsyncRconClient() and connect().
import { AsyncRconClient, visibleText } from '@bercon/client'
import { connectGateway, type WebSocketClass } from '@bercon/remote'
import { WebSocket } from 'ws'

/** Greets players as they connect, until it is closed. */
export function startGreeter(url: string, server: string, token: string): AsyncRconClient {
  const connection = connectGateway(url, { server, token, WebSocket: WebSocket as WebSocketClass })
  const client = new AsyncRconClient({ connection })
  client.listen('error', ({ error, during }) => console.error(during, error))
  client.listen('playerConnect', async ({ name, player }) => {
    console.log(`${visibleText(name)} has come`)
    await player.send(`Welcome, ${name}`)
  })
  return client
}
