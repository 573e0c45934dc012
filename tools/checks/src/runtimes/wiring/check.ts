import type { Scene } from '@bercon/contract/scene'
import type { Kind, RconClient } from '@bercon/core'

/** Something that must hold under every runtime. Its server is a fresh one; clients of the scene are closed for it. */
export interface Check {
  readonly name: string
  readonly run: <K extends Kind, C extends RconClient<K>>(scene: Scene<K, C>) => Promise<void>
}
