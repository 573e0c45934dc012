import { spawnSync } from 'node:child_process'
import { readlinkSync } from 'node:fs'

// A worker that reaches NATS under this address, and everything else under 127.0.0.1, can be cut off from NATS alone.
export const CUT_ADDRESS = '127.0.0.2'

/** A user whose connections can be cut off, but for those of its clients. */
export const CUT_UID = 54_321

const FLAG = 'BERCON_SOAK_OUTSIDE'
const SET_UP = [
  'ip link set lo up',
  'nft add table inet soak',
  "nft add chain inet soak input '{ type filter hook input priority 0; }'",
  // A connection is the user's as soon as the user has sent something on it.
  "nft add chain inet soak output '{ type filter hook output priority 0; }'",
  `nft add rule inet soak output meta skuid ${CUT_UID} ct mark set 1`,
].join(' && ')

/**
 * Runs this program again in a network namespace of its own, in which there is only a loopback and nobody else, and ends
 * with it. Returns if it is in one already, and ends the process with a sentence where that is not permitted.
 */
export function enterNamespace(): void {
  const namespace = readlinkSync('/proc/self/ns/net')
  const outside = process.env[FLAG]
  if (outside !== undefined && outside !== namespace) return
  const unshare = ['--net', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]
  const tried = spawnSync('unshare', [...unshare, 'sh', '-c', SET_UP], { encoding: 'utf8' })
  if (tried.status !== 0) {
    const reason = tried.error?.message ?? tried.stderr.trim()
    console.log(
      `skipped: network namespaces or their firewall are not permitted here, or not installed: ${reason}`,
    )
    process.exit(0)
  }
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  const { status } = spawnSync(
    'unshare',
    [...unshare, 'sh', '-c', `${SET_UP} && exec "$@"`, 'sh', ...again],
    {
      stdio: 'inherit',
      env: { ...process.env, [FLAG]: namespace },
    },
  )
  process.exit(status ?? 1)
}

/** From now on every packet from or to the address disappears; no packet is refused and no connection is closed. */
export function cut(): void {
  nft(`add rule inet soak input ip daddr ${CUT_ADDRESS} drop`)
  nft(`add rule inet soak input ip saddr ${CUT_ADDRESS} drop`)
}

/** The same between the user of that number and all others, but for clients at the port. */
export function cutUser(clientPort: number): void {
  nft(`add rule inet soak input tcp dport ${clientPort} accept`)
  nft(`add rule inet soak input tcp sport ${clientPort} accept`)
  nft('add rule inet soak input ct mark 1 drop')
}

export function heal(): void {
  nft('flush chain inet soak input')
}

function nft(command: string): void {
  const { status, stderr } = spawnSync('nft', [command], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`nft ${command}: ${stderr}`)
}
