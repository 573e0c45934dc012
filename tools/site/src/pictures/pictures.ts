import { readFileSync } from 'node:fs'
import { CONNECTION_MOVES } from '@bercon/core/kit'
import { CLIENT_MOVES, SERVER_MOVES } from '@bercon/protocol'
import { instance, type Viz } from '@viz-js/viz'
import { EXCHANGE, exchange } from './exchange.js'
import { importsIn, layersDiagram } from './layers-diagram.js'
import { MESSAGE_PATH, messagePath } from './message-path.js'
import { sequenceDiagram } from './sequence-diagram.js'
import { stateDiagram } from './state-diagram.js'

const BIOME = new URL('../../../../biome.json', import.meta.url)

/** Every picture of the site by name, as SVG, drawn from the tables and sessions that it shows. */
export async function drawPictures(): Promise<ReadonlyMap<string, string>> {
  const viz = await instance()
  return new Map([
    ['layers', draw(viz, layersDiagram(importsIn(JSON.parse(readFileSync(BIOME, 'utf8')))))],
    ['client-states', draw(viz, stateDiagram(CLIENT_MOVES))],
    ['server-states', draw(viz, stateDiagram(SERVER_MOVES))],
    ['connection-states', draw(viz, stateDiagram(CONNECTION_MOVES))],
    ['exchange', sequenceDiagram(EXCHANGE, exchange())],
    ['message-path', sequenceDiagram(MESSAGE_PATH, await messagePath())],
  ])
}

/** Graphviz's drawing as a part of a page: no prologue, no background, no ids, which a second picture would repeat. */
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
