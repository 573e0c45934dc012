import type { Kind, RconClient } from '@bercon/core'
import { afterAll, afterEach, beforeEach } from 'vitest'
import type { Flavor } from './scene/flavor.js'
import { Scene } from './scene/scene.js'

/** A server for each test, and clients that are closed when the test ends. */
export class Stage<K extends Kind, C extends RconClient<K>> extends Scene<K, C> {
  constructor(flavor: Flavor<K, C>) {
    super(flavor)
    beforeEach(() => this.restart())
    afterEach(() => this.closeClients())
    afterAll(() => this.end())
  }
}
