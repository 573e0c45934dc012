import { RconPool } from '@bercon/client'

// A thousand clients in a process of their own, which only count what they receive.
const [port = 0, clients = 0] = process.argv.slice(2).map(Number)
let heard = 0
const pool = new RconPool()
pool.listen('message', () => {
  heard++
})
const names = Array.from({ length: clients }, (_, index) => `client ${index}`)
await Promise.all(names.map((name) => pool.add(name, { host: '127.0.0.1', port, password: 'hunter2' })))
process.send?.('ready')
process.on('message', () => process.send?.(heard))
process.on('disconnect', () => void pool.close())
