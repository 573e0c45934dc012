import { readFileSync } from 'node:fs'
import { CONNECTION_MOVES } from '@bercon/core/kit'
import { CLIENT_MOVES, SERVER_MOVES } from '@bercon/protocol'
import { instance, type Viz } from '@viz-js/viz'
import { EXCHANGE, exchange } from './exchange.js'
import { importsIn, layersDiagram, layersList } from './layers-diagram.js'
import { MESSAGE_PATH, messagePath } from './message-path.js'
import { type Step, sequenceDiagram, sequenceList } from './sequence-diagram.js'
import { stateDiagram } from './state-diagram.js'

const BIOME = new URL('../../../../biome.json', import.meta.url)

/** A picture, and its form for narrow screens, as HTML. */
export interface Picture {
  readonly wide: string
  readonly narrow: string
}

/** Every picture of the site by name, drawn from the tables and sessions that it shows. */
export async function drawPictures(): Promise<ReadonlyMap<string, Picture>> {
  const viz = await instance()
  const both = (source: (layout: 'wide' | 'narrow') => string): Picture => ({
    wide: draw(viz, source('wide')),
    narrow: draw(viz, source('narrow')),
  })
  const sequence = (who: readonly string[], steps: readonly Step[]): Picture => ({
    wide: sequenceDiagram(who, steps),
    narrow: sequenceList(steps),
  })
  const imports = importsIn(JSON.parse(readFileSync(BIOME, 'utf8')))
  return new Map([
    ['layers', { wide: draw(viz, layersDiagram(imports)), narrow: layersList(imports) }],
    ['client-states', both((layout) => stateDiagram(CLIENT_MOVES, layout))],
    ['server-states', both((layout) => stateDiagram(SERVER_MOVES, layout))],
    // With so many states in a row the texts would be too small.
    ['connection-states', both(() => stateDiagram(CONNECTION_MOVES, 'narrow'))],
    ['exchange', sequence(EXCHANGE, exchange())],
    ['message-path', sequence(MESSAGE_PATH, await messagePath())],
  ])
}

/** Graphviz's drawing as part of a page: without prologue, background, and ids, which a second picture would repeat. */
function draw(viz: Viz, source: string): string {
  return viz
    .renderString(source, { format: 'svg' })
    .replace(/^.*?(?=<svg)/s, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<polygon fill="white" stroke="none"[^>]*\/>/, '')
    .replace(/ (?:id|xmlns:xlink|xml:space)="[^"]*"/g, '')
    .replace(/\b(width|height)="(\d+)pt"/g, '$1="$2"')
    .replace(/\n/g, '')
}
