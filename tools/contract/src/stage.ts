import type { Kind, RconClient } from '@bercon/core'
import { afterAll, afterEach, beforeEach } from 'vitest'
import type { Flavour } from './scene/flavour.js'
import { Scene } from './scene/scene.js'

/** What each test plays on: a server of its own, and clients that are closed when it is over. */
export class Stage<K extends Kind, C extends RconClient<K>> extends Scene<K, C> {
  constructor(flavour: Flavour<K, C>) {
    super(flavour)
    beforeEach(() => this.restart())
    afterEach(() => this.closeClients())
    afterAll(() => this.end())
  }
}
